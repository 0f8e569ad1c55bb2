import { addDays, monthOf } from '#domain/business-time.ts'
import { previousPeriod, type PresetKey } from '#domain/report-period.ts'
import type { DayRange, Granularity } from '#domain/report.ts'
import type { TenderKind } from '#domain/order.ts'
import type { Filters } from './filters.ts'
import type { Formats } from './formats.ts'

export const presetWords: Record<PresetKey, string> = {
  today: 'Today',
  yesterday: 'Yesterday',
  'last-7-days': 'Last 7 days',
  'this-week': 'This week',
  'last-30-days': 'Last 30 days',
  'this-month': 'This month',
  'last-month': 'Last month',
  'this-quarter': 'This quarter',
  'this-year': 'This year',
  'last-12-months': 'Last 12 months',
  all: 'All time',
}

export const granularityWords: Record<Granularity, string> = {
  hour: 'By hour',
  day: 'By day',
  week: 'By week',
  month: 'By month',
}

export const tenderWords: Record<TenderKind, string> = {
  cash: 'Cash',
  card: 'Card',
  'gift-card': 'Gift card',
  'store-credit': 'Store credit',
  other: 'Other',
}

/** "Today", "Last 7 days", "Tue, Nov 3", "Nov 3 – Nov 9". */
export function rangeWords({ period, range, today }: Filters, formats: Formats): string {
  return period ? presetWords[period] : daysWords(range, today, formats)
}

/** What the range is compared with: "last Thu" for today, else its days or month. */
export function comparisonWords({ range, today }: Filters, formats: Formats): string {
  const before = previousPeriod(range)
  if (range.from === today && range.to === today) return `last ${formats.day(before.from, 'weekday')}`
  if (monthOf(before.from) === monthOf(before.to) && isWholeMonth(before))
    return formats.fullKey('month', monthOf(before.from))
  return daysWords(before, today, formats)
}

/** Before a figure of that period, where its days are written elsewhere. */
export function shortComparisonWords(filters: Filters, formats: Formats): string {
  const { range, today } = filters
  return range.from === today && range.to === today ? comparisonWords(filters, formats) : 'before'
}

/** With the year where it is not this one. */
function daysWords({ from, to }: DayRange, today: string, formats: Formats): string {
  const year = yearOf(to) === yearOf(today) ? '' : `, ${yearOf(to)}`
  if (from === to) return `${formats.day(from, 'day')}${year}`
  const fromYear = yearOf(from) === yearOf(to) ? '' : `, ${yearOf(from)}`
  const toYear = fromYear === '' ? year : `, ${yearOf(to)}`
  return `${formats.day(from)}${fromYear} – ${formats.day(to)}${toYear}`
}

function yearOf(day: string): string {
  return day.slice(0, 4)
}

function isWholeMonth(range: DayRange): boolean {
  return range.from.endsWith('-01') && addDays(range.to, 1).endsWith('-01')
}

/** "Airport 1", "Airport 1 and 2 more". */
export function someOf(names: readonly string[]): string {
  const [first = '', second, ...more] = names
  if (second === undefined) return first
  return more.length === 0 ? `${first} and ${second}` : `${first} and ${more.length + 1} more`
}

export function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
