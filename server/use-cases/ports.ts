import type { PaidOrder } from '#domain/order.ts'
import type { SalesQuery, SalesReport } from '#domain/report.ts'
import type { Segment } from '#domain/rollups.ts'
import type { PublicKey } from '#protocol/enrolment.ts'
import type { ShiftOpened } from '#protocol/paid-order.ts'
import type { OrderChange, RecordChange, RegisterContact } from '#protocol/pull.ts'
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

export type StoredOperation = { readonly hash: string; readonly result: OperationResult }

/** What an operation means, beside its bytes. `nothing` is a parked one. */
export type Effect =
  | { readonly kind: 'order'; readonly order: PaidOrder }
  | { readonly kind: 'shift'; readonly shift: ShiftOpened }
  | { readonly kind: 'nothing' }

export type AcceptedOperation = {
  readonly operation: Operation
  readonly result: OperationResult
  readonly effect: Effect
}

export type Mentioned = {
  readonly opIds: readonly string[]
  readonly productIds: readonly string[]
  readonly staffIds: readonly string[]
  readonly orderIds: readonly string[]
}

/** What the tenant's tables hold of what a batch mentions. */
export type Known = {
  /** Operations that are stored already, from whichever install. */
  readonly operations: ReadonlySet<string>
  /** productId → prices of its variants by variantId. */
  readonly prices: ReadonlyMap<string, ReadonlyMap<string, number>>
  /** Staff who may sell. */
  readonly activeStaff: ReadonlySet<string>
  /** Orders that are stored already. */
  readonly orders: ReadonlySet<string>
}

/** One transaction that takes a batch of one install, whose row is locked ([P1]). */
export type IngestTransaction = {
  readonly install: InstallState
  storedOperations(firstSeq: number, lastSeq: number): Promise<ReadonlyMap<number, StoredOperation>>
  /** Nothing that it answers changes until this transaction ends. */
  known(mentioned: Mentioned): Promise<Known>
  /**
   * Stores operations, effects and rollups under one new version and moves the install's head. False, with nothing
   * stored, where the tables can't hold what an operation says: a day that does not exist, a sum beyond 2^63.
   */
  accept(batch: readonly AcceptedOperation[]): Promise<boolean>
  /** [P2] Keeps what a fork sent and marks the install. */
  keepFork(operations: readonly Operation[]): Promise<void>
}

export type IngestStore = {
  findInstall(installId: string): Promise<InstallState | null>
  /** Locks the install's row for the transaction. */
  inIngest<T>(install: InstallState, work: (tx: IngestTransaction) => Promise<T>): Promise<T>
}

export type ChangeRows = {
  readonly records: RecordChange[]
  readonly orders: OrderChange[]
  readonly segments: Segment[]
  readonly registers: RegisterContact[]
}

export type LoadPhase = 'records' | 'segments' | 'orders'

/** One REPEATABLE READ snapshot of a tenant in the scope of one install ([L1]). */
export type ChangesSnapshot = {
  epoch(): Promise<string>
  head(): Promise<number>
  /** Last seq of the install whose effects are at or below `v` ([I8]). */
  ackedSeq(v: number): Promise<number>
  /** The highest version up to which all rows above `cursor` fit one page. */
  pageEnd(cursor: number, head: number): Promise<number>
  changed(above: number, upTo: number): Promise<ChangeRows>
  /** [L4] Rows of one phase above a key; `after` null when the phase is done. */
  loadPage(phase: LoadPhase, afterKey: string): Promise<{ rows: Partial<ChangeRows>; after: string | null }>
  contacts(): Promise<RegisterContact[]>
}

export type ChangesStore = {
  inSnapshot<T>(install: InstallState, work: (snapshot: ChangesSnapshot) => Promise<T>): Promise<T>
  /** Notes that the install was heard. */
  heard(install: InstallState): Promise<void>
}

export type ReportStore = { salesReport(tenantId: string, query: SalesQuery): Promise<SalesReport> }
