import { Dexie, type EntityTable, type Table } from 'dexie'
import type { OpenOrder } from '#domain/order.ts'
import type { Operation } from '#sync/operation.ts'
import type {
  ContactRow,
  KeyRow,
  MetaRow,
  MetaRows,
  OrderRow,
  RecordRow,
  SegmentRow,
  ShiftRow,
} from './rows.ts'

export type Database = Dexie & {
  readonly meta: EntityTable<MetaRow, 'key'>
  readonly keys: EntityTable<KeyRow, 'id'>
  /** [C3] Rows are added and, one day, dropped; nothing ever writes over one, no upgrade either. */
  readonly journal: EntityTable<Operation, 'seq'>
  readonly orders: EntityTable<OrderRow, 'orderId'>
  readonly parked: EntityTable<OpenOrder, 'orderId'>
  readonly records: Table<RecordRow, [kind: string, id: string]>
  readonly segments: Table<SegmentRow, [storeId: string, month: string]>
  readonly contacts: EntityTable<ContactRow, 'registerId'>
  readonly shifts: EntityTable<ShiftRow, 'shiftId'>
}

/** Raised together with a new `version(n)` below. */
const SCHEMA_VERSION = 1

/** The data was written by a newer release: this one must not touch it. */
class StoreIsNewerError extends Error {
  constructor() {
    super('This tab is older than the data on this device. Reload the page.')
    this.name = 'StoreIsNewerError'
  }
}

/** Opens the device's database. Throws StoreIsNewerError where a newer release has upgraded it. */
export async function openDatabase(name: string): Promise<Database> {
  // [C1] Strict: `complete` waits for the disk. Chromium's default loses acknowledged sales when the power goes.
  const database = new Dexie(name, { chromeTransactionDurability: 'strict' }) as Database
  database.version(SCHEMA_VERSION).stores({
    meta: 'key',
    keys: 'id',
    journal: 'seq',
    orders: 'orderId, seq, occurredAt, receiptNumber',
    parked: 'orderId',
    records: '[kind+id]',
    segments: '[storeId+month]',
    contacts: 'registerId',
    shifts: 'shiftId, isOpen',
  })
  // Another tab upgrades: make way, and do not come back by yourself with the old code.
  database.on('versionchange', () => database.close())
  // Dexie 4 opens a newer database with older code, says nothing, and may even change it: so look before it opens.
  if (await isStoredNewer(name)) throw new StoreIsNewerError()
  await database.open()
  return database
}

async function isStoredNewer(name: string): Promise<boolean> {
  const stored = (await indexedDB.databases()).find((each) => each.name === name)
  // Dexie's version n is the browser's 10 n, and 10 n + 1 … where it has mended the schema.
  return Math.floor((stored?.version ?? 0) / 10) > SCHEMA_VERSION
}

export async function loadMeta<Key extends keyof MetaRows>(
  database: Database,
  key: Key,
): Promise<MetaRows[Key] | null> {
  const row = await database.meta.get(key)
  return (row?.value as MetaRows[Key] | undefined) ?? null
}

/** For what every enrolled device has. */
export async function needMeta<Key extends keyof MetaRows>(
  database: Database,
  key: Key,
): Promise<MetaRows[Key]> {
  const value = await loadMeta(database, key)
  if (value === null) throw new Error(`This device is not enrolled: it has no “${key}”.`)
  return value
}

export function saveMeta<Key extends keyof MetaRows>(
  database: Database,
  key: Key,
  value: MetaRows[Key],
): Promise<unknown> {
  return database.meta.put({ key, value })
}
