import type { TenderKind } from './order.ts'

/**
 * Sums that every report is made of. Amounts in minor units, quantities in thousandths.
 * A refund is an order with negative quantities and amounts, so every sum below is already net of refunds;
 * `refundMinor` says how much went back.
 */
export type SalesFigures = {
  /** Number of sales; refunds are not counted. */
  orders: number
  /** Number of refunds. */
  refunds: number
  unitsMilli: number
  /** Shelf value. */
  grossMinor: number
  /** Line and order discounts. */
  discountMinor: number
  /** Revenue without tax. */
  netMinor: number
  taxMinor: number
  /** Net amount given back by refunds, ≥ 0. */
  refundMinor: number
}

export type HourCell = SalesFigures & {
  readonly day: string
  readonly hour: number
  readonly registerId: string
}

/** '' stands for "no product" (open item) and "no category". */
export type ProductCell = {
  readonly day: string
  readonly productId: string
  readonly categoryId: string
  unitsMilli: number
  netMinor: number
}

export type TenderCell = {
  readonly day: string
  readonly tender: TenderKind
  payments: number
  amountMinor: number
}

/** The sums of a few orders of one store, before they are added to a segment. */
export type SalesCells = {
  readonly hours: HourCell[]
  readonly products: ProductCell[]
  readonly tenders: TenderCell[]
}

/**
 * The rollups of one store and month ([D1]), in columns: the n-th entries of all arrays of a table belong together.
 * `day` is the day of the month, 1–31; `register`, `product`, `category` index into the lists of ids beside them.
 */
export type Segment = {
  readonly storeId: string
  /** `YYYY-MM`. */
  readonly month: string
  readonly v: number
  /** Per install, the last `seq` whose effects are in these sums. */
  readonly included: Readonly<Record<string, number>>
  readonly registerIds: readonly string[]
  readonly productIds: readonly string[]
  readonly categoryIds: readonly string[]
  readonly hours: {
    readonly day: readonly number[]
    readonly hour: readonly number[]
    readonly register: readonly number[]
    readonly orders: readonly number[]
    readonly refunds: readonly number[]
    readonly unitsMilli: readonly number[]
    readonly grossMinor: readonly number[]
    readonly discountMinor: readonly number[]
    readonly netMinor: readonly number[]
    readonly taxMinor: readonly number[]
    readonly refundMinor: readonly number[]
  }
  readonly products: {
    readonly day: readonly number[]
    readonly product: readonly number[]
    readonly category: readonly number[]
    readonly unitsMilli: readonly number[]
    readonly netMinor: readonly number[]
  }
  readonly tenders: {
    readonly day: readonly number[]
    readonly tender: readonly TenderKind[]
    readonly payments: readonly number[]
    readonly amountMinor: readonly number[]
  }
}
