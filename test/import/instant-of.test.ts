import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { businessTime } from '../../src/domain/business-time.ts'
import { instantOf } from '../../src/import/instant-of.ts'
import { ianaZone } from '../../src/import/time-zone-name.ts'

function instant(
  day: string,
  hour: number,
  minute: number,
  timeZone: string,
  offsetMinutes: number | null = null,
) {
  return new Date(instantOf({ day, hour, minute, second: 0, offsetMinutes }, timeZone))
    .toISOString()
    .slice(0, 16)
}

describe('instantOf', () => {
  test('knows summer and winter time', () => {
    expect(instant('2026-05-30', 13, 3, 'America/New_York')).toBe('2026-05-30T17:03')
    expect(instant('2026-01-30', 13, 3, 'America/New_York')).toBe('2026-01-30T18:03')
    expect(instant('2026-01-30', 13, 3, 'Asia/Kolkata')).toBe('2026-01-30T07:33')
    expect(instant('2026-01-30', 13, 3, 'UTC')).toBe('2026-01-30T13:03')
  })

  test('moves a time that spring skips forward and takes the first of two that autumn repeats', () => {
    expect(instant('2026-03-08', 2, 30, 'America/New_York')).toBe('2026-03-08T07:30')
    expect(instant('2026-03-08', 1, 59, 'America/New_York')).toBe('2026-03-08T06:59')
    expect(instant('2026-03-08', 3, 0, 'America/New_York')).toBe('2026-03-08T07:00')
    expect(instant('2026-11-01', 1, 30, 'America/New_York')).toBe('2026-11-01T05:30')
    expect(instant('2026-11-01', 2, 0, 'America/New_York')).toBe('2026-11-01T07:00')
  })

  test('an offset in the file beats the zone', () => {
    expect(instant('2026-05-30', 13, 0, 'America/New_York', 120)).toBe('2026-05-30T11:00')
  })

  test('agrees with the platform on the way back, for any hour that exists', () => {
    const zones = [
      'America/New_York',
      'Europe/Berlin',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'Africa/Casablanca',
    ]
    const hourMs = 3_600_000
    const hours = fc.integer({ min: Date.UTC(2010, 0, 1) / hourMs, max: Date.UTC(2029, 0, 1) / hourMs })
    fc.assert(
      fc.property(hours, fc.constantFrom(...zones), (hours, timeZone) => {
        const there = businessTime(hours * hourMs, timeZone)
        const back = instantOf({ ...there, minute: 0, second: 0, offsetMinutes: null }, timeZone)
        expect(businessTime(back, timeZone)).toEqual(there)
      }),
    )
  })
})

describe('ianaZone', () => {
  test('knows the names that Square writes and IANA names', () => {
    expect(ianaZone('Eastern Time (US & Canada)')).toBe('America/New_York')
    expect(ianaZone('Europe/Berlin')).toBe('Europe/Berlin')
    expect(ianaZone('Europe/Nowhere')).toBeNull()
    expect(ianaZone('Lunar Time')).toBeNull()
  })
})
