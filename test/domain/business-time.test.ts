import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  businessTime,
  daysBetween,
  eachDay,
  monthOf,
  weekdayOf,
  weekStartOf,
} from '#domain/business-time.ts'

describe('businessTime', () => {
  test.each([
    ['2025-06-15T03:59:59Z', 'America/New_York', '2025-06-14', 23],
    ['2025-06-15T04:00:00Z', 'America/New_York', '2025-06-15', 0],
    ['2024-12-31T23:30:00Z', 'Asia/Kathmandu', '2025-01-01', 5],
    ['2025-01-01T00:30:00Z', 'Pacific/Honolulu', '2024-12-31', 14],
    ['2024-02-29T12:00:00Z', 'UTC', '2024-02-29', 12],
  ])('%s in %s is %s at %d', (instant, timeZone, day, hour) => {
    expect(businessTime(Date.parse(instant), timeZone)).toEqual({ day, hour })
  })

  test('when clocks go forward there is no hour 2, and when they go back hour 1 comes twice', () => {
    const hours = (start: string) =>
      [0, 1, 2, 3].map(
        (later) => businessTime(Date.parse(start) + later * 3_600_000, 'America/New_York').hour,
      )
    expect(hours('2025-03-09T05:00:00Z')).toEqual([0, 1, 3, 4])
    expect(hours('2025-11-02T04:00:00Z')).toEqual([0, 1, 1, 2])
  })

  test('refuses a zone that does not exist', () => {
    expect(() => businessTime(0, 'Mars/Olympus')).toThrow(RangeError)
  })
})

describe('Days', () => {
  const days = fc.integer({ min: -20_000, max: 60_000 }).map((offset) => addDays('1970-01-01', offset))

  test.each([
    ['2024-02-28', 1, '2024-02-29'],
    ['2025-02-28', 1, '2025-03-01'],
    ['1900-02-28', 1, '1900-03-01'],
    ['2000-02-28', 1, '2000-02-29'],
    ['2025-12-31', 1, '2026-01-01'],
    ['2025-01-01', -1, '2024-12-31'],
    ['2025-03-08', 2, '2025-03-10'],
  ])('%s and %d days is %s', (day, count, expected) => {
    expect(addDays(day, count)).toBe(expected)
  })

  test('agree with the platform’s calendar', () => {
    fc.assert(
      fc.property(fc.integer({ min: -20_000, max: 60_000 }), (offset) => {
        const date = new Date(offset * 86_400_000)
        const day = addDays('1970-01-01', offset)
        expect(day).toBe(date.toISOString().slice(0, 10))
        expect(weekdayOf(day)).toBe((date.getUTCDay() + 6) % 7)
      }),
    )
  })

  test('adding and counting are each other’s reverse; weeks start on Monday', () => {
    fc.assert(
      fc.property(days, days, (from, to) => {
        expect(addDays(from, daysBetween(from, to))).toBe(to)
        expect(weekdayOf(weekStartOf(from))).toBe(0)
        expect(daysBetween(weekStartOf(from), from)).toBe(weekdayOf(from))
      }),
    )
  })

  test('each day of a range, both ends included', () => {
    expect(eachDay('2024-02-28', '2024-03-01')).toEqual(['2024-02-28', '2024-02-29', '2024-03-01'])
    expect(eachDay('2024-03-01', '2024-03-01')).toEqual(['2024-03-01'])
    expect(eachDay('2024-03-02', '2024-03-01')).toEqual([])
    expect(monthOf('2024-03-02')).toBe('2024-03')
  })

  test.each(['2025-02-29', '2025-13-01', '2025-1-1', 'today', ''])('%j is not a day', (text) => {
    expect(() => addDays(text, 0)).toThrow(RangeError)
  })
})
