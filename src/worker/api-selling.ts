import type { ParkedOrder } from '#domain/catalogue.ts'
import type { OpenOrder, PaidOrder, TenderKind } from '#domain/order.ts'
import type { SalesReport } from '#domain/report.ts'

/** Parked here or at another register of the store. */
export type ParkedCard = Omit<ParkedOrder, 'order'> & {
  readonly order: OpenOrder
  readonly isElsewhere: boolean
  readonly registerName: string
}

export type ClosedShift = {
  readonly zNumber: number
  readonly orderCount: number
  readonly netMinor: number
  readonly expectedCashMinor: number
  readonly countedCashMinor: number
  /** counted − expected */
  readonly overShortMinor: number
}

export type ProductHit = { readonly productId: string; readonly variantId: string | null }

export type TenderInput = {
  readonly tender: TenderKind
  readonly amountMinor: number
  readonly tenderedMinor: number
}

export type Sold = { readonly order: PaidOrder; readonly seq: number; readonly hash: string }

export type SyncState = 'only-here' | 'sent' | 'from-elsewhere'

export type OrderCard = {
  readonly orderId: string
  readonly receiptNumber: string
  readonly occurredAt: number
  readonly registerId: string
  readonly totalMinor: number
  readonly itemsMilli: number
  readonly title: string
  readonly isRefund: boolean
  readonly syncState: SyncState
}

export type OrderDetail = {
  readonly order: PaidOrder
  readonly hash: string | null
  /** What the receipt's QR code says: an address that proves the sale; null for sales of other devices. */
  readonly proof: string | null
  /** [R4] Never goes back. */
  readonly status: 'paid' | 'refunded'
  readonly syncState: SyncState
  readonly staffName: string | null
}

/** Per register: how far its sales are in the figures. */
export type RegisterHeard = {
  readonly registerId: string
  readonly name: string
  readonly storeName: string
  /** When the server last heard from it, ms since 1970; null: never. This device: now. */
  readonly heardAt: number | null
  readonly isThisDevice: boolean
  readonly unsentCount: number
}

export type NamedSalesReport = {
  readonly report: SalesReport
  /** Names of everything that the rankings mention, by id. */
  readonly names: Readonly<Record<string, string>>
  readonly currency: { readonly code: string; readonly exponent: 0 | 2 | 3 }
  readonly registers: readonly RegisterHeard[]
  /** Every store of the tenant, for the filter. */
  readonly stores: readonly { readonly storeId: string; readonly name: string }[]
  /** When this device last pulled; null: never. */
  readonly asOf: number | null
  /** Today in the (first) store's zone, and the local hour: charts mark it. */
  readonly today: string
  readonly hourNow: number
}
