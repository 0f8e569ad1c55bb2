import type { OpenOrder } from '#domain/order.ts'
import type { Operation } from '#sync/operation.ts'
import type {
  CarriedRow,
  ClosedShiftRow,
  ContactRow,
  KeyRow,
  MetaRow,
  OrderRow,
  OverlayRow,
  PackDirectoryRow,
  PackRow,
  PastOperationRow,
  ReadyRunRow,
  RecordRow,
  SegmentRow,
} from './rows.ts'

/** The device's tables and their rows. Keys and indexes: `tableKeys` and `tableIndexes`. */
export type Tables = {
  meta: MetaRow
  keys: KeyRow
  /** [C3] Rows are added and, when space runs out long after, dropped; nothing ever writes over one. */
  journal: Operation
  readyRuns: ReadyRunRow
  pastOperations: PastOperationRow
  orders: OrderRow
  packs: PackRow
  packDirectory: PackDirectoryRow
  records: RecordRow
  overlays: OverlayRow
  segments: SegmentRow
  contacts: ContactRow
  /** Closed ones; the open one stands in the journal's row of `meta`. */
  shifts: ClosedShiftRow
  carried: CarriedRow
  /** Only read: parked orders of release 0.1 that have no operation yet. */
  parked: OpenOrder
}

export type TableName = keyof Tables
export type Key = string | number | readonly (string | number)[]

export const tableKeys = {
  meta: 'key',
  keys: 'id',
  journal: 'seq',
  readyRuns: 'fromSeq',
  pastOperations: ['installId', 'seq'],
  orders: 'orderId',
  packs: 'packId',
  packDirectory: 'packId',
  records: ['kind', 'id'],
  overlays: ['seq', 'part'],
  segments: ['storeId', 'month'],
  contacts: 'registerId',
  shifts: 'shiftId',
  carried: ['installId', 'firstSeq'],
  parked: 'orderId',
} as const satisfies Record<TableName, string | readonly string[]>

/** A row without the field, or with an undefined one, is not in its index. */
export const tableIndexes = {
  orders: ['seq', 'occurredAt', 'receiptNumber', 'refundOf'],
} as const satisfies Partial<Record<TableName, readonly string[]>>

/** In the order of the key or the index; bounds are inclusive. */
export type Range = {
  readonly index?: string
  readonly from?: Key
  readonly to?: Key
  readonly isReversed?: boolean
  readonly skip?: number
  readonly most?: number
}

export type ReadTransaction = {
  get<Name extends TableName>(table: Name, key: Key): Promise<Tables[Name] | undefined>
  /** In the order of the keys. */
  getMany<Name extends TableName>(table: Name, keys: readonly Key[]): Promise<(Tables[Name] | undefined)[]>
  list<Name extends TableName>(table: Name, range?: Range): Promise<Tables[Name][]>
  count(table: TableName, range?: Range): Promise<number>
}

/** Writes are sent at once and not waited for: one that fails fails the transaction, and nothing is written. */
export type WriteTransaction = ReadTransaction & {
  put<Name extends TableName>(table: Name, rows: readonly Tables[Name][]): void
  /** A row whose key is taken fails the transaction. */
  add<Name extends TableName>(table: Name, rows: readonly Tables[Name][]): void
  delete(table: TableName, keys: readonly Key[]): void
  clear(table: TableName): void
}

/**
 * The device's database. Between two awaits inside `work` only calls of the transaction may be awaited, as IndexedDB
 * completes a transaction that has nothing to do.
 */
export type Storage = {
  read<T>(tables: readonly TableName[], work: (tx: ReadTransaction) => Promise<T>): Promise<T>
  /**
   * [C1] Resolves after the transaction is complete, `strict`: on the disk. Rejects otherwise, with nothing written.
   * `relaxed` is for what can be had again: a power cut may lose it, and everything after it that was relaxed too.
   */
  write<T>(
    tables: readonly TableName[],
    durability: 'strict' | 'relaxed',
    work: (tx: WriteTransaction) => Promise<T>,
  ): Promise<T>
  close(): void
}
