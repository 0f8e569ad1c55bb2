import type { RecordDocuments, RecordKind } from '#domain/catalogue.ts'
import type { OpenOrder, PaidOrder } from '#domain/order.ts'
import type { Segment } from '#domain/rollups.ts'
import type { JournalHead } from '#sync/operation.ts'
import type { PullState, RowVersion } from '#sync/pull-state.ts'
import type { PushState } from '#sync/push-state.ts'

/** What this browser profile was enrolled as. */
export type InstallRow = {
  readonly installId: string
  readonly tenantId: string
  readonly kind: 'register' | 'office'
  readonly storeId: string | null
  readonly registerId: string | null
  readonly enrolledAt: number
}

/** [C2] The next receipt is `series-next`. */
export type ReceiptRow = { readonly series: number; readonly next: number }

/** How far pushing and pulling are; both speak of the same epoch. */
export type SyncRow = PullState &
  PushState & {
    /** When the device last read changes to the end, by its own clock; null: never. */
    readonly lastPullAt: number | null
    readonly lastContactAt: number | null
  }

export type SessionRow = { readonly staffId: string; readonly seenAt: number }

/** Wrong PINs in a row, and when the last one was by the device's clock. */
export type PinFailures = { readonly failures: number; readonly lastFailureAt: number | null }

/** The rows of the table `meta`, one per key. */
export type MetaRows = {
  install: InstallRow
  journal: JournalHead
  receipt: ReceiptRow
  sync: SyncRow
  openOrder: OpenOrder
  session: SessionRow
  /** By member of staff. */
  pinFailures: Readonly<Record<string, PinFailures>>
}

export type MetaRow = { readonly key: string; readonly value: unknown }

/** The install's id and key, made once per database. The private half cannot be exported: the browser stores its handle. */
export type KeyRow = { readonly id: 'signing'; readonly installId: string; readonly pair: CryptoKeyPair }

export type RecordRow = {
  [Kind in RecordKind]: RowVersion & {
    readonly kind: Kind
    readonly id: string
    readonly doc: RecordDocuments[Kind]
  }
}[RecordKind]

export type OrderRow = RowVersion & {
  readonly orderId: string
  /** Place in this install's journal, and the hash there; both are absent on orders from elsewhere. */
  readonly seq?: number
  readonly hash?: string
  readonly occurredAt: number
  readonly receiptNumber: string
  readonly order: PaidOrder
}

export type SegmentRow = RowVersion & {
  readonly storeId: string
  readonly month: string
  readonly segment: Segment
}

/** When the server last heard of a register, ms since 1970 by the server's clock. */
export type ContactRow = { readonly registerId: string; readonly heardAt: number | null }

/** A settlement period of this register's till with its running totals. */
export type ShiftRow = {
  readonly shiftId: string
  readonly registerId: string
  /** 1 while it is open: IndexedDB cannot index booleans. */
  readonly isOpen: 0 | 1
  readonly openedAt: number
  readonly openingFloatMinor: number
  readonly orderCount: number
  readonly cashMinor: number
  readonly netMinor: number
}
