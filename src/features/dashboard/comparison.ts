import { addDays } from '#domain/business-time.ts'
import { daysIn } from '#domain/report-period.ts'
import type { RankedRow, SalesQuery, SalesReport, SeriesPoint } from '#domain/report.ts'
import type { SalesFigures } from '#domain/rollups.ts'

export type RankingKind = 'products' | 'categories' | 'stores' | 'registers'

/** Two periods cut to the same length, so that a day that is still running is not held against a whole one. */
export type Comparison = {
  readonly now: SalesFigures
  readonly before: SalesFigures
  readonly until:
    | { readonly kind: 'end' }
    /** Both up to this full hour. */
    | { readonly kind: 'hour'; readonly hour: number }
    /** Both without their last day, today. */
    | { readonly kind: 'yesterday' }
}

/** For a range of several days that ends today: the same range without today, against as many days. Null otherwise. */
export function wholeDaysQuery(query: SalesQuery, today: string): SalesQuery | null {
  const { range, compareWith } = query
  if (compareWith === null || range.to !== today || range.from === today) return null
  const whole = { from: range.from, to: addDays(today, -1) }
  return {
    ...query,
    range: whole,
    compareWith: { from: compareWith.from, to: addDays(compareWith.from, daysIn(whole) - 1) },
  }
}

/**
 * The change of one row of a ranking. Null while today is compared up to an hour: products are known by day only, and a
 * day that is still running is not held against a whole one.
 */
export function changeOfRow(
  report: SalesReport,
  wholeDays: SalesReport | null,
  comparison: Comparison | null,
  kind: RankingKind,
): (row: RankedRow) => number | null {
  if (comparison === null || comparison.until.kind === 'hour') return () => null
  const rows = new Map((wholeDays ?? report)[kind].map((row) => [row.id, row]))
  return ({ id }) => {
    const row = rows.get(id)
    return row ? changeOf(row.netMinor, row.previousNetMinor ?? 0) : null
  }
}

/** Null when nothing is compared, or nothing has happened yet that could be. */
export function compare(
  report: SalesReport,
  wholeDays: SalesReport | null,
  now: { readonly day: string; readonly hour: number },
): Comparison | null {
  const { range } = report.query
  if (report.previous === null) return null
  if (range.from === now.day && range.to === now.day && report.query.granularity === 'hour') {
    if (now.hour === 0) return null
    return {
      now: sumUntil(report.series, now.hour),
      before: sumUntil(report.previousSeries, now.hour),
      until: { kind: 'hour', hour: now.hour },
    }
  }
  if (wholeDays?.previous)
    return { now: wholeDays.figures, before: wholeDays.previous, until: { kind: 'yesterday' } }
  return { now: report.figures, before: report.previous, until: { kind: 'end' } }
}

/** Change as a ratio; null where nothing, or next to nothing, was before: no percentage tells that. */
export function changeOf(now: number, before: number): number | null {
  const change = before === 0 ? Infinity : (now - before) / Math.abs(before)
  return change < leastMeaningless ? change : null
}

/** Tenfold: then the period before is one in which the shop had hardly begun. */
const leastMeaningless = 9

/**
 * What today will come to if it goes on as it stands against the day it is compared with. Null before a sixth of that
 * day's sales are reached: too early for a number.
 */
export function onCourseFor({ now, before, until }: Comparison, previous: SalesFigures): number | null {
  if (until.kind !== 'hour' || before.netMinor <= 0 || before.netMinor * 6 < previous.netMinor) return null
  return Math.round((previous.netMinor * now.netMinor) / before.netMinor)
}

function sumUntil(series: readonly SeriesPoint[], hour: number): SalesFigures {
  const sum: SalesFigures = {
    orders: 0,
    refunds: 0,
    unitsMilli: 0,
    grossMinor: 0,
    discountMinor: 0,
    netMinor: 0,
    taxMinor: 0,
    refundMinor: 0,
  }
  for (const { figures } of series.slice(0, hour))
    for (const name of Object.keys(sum) as (keyof SalesFigures)[]) sum[name] += figures[name]
  return sum
}
