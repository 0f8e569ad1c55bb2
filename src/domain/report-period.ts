import { addDays, daysBetween, monthOf, weekStartOf } from './business-time.ts'
import type { DayRange, Granularity } from './report.ts'

export const presetKeys = [
  'today',
  'yesterday',
  'last-7-days',
  'this-week',
  'last-30-days',
  'this-month',
  'last-month',
  'this-quarter',
  'this-year',
  'last-12-months',
  'all',
] as const

export type PresetKey = (typeof presetKeys)[number]

export type Preset = { readonly key: PresetKey; readonly range: DayRange }

/** Before every sale that can be on record: where the preset `all` begins. */
const earliestDay = '2000-01-01'

export function daysIn(range: DayRange): number {
  return Math.max(0, daysBetween(range.from, range.to) + 1)
}

/**
 * The period that a range is fairly compared with: whole calendar months, and several months that begin with one, with
 * as many months before them (a year begun with the same days of the year before); up to a week with the same weekdays
 * of the week before; else as many days right before.
 */
export function previousPeriod(range: DayRange): DayRange {
  const months = monthShift(range)
  if (months > 0) {
    const end = addMonths(monthOf(range.to), -months)
    const sameDay = `${end}${range.to.slice(7)}`
    const last = lastDayOf(end)
    const to = range.to === lastDayOf(monthOf(range.to)) || sameDay > last ? last : sameDay
    return { from: firstDayOf(addMonths(monthOf(range.from), -months)), to }
  }
  const days = daysIn(range)
  const shift = days < 7 ? 7 : days
  return { from: addDays(range.from, -shift), to: addDays(range.to, -shift) }
}

/** The ranges a person picks by name. None reaches beyond `today`: what has not happened is not part of a period. */
export function presets(today: string): Preset[] {
  const month = monthOf(today)
  const quarterMonth = addMonths(month, -((Number(month.slice(5, 7)) - 1) % 3))
  const froms: Record<PresetKey, string> = {
    today,
    yesterday: addDays(today, -1),
    'last-7-days': addDays(today, -6),
    'this-week': weekStartOf(today),
    'last-30-days': addDays(today, -29),
    'this-month': firstDayOf(month),
    'last-month': firstDayOf(addMonths(month, -1)),
    'this-quarter': firstDayOf(quarterMonth),
    'this-year': `${today.slice(0, 4)}-01-01`,
    'last-12-months': firstDayOf(addMonths(month, -11)),
    all: earliestDay,
  }
  const ends: Partial<Record<PresetKey, string>> = {
    yesterday: froms.yesterday,
    'last-month': lastDayOf(monthOf(froms['last-month'])),
  }
  return presetKeys.map((key) => ({ key, range: { from: froms[key], to: ends[key] ?? today } }))
}

/** The granularities that make a readable chart of a range, the most telling one first. */
export function granularitiesFor(range: DayRange): Granularity[] {
  const days = daysIn(range)
  if (days <= 1) return ['hour']
  if (days <= 13) return ['day', 'hour']
  if (days <= 62) return ['day', 'week', 'hour']
  if (days <= 190) return ['week', 'day', 'month', 'hour']
  if (days <= 800) return ['month', 'week', 'hour']
  return ['month', 'hour']
}

/** 0 where days are counted, not months. */
function monthShift(range: DayRange): number {
  const [first, last] = [monthOf(range.from), monthOf(range.to)]
  if (range.from !== firstDayOf(first)) return 0
  const months = monthNumber(last) - monthNumber(first) + 1
  if (months === 1) return range.to === lastDayOf(last) ? 1 : 0
  return first.endsWith('-01') && months < 12 ? 12 : months
}

function firstDayOf(month: string): string {
  return `${month}-01`
}

function lastDayOf(month: string): string {
  return addDays(firstDayOf(addMonths(month, 1)), -1)
}

/** `months` later than the month `YYYY-MM`; earlier when negative. */
function addMonths(month: string, months: number): string {
  const count = monthNumber(month) + months
  const year = Math.floor(count / 12)
  return `${String(year).padStart(4, '0')}-${String(count - year * 12 + 1).padStart(2, '0')}`
}

function monthNumber(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1
}
