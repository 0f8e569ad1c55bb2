import type { RecordDocuments, RecordKind, StaffRole } from '#domain/catalogue.ts'
import type { PaidOrder, Payment } from '#domain/order.ts'
import type { SalesQuery, SalesReport } from '#domain/report.ts'
import type { Segment } from '#domain/rollups.ts'
import type { PublicKey } from '#protocol/enrolment.ts'
import type { CashMoved, ShiftClosed, StockCounted } from '#protocol/facts.ts'
import type { ShiftOpened } from '#protocol/paid-order.ts'
import type { Digest, OrderPack, OrderChange, RecordChange, RegisterContact } from '#protocol/pull.ts'
import type { FieldWriters } from '#sync/merge-edit.ts'
import type { JournalHead, Operation, OperationResult } from '#sync/operation.ts'

/** One enrolled browser profile as the server knows it. */
export type InstallState = {
  readonly tenantId: string
  readonly installId: string
  readonly kind: 'register' | 'office'
  readonly storeId: string | null
  readonly registerId: string | null
  readonly publicKey: PublicKey
  readonly head: JournalHead
  readonly isRevoked: boolean
}

export type StoredOperation = {
  readonly hash: string
  readonly chain: string
  readonly result: OperationResult
}

export type RecordKey = readonly [kind: RecordKind, id: string]

/** What a batch mentions, so that one round trip per kind of row brings all that its judgement needs. */
export type Mentioned = {
  readonly opIds: readonly string[]
  readonly staffIds: readonly string[]
  /** Orders paid, parked and voided, and sales that are refunded. */
  readonly orderIds: readonly string[]
  readonly paymentIds: readonly string[]
  readonly receiptNumbers: readonly string[]
  readonly shiftIds: readonly string[]
  readonly registerIds: readonly string[]
  /** Those of which a shift is opened. */
  readonly openingRegisterIds: readonly string[]
  readonly records: readonly RecordKey[]
  readonly stock: readonly StockKey[]
  readonly counts: readonly StockCounted[]
}

export type StockKey = {
  readonly storeId: string
  readonly productId: string
  /** '' where the product has no variants of its own. */
  readonly variantId: string
}

export type KnownOrder = {
  readonly installId: string | null
  readonly seq: number | null
  readonly totalMinor: number
  readonly status: 'paid' | 'refunded' | 'withdrawn'
}

/** What a fact adds to the sums of the shift that it counts in ([I10]). */
export type ShiftShare = {
  readonly orderCount: number
  readonly netMinor: number
  readonly cashMinor: number
}

export type KnownShift = {
  readonly installId: string | null
  readonly registerId: string
  readonly isClosed: boolean
  /** Sums of the facts held for it ([I10]). */
  readonly orderCount: number
  readonly netMinor: number
  /** Float + cash payments + paid in − paid out − drops. */
  readonly expectedCashMinor: number
}

export type KnownRecord = {
  readonly v: number
  readonly isDeleted: boolean
  /** As it was last, also when deleted; null where a tombstone lost it. */
  readonly doc: unknown
  readonly writers: FieldWriters
}

/** An operation as far as its author wrote it: under another name it is the same. */
export type HeldOperation = Pick<Operation, 'kind' | 'kindVersion' | 'payload'>

/** What the tenant's tables hold of what a batch mentions. Nothing of it changes until the transaction ends. */
export type Known = {
  /** The version that `accept` will take. */
  readonly nextV: number
  readonly epoch: string
  /** Operations that are stored already, from whichever install, by opId. */
  readonly operations: ReadonlyMap<string, HeldOperation>
  /** Staff who may act, by id. */
  readonly activeStaff: ReadonlyMap<string, StaffRole>
  readonly orders: ReadonlyMap<string, KnownOrder>
  /** Sum of what the refunds held give back for a sale (≥ 0), by the sale's id, also where the sale has not come yet. */
  readonly refundedMinor: ReadonlyMap<string, number>
  readonly payments: ReadonlySet<string>
  readonly receiptNumbers: ReadonlySet<string>
  readonly shifts: ReadonlyMap<string, KnownShift>
  /** The open shift of a register, by registerId. */
  readonly openShifts: ReadonlyMap<string, string>
  /** [R6] Sums of what waits for the next shift, by registerId; of those that the batch opens one of. */
  readonly waiting: ReadonlyMap<string, ShiftShare>
  /** By `kind/id`. Products mentioned in orders are among them. */
  readonly records: ReadonlyMap<string, KnownRecord>
  /** By `store/product/variant`. `isKept`: it was counted or received at least once, so that a level below zero says something. */
  readonly stock: ReadonlyMap<string, { readonly levelMilli: number; readonly isKept: boolean }>
  /** [R5] By movementId: the sum of the movements that the counter had seen; null where that can't be told any more. */
  readonly seenStockMilli: ReadonlyMap<string, number | null>
}

export type OrderWrite = {
  readonly order: PaidOrder
  readonly installId: string
  readonly seq: number
  /** Where it counts: another than the order says where that one was closed ([R6]); null: the register's next. */
  readonly shiftId: string | null
}

/** [R4] The payments of an order that was paid elsewhere already. The order counts once, the money twice. */
export type ExtraPayments = {
  readonly orderId: string
  readonly storeId: string
  readonly businessDay: string
  readonly installId: string
  readonly seq: number
  readonly receiptNumber: string
  readonly shiftId: string | null
  readonly payments: readonly Payment[]
}

export type MovementWrite = StockKey & {
  readonly movementId: string
  readonly kind: 'count' | 'received' | 'written-off'
  readonly quantityMilli: number
  readonly installId: string
  readonly seq: number
}

/** [R6] `shiftId` says where it counts; null: in the register's next shift. */
export type CashWrite = Omit<CashMoved, 'shiftId'> & { readonly shiftId: string | null }

export type RecordWrite = {
  [Kind in RecordKind]: {
    readonly kind: Kind
    readonly id: string
    /** [L7] Null: every device of the tenant holds it; otherwise those of this store and the offices. */
    readonly storeId: string | null
    readonly isDeleted: boolean
    /** When deleted, the last document, for a person who wants it back; devices get none. */
    readonly doc: RecordDocuments[Kind] | null
    readonly writers: FieldWriters
  }
}[RecordKind]

/** What a batch changes beside the journal itself. Decided purely; a store only writes it down. */
export type Effects = {
  readonly orders: readonly OrderWrite[]
  readonly extraPayments: readonly ExtraPayments[]
  /** [R4] Sales that are refunded in full by now. */
  readonly refundedOrderIds: readonly string[]
  readonly shiftsOpened: readonly (ShiftOpened & { readonly installId: string })[]
  /** [R6] Shifts that take what waited for the next one of their register before this batch. */
  readonly adoptions: readonly { readonly shiftId: string; readonly registerId: string }[]
  readonly shiftsClosed: readonly ShiftClosed[]
  readonly cashMoved: readonly CashWrite[]
  readonly movements: readonly MovementWrite[]
  /** One entry per record: the last state that the batch leaves it in. */
  readonly records: readonly RecordWrite[]
}

export type JudgedOperation = {
  readonly operation: Operation
  readonly result: OperationResult
  /** [P3] The same is held in another journal, and took effect there: `opId` is unique among the others. */
  readonly isRepeat?: boolean
}

/** Proof for an auditor: the device's signature over the chain at the end of a batch. */
export type BatchSignature = { readonly seq: number; readonly chain: string; readonly signature: string }

/** One transaction that takes a batch of one install, whose row is locked ([P1]). */
export type IngestTransaction = {
  readonly install: InstallState
  storedOperations(firstSeq: number, lastSeq: number): Promise<ReadonlyMap<number, StoredOperation>>
  /** Locks the tenant's version: nothing that it answers changes until this transaction ends. */
  known(mentioned: Mentioned): Promise<Known>
  /**
   * Stores operations, effects, stock levels and rollups under one new version and moves the install's head. False, with
   * nothing stored, where the tables can't hold what an operation says: a day that does not exist, a sum beyond 2^63.
   */
  accept(batch: readonly JudgedOperation[], effects: Effects): Promise<boolean>
  saveSignature(signature: BatchSignature): Promise<void>
  /** [P2] Keeps what a fork sent, marks the install and writes the records (the alarm) under a new version. */
  keepFork(operations: readonly Operation[], records: readonly RecordWrite[]): Promise<void>
}

/** [P4] One transaction that tries a parked operation again; its install's row is locked. */
export type RedriveTransaction = {
  readonly install: InstallState
  readonly operation: Operation
  known(mentioned: Mentioned): Promise<Known>
  /** As `IngestTransaction.accept`, for an operation that is stored already. */
  accept(result: OperationResult, effects: Effects): Promise<boolean>
}

export type IngestStore = {
  findInstall(installId: string): Promise<InstallState | null>
  /** Locks the install's row for the transaction. */
  inIngest<T>(install: InstallState, work: (tx: IngestTransaction) => Promise<T>): Promise<T>
  /** Parked operations of all tenants, oldest first. */
  listParked(): Promise<
    readonly { readonly tenantId: string; readonly installId: string; readonly seq: number }[]
  >
  inRedrive<T>(
    parked: { readonly tenantId: string; readonly installId: string; readonly seq: number },
    work: (tx: RedriveTransaction) => Promise<T>,
  ): Promise<T>
}

/** In this sequence. Orders that changed after they were packed, or were not packed yet, travel by themselves. */
export type LoadPhase = 'records' | 'segments' | 'orders' | 'packs'

export type ChangeRows = {
  readonly records: RecordChange[]
  readonly orders: OrderChange[]
  readonly segments: Segment[]
  readonly registers: RegisterContact[]
}

/** One REPEATABLE READ snapshot of a tenant in the scope of one install ([L1]). */
export type ChangesSnapshot = {
  epoch(): Promise<string>
  head(): Promise<number>
  /** [L6] Tombstones up to this version are gone: a cursor below it has to load again. */
  compactedV(): Promise<number>
  /** The business day from which the install holds orders one by one. */
  ordersSince(): Promise<string>
  /** Last seq of the install whose effects are at or below `v` ([I8]). */
  ackedSeq(v: number): Promise<number>
  /** The highest version up to which all rows above `cursor` fit one page. */
  pageEnd(cursor: number, head: number): Promise<number>
  changed(above: number, upTo: number): Promise<ChangeRows>
  /** [I9] Of all live rows in scope. */
  digest(): Promise<Digest>
  /** [L4] Rows of one phase above a key; `after` null when the phase is done. */
  loadPage(
    phase: LoadPhase,
    afterKey: string,
  ): Promise<{ rows: Partial<ChangeRows>; packs: OrderPack[]; after: string | null }>
  contacts(): Promise<RegisterContact[]>
}

/** What a device says of itself when it asks. */
export type Heard = {
  /** [L6] Everything in scope is held up to here; tombstones above it are kept for this device. */
  readonly cursor: number
  readonly journalSeq: number
  readonly appVersion: string
}

export type ChangesStore = {
  inSnapshot<T>(install: InstallState, work: (snapshot: ChangesSnapshot) => Promise<T>): Promise<T>
  /** Notes that the install was heard. */
  heard(install: InstallState, heard: Heard): Promise<void>
  /** [L6] Drops tombstones that no live device needs, and those older than 90 days; answers how many. */
  compact(tenantId: string): Promise<number>
}

/** Deflate (raw) with base64 around it, as batches and load pages travel. */
export type Packing = {
  deflate(text: string): Promise<string>
  /** Null for what is no such text, or would inflate to more than `mostBytes`. */
  inflate(packed: string, mostBytes: number): Promise<string | null>
}

/** Whether `signature` (base64url r‖s, ECDSA P-256 with SHA-256) over the UTF-8 bytes of a message is the key's. */
export type VerifySignature = (key: PublicKey, message: string, signature: string) => Promise<boolean>

export type ReportStore = { salesReport(tenantId: string, query: SalesQuery): Promise<SalesReport> }
