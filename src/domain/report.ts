import type { TenderKind } from './order.ts'
import type { SalesFigures } from './rollups.ts'

export type Granularity = 'hour' | 'day' | 'week' | 'month'

/** Both ends are local calendar days and belong to the range. */
export type DayRange = { readonly from: string; readonly to: string }

export type SalesQuery = {
  readonly range: DayRange
  /** The period to compare with, or null. */
  readonly compareWith: DayRange | null
  /** Null: every store of the tenant. */
  readonly storeIds: readonly string[] | null
  readonly granularity: Granularity
}

/** `key`: hour → '00'…'23' (summed over the days of the range), day → 'YYYY-MM-DD', week → its Monday, month → 'YYYY-MM'. */
export type SeriesPoint = { readonly key: string; readonly figures: SalesFigures }

/** One row of a ranking; `previousNetMinor` is null when nothing is compared. */
export type RankedRow = {
  readonly id: string
  readonly netMinor: number
  readonly unitsMilli: number
  readonly orders: number
  readonly previousNetMinor: number | null
}

export type TenderRow = {
  readonly tender: TenderKind
  readonly payments: number
  readonly amountMinor: number
}

/**
 * The standard sales report. Server and device compute the same shape by different code from the same sums ([D2]).
 * Rankings are complete, sorted by net amount, then id. Series hold every key of the range, empty ones too.
 */
export type SalesReport = {
  readonly query: SalesQuery
  readonly figures: SalesFigures
  readonly previous: SalesFigures | null
  readonly series: readonly SeriesPoint[]
  readonly previousSeries: readonly SeriesPoint[]
  /** Net sales, `heat[weekday][hour]`, Monday first. */
  readonly heat: readonly (readonly number[])[]
  readonly products: readonly RankedRow[]
  readonly categories: readonly RankedRow[]
  readonly stores: readonly RankedRow[]
  readonly registers: readonly RankedRow[]
  readonly tenders: readonly TenderRow[]
}
