import { describe, expect, test } from 'vitest'
import { findTimeZone, timeZones } from '../../../src/features/welcome/time-zones.ts'

const zones = ['America/New_York', 'America/Indiana/Knox', 'America/Knox', 'Europe/Berlin', 'UTC']

describe('findTimeZone', () => {
  test.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ['europe/berlin ', 'Europe/Berlin'],
    ['America/New York', 'America/New_York'],
    ['new york', 'America/New_York'],
    ['utc', 'UTC'],
  ])('%j is %s', (text, zone) => expect(findTimeZone(text, zones)).toBe(zone))

  test.each(['', 'Berl', 'Europe', 'Mars/Olympus'])('%j is none', (text) =>
    expect(findTimeZone(text, zones)).toBeNull(),
  )

  test('a city of several zones is not guessed', () => expect(findTimeZone('Knox', zones)).toBeNull())
})

test('the own zone of the browser is in the list, and no zone twice', () => {
  const { own, all } = timeZones()
  expect(findTimeZone(own, all)).toBe(own)
  expect(new Set(all).size).toBe(all.length)
})
