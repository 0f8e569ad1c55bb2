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
export function rangeWords({ period, range }: Pick<Filters, 'period' | 'range'>, formats: Formats): string {
  return period ? presetWords[period] : daysWords(range, formats)
}

/** What the range is compared with: "last Thu" for today, else its days or month. */
export function comparisonWords({ range, today }: Filters, formats: Formats): string {
  const before = previousPeriod(range)
  if (range.from === today && range.to === today) return `last ${formats.day(before.from, 'weekday')}`
  if (monthOf(before.from) === monthOf(before.to) && isWholeMonth(before))
    return formats.fullKey('month', monthOf(before.from))
  return daysWords(before, formats)
}

function daysWords(range: DayRange, formats: Formats): string {
  return range.from === range.to
    ? formats.day(range.from, 'day')
    : `${formats.day(range.from)} – ${formats.day(range.to)}`
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
