import { useMemo } from 'react'
import { addDays } from '#domain/business-time.ts'
import { daysIn } from '#domain/report-period.ts'
import type { RankedRow, SalesQuery, SalesReport } from '#domain/report.ts'
import { device, useDeviceQuery } from '../../app/device.ts'
import { useNow } from '../../app/till/use-now.ts'
import { useLocale } from '../../ui/locale.tsx'
import type { NamedSalesReport } from '../../worker/api-selling.ts'
import { changeOfRow, compare, wholeDaysQuery, type Comparison, type RankingKind } from './comparison.ts'
import { queryOf, readFilters, type Filters } from './filters.ts'
import { formatsOf, type Formats } from './formats.ts'
import { freshnessOf, type Freshness } from './freshness.ts'
import { useToday } from './use-today.ts'

/** Everything the cards show, of one report. */
export type View = {
  readonly named: NamedSalesReport
  readonly report: SalesReport
  readonly filters: Filters
  readonly formats: Formats
  readonly freshness: Freshness
  readonly comparison: Comparison | null
  /** Gives the change of a row, or null where there is none to tell. */
  readonly rowChange: (kind: RankingKind) => (row: RankedRow) => number | null
  /** Of the range, or of the seven days up to its end when it has fewer: one day alone has no rush to see. */
  readonly heatReport: SalesReport
  readonly now: { readonly day: string; readonly hour: number }
  readonly nowMs: number
}

/** Often enough for ages in minutes. */
const lookEveryMs = 30_000

/** The report behind an address. While another is being made the last one stays in sight. */
export function useView(search: Readonly<Record<string, unknown>>) {
  const { locale } = useLocale()
  const nowMs = useNow(lookEveryMs)
  // The store's day and hour turn with the hour: then everything is asked again.
  const clockHour = Math.floor(nowMs / 3_600_000)
  const [today, learnToday] = useToday()
  const filters = readFilters(search, today)
  const query = queryOf(filters)
  const whole = wholeDaysQuery(query, today)
  const main = useDeviceQuery<NamedSalesReport>('sales', [query, clockHour], () => device.salesReport(query))
  const days = useDeviceQuery<NamedSalesReport | null>('sales', [whole, clockHour], () =>
    whole ? device.salesReport(whole) : Promise.resolve(null),
  )
  const week = sevenDaysQuery(query)
  const heat = useDeviceQuery<NamedSalesReport | null>('sales', [week, clockHour], () =>
    week ? device.salesReport(week) : Promise.resolve(null),
  )
  const named = main.data
  if (hasStores(named)) learnToday(named.today, main.dataUpdatedAt)

  // A moment after the filters have changed, some of the three are still those of before: only what belongs together is shown.
  const expectedDays = named ? wholeDaysQuery(named.report.query, named.today) : null
  const wholeDays = answerTo(expectedDays, days.data)
  const heatReport = answerTo(named ? sevenDaysQuery(named.report.query) : null, heat.data)
  const isComparable = expectedDays === null || wholeDays !== null
  const view = useMemo<View | null>(() => {
    if (!hasStores(named)) return null
    const now = { day: named.today, hour: named.hourNow }
    const comparison = isComparable ? compare(named.report, wholeDays, now) : null
    return {
      named,
      report: named.report,
      filters: { ...filters, ...shownFilters(named.report, filters) },
      formats: formatsOf(locale, named.currency),
      freshness: freshnessOf(named, nowMs),
      comparison,
      rowChange: (kind) => changeOfRow(named.report, wholeDays, comparison, kind),
      heatReport: heatReport ?? named.report,
      now,
      nowMs,
    }
    // `filters` is made anew each time, from the search and the day.
    // eslint-disable-next-line react/exhaustive-deps
  }, [named, wholeDays, isComparable, heatReport, locale, nowMs, search, today])
  return { view, filters, main }
}

/** Before the first store has come, neither the currency nor the day is known: there is nothing true to show. */
function hasStores(named: NamedSalesReport | undefined): named is NamedSalesReport {
  return named !== undefined && named.stores.length > 0
}

function answerTo(query: SalesQuery | null, named: NamedSalesReport | null | undefined): SalesReport | null {
  const isAnswer = query && named && JSON.stringify(named.report.query) === JSON.stringify(query)
  return isAnswer ? named.report : null
}

function sevenDaysQuery(query: SalesQuery): SalesQuery | null {
  const { range } = query
  if (daysIn(range) >= 7) return null
  return {
    range: { from: addDays(range.to, -6), to: range.to },
    compareWith: null,
    storeIds: query.storeIds,
    granularity: 'hour',
  }
}

/** While the last report stays in sight, its own range and granularity are the true words for it. */
function shownFilters(report: SalesReport, asked: Filters): Partial<Filters> {
  const { range, granularity } = report.query
  const isAsked = range.from === asked.range.from && range.to === asked.range.to
  return isAsked ? { granularity } : { range, granularity, period: null }
}
