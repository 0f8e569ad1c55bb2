import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, weekdayOf } from '#domain/business-time.ts'
import { daysIn, granularitiesFor, presetKeys, presets, previousPeriod } from '#domain/report-period.ts'

describe('the period to compare with', () => {
  test('of a single day is the same weekday of the week before', () => {
    expect(previousPeriod({ from: '2026-11-19', to: '2026-11-19' })).toEqual({
      from: '2026-11-12',
      to: '2026-11-12',
    })
  })

  test('of a week begun is the same weekdays of the week before', () => {
    expect(previousPeriod({ from: '2026-11-16', to: '2026-11-19' })).toEqual({
      from: '2026-11-09',
      to: '2026-11-12',
    })
  })

  test('of a whole calendar month is the month before, also in a leap year and in January', () => {
    expect(previousPeriod({ from: '2024-03-01', to: '2024-03-31' })).toEqual({
      from: '2024-02-01',
      to: '2024-02-29',
    })
    expect(previousPeriod({ from: '2026-01-01', to: '2026-01-31' })).toEqual({
      from: '2025-12-01',
      to: '2025-12-31',
    })
  })

  test('of a whole year is the year before', () => {
    expect(previousPeriod({ from: '2025-01-01', to: '2025-12-31' })).toEqual({
      from: '2024-01-01',
      to: '2024-12-31',
    })
  })

  test('of a year or a quarter begun is the same days as many months before', () => {
    expect(previousPeriod({ from: '2026-01-01', to: '2026-11-21' })).toEqual({
      from: '2025-01-01',
      to: '2025-11-21',
    })
    expect(previousPeriod({ from: '2026-10-01', to: '2026-12-31' })).toEqual({
      from: '2026-07-01',
      to: '2026-09-30',
    })
    expect(previousPeriod({ from: '2023-03-01', to: '2024-02-29' })).toEqual({
      from: '2022-03-01',
      to: '2023-02-28',
    })
  })

  test('of a month begun is as many days right before', () => {
    expect(previousPeriod({ from: '2026-11-01', to: '2026-11-21' })).toEqual({
      from: '2026-10-11',
      to: '2026-10-31',
    })
  })

  test('of anything else has the same number of days, ends before the range begins, and keeps weekdays up to a week', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 400 }), (start, length) => {
        const range = { from: addDays('2020-01-02', start), to: addDays('2020-01-02', start + length) }
        const before = previousPeriod(range)
        expect(before.to < range.from).toBe(true)
        if (range.from.endsWith('-01')) return
        expect(daysIn(before)).toBe(daysIn(range))
        if (length < 7) expect(weekdayOf(before.from)).toBe(weekdayOf(range.from))
      }),
    )
  })
})

describe('presets', () => {
  const of = (today: string) => Object.fromEntries(presets(today).map(({ key, range }) => [key, range]))

  test('are all there, begin before they end, and none reaches beyond today', () => {
    for (const today of ['2024-02-29', '2026-01-01', '2026-12-31']) {
      const ranges = presets(today)
      expect(ranges.map(({ key }) => key)).toEqual([...presetKeys])
      for (const { range } of ranges) {
        expect(range.from <= range.to).toBe(true)
        expect(range.to <= today).toBe(true)
      }
    }
  })

  test('weeks begin on Monday, quarters in January, April, July and October', () => {
    expect(of('2026-11-22')['this-week']).toEqual({ from: '2026-11-16', to: '2026-11-22' })
    expect(of('2026-11-22')['this-quarter']?.from).toBe('2026-10-01')
    expect(of('2026-03-31')['this-quarter']?.from).toBe('2026-01-01')
  })

  test('last month and the last twelve months go over the turn of the year', () => {
    expect(of('2026-01-15')['last-month']).toEqual({ from: '2025-12-01', to: '2025-12-31' })
    expect(of('2026-01-15')['last-12-months']).toEqual({ from: '2025-02-01', to: '2026-01-15' })
  })
})

test('a chart never gets more than some seventy bars', () => {
  for (const days of [1, 7, 13, 14, 62, 63, 190, 191, 800, 9000]) {
    const range = { from: '2000-01-01', to: addDays('2000-01-01', days - 1) }
    const daysPerBar = { hour: days / 24, day: 1, week: 7, month: 30 }
    const [first] = granularitiesFor(range)
    if (days <= 800) expect(days / daysPerBar[first!]).toBeLessThanOrEqual(72)
    expect(granularitiesFor(range)).toContain('hour')
  }
})
