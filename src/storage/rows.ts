import type { RecordDocuments, RecordKind } from '#domain/catalogue.ts'
import type { OpenOrder, PaidOrder } from '#domain/order.ts'
import type { Segment } from '#domain/rollups.ts'
import type { OverlayChange } from '#sync/overlay-of.ts'
import type { JournalHead, Operation } from '#sync/operation.ts'
import type { PullState, RowVersion } from '#sync/pull-state.ts'
import type { PushState } from '#sync/push-state.ts'
import type { RunColumns } from '#sync/run-columns.ts'

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
    /** [L7] What this device holds; see `scopeOf`. */
    readonly scopeId: string
    /** Business day: orders of other registers before it are not held one by one. Null before the first page. */
    readonly ordersSince: string | null
    /** [I9] When the digest was last compared and whether it was equal, by the device's clock. */
    readonly lastDigest: { readonly at: number; readonly isEqual: boolean } | null
    /** [P7] The server wants a newer app before it gives changes out. */
    readonly needsUpgrade: boolean
    /** By how much this device's clock was ahead of the server's at the last page, ms; information only. */
    readonly clockAheadMs?: number
    /** [L7] Own orders of a store that this device has left, up to here in the journal, go when the server holds them. */
    readonly strayUpToSeq?: number
    /** Taken out of use by the owner: what is unsent still goes, nothing new is sold. */
    readonly isRevoked: boolean
    /** When the device last read changes to the end, by its own clock; null: never. */
    readonly lastPullAt: number | null
    readonly lastContactAt: number | null
  }

export type SessionRow = { readonly staffId: string; readonly seenAt: number }

/** Wrong PINs in a row, and when the last one was by the device's clock. */
export type PinFailures = { readonly failures: number; readonly lastFailureAt: number | null }

/**
 * Where the journal ends and what goes on with every operation, in one row: a sale takes as long as it has requests.
 * [C2] Numbers come from here, in the transaction that uses them.
 */
export type JournalRow = JournalHead & {
  readonly installId: string
  /** Null on an office device, which sells nothing. */
  readonly receipt: ReceiptRow | null
  /** [R6] The open shift with its running totals. */
  readonly openShift: ShiftRow | null
  /** Zs of this install are numbered 1, 2, 3 … */
  readonly nextZ: number
  /** The order on the screen, whose document the row `openOrder` holds. `isParked`: it is on the park list too. */
  readonly openOrder: { readonly orderId: string; readonly isParked: boolean } | null
}

/** An outage that is being rehearsed, and the report of the last one, which is the caller's to read. Times are the device's. */
export type DrillRow = {
  readonly running: {
    readonly startedAt: number
    readonly endsAt: number
    /** Where the journal ended then. */
    readonly startSeq: number
  } | null
  readonly lastReport: unknown
}

/** [C5] Up to where the server was known to hold the journal at a time of the device's clock. */
export type AckMark = { readonly epoch: string; readonly seq: number; readonly at: number }

/** The rows of the table `meta`, one per key. */
export type MetaRows = {
  install: InstallRow
  journal: JournalRow
  sync: SyncRow
  openOrder: OpenOrder
  session: SessionRow
  /** [C6] The journal was exported up to here. */
  exported: { readonly seq: number; readonly at: number }
  /** [C5] One a day, oldest first. */
  acknowledged: readonly AckMark[]
  /** [C5] The last operation that was dropped for want of space: the retained ones are chained to it. */
  dropped: JournalHead
  /** [P1] Of the rows of `readyRuns`, in their sequence. */
  readyRuns: readonly RunPlace[]
  drill: DrillRow
  /** By member of staff. */
  pinFailures: Readonly<Record<string, PinFailures>>
}

export type RunPlace = { readonly fromSeq: number; readonly toSeq: number }

export type MetaRow = { readonly key: string; readonly value: unknown }

/**
 * The install's id and key, made once per database, and those it is about to take after a fork ([P2]). The private half
 * cannot be exported: the browser stores its handle.
 */
export type KeyRow = {
  readonly id: 'signing' | 'rejoining'
  readonly installId: string
  readonly pair: CryptoKeyPair
}

/** `doc` is what screens read: the pulled document with the own unacknowledged edits laid over it ([L3]). */
export type RecordRow = {
  [Kind in RecordKind]: RowVersion & {
    readonly kind: Kind
    readonly id: string
    /** Null only where an own unacknowledged edit deleted it. */
    readonly doc: RecordDocuments[Kind] | null
    /** The document as pulled, while own edits lie over it; null where the server has none yet. */
    readonly pulled?: { readonly doc: RecordDocuments[Kind] | null }
  }
}[RecordKind]

/** [L3] An own edit that the server's rows do not hold yet; it goes when a page covers its operation ([I8]). */
export type OverlayRow = {
  readonly seq: number
  /** Place within the operation: one may change several records. */
  readonly part: number
  readonly kind: RecordKind
  readonly id: string
  readonly change: OverlayChange
}

/** Packed orders as they came. A row of the same order in `orders` counts more. */
export type PackRow = {
  readonly packId: string
  readonly generation: number
  readonly pack: OrderPackColumns
}

/** What is in a pack, to find it without reading packs: some kB for a thousand orders. */
export type PackDirectoryRow = {
  readonly packId: string
  readonly generation: number
  /** Newest `occurredAt` in it: the list of orders reads packs from here down. */
  readonly lastOccurredAt: number
  /** Newest business day in it: a pack that ends before `ordersSince` goes. */
  readonly lastBusinessDay: string
  /** `orderHash` of each order, in the sequence of the pack, and of each sale that an order of it refunds. */
  readonly orderHashes: Uint32Array<ArrayBuffer>
  readonly refundOfHashes: Uint32Array<ArrayBuffer>
}

/** `OrderPack` of the protocol without its ids of pack and store, the documents as bytes. */
export type OrderPackColumns = {
  readonly orderIds: readonly string[]
  readonly vs: readonly number[]
  readonly occurredAts: readonly number[]
  readonly businessDays: readonly string[]
  readonly receiptNumbers: readonly string[]
  readonly registerIds: readonly string[]
  readonly totalsMinor: readonly number[]
  readonly itemsMilli: readonly number[]
  readonly lineNames: readonly string[]
  readonly refundsOf: readonly (string | null)[]
  /** Documents joined by line feeds, deflated (raw). */
  readonly docs: Uint8Array<ArrayBuffer>
}

/** [P1] A run of the journal, packed and signed for `protocol`: `PushRequest` without what is known only when it is sent. */
export type ReadyRunRow = RunPlace & {
  readonly protocol: number
  readonly request: RunColumns & { readonly payloads: string; readonly signature: string }
}

/** [P2] A journal that ended in a fork, with the bytes that were written then. */
export type PastOperationRow = Operation

/** Batches of another device's journal, imported here to be handed over; each is signed by that device's key. */
export type CarriedRow = {
  readonly installId: string
  readonly firstSeq: number
  readonly lastSeq: number
  readonly registerName: string
  readonly importedAt: number
  /** `PushRequest`, as it is sent. */
  readonly request: unknown
  /**
   * Null until the server answered; what it holds of that journal then, or the failure's code, or the first operation before this
   * batch that it does not hold yet.
   */
  readonly outcome:
    { readonly ackedSeq: number } | { readonly code: string } | { readonly missingFromSeq: number } | null
}

export type OrderRow = RowVersion & {
  readonly orderId: string
  /** Place in this install's journal, and the hash there; both are absent on orders from elsewhere. */
  readonly seq?: number
  readonly hash?: string
  readonly occurredAt: number
  readonly receiptNumber: string
  /** [R4] What became of the sale elsewhere; never goes back. */
  readonly status: 'paid' | 'refunded'
  /** [R4] [I9] Of an own order that was pulled: the business day and the store under which the server holds it. */
  readonly serverDay?: string
  readonly serverStoreId?: string
  /** On refunds: the sale. Indexed, so that a sale finds its refunds. */
  readonly refundOf?: string
  /** Null for one that was withdrawn after it was packed: the pack's entry doesn't count any more. */
  readonly order: PaidOrder | null
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
  readonly storeId: string
  readonly registerId: string
  readonly openedAt: number
  readonly openingFloatMinor: number
  readonly orderCount: number
  readonly cashMinor: number
  readonly netMinor: number
  /** Paid in − paid out − drops. */
  readonly cashMovedMinor: number
}

/** [R6] As its Z says it, for ever. */
export type ClosedShiftRow = ShiftRow & {
  readonly closedAt: number
  readonly zNumber: number
  readonly expectedCashMinor: number
  readonly countedCashMinor: number
}
