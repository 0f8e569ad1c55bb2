import { Dexie } from 'dexie'
import { createIndexedDbStorage, writingIn } from './indexed-db.ts'
import { leafKey } from './record-leaves.ts'
import { type Storage, tableIndexes, tableKeys, type TableName } from './tables.ts'
import { upgradeFrom1 } from './upgrade.ts'

/** Raised together with a new `version(n)` below. */
const SCHEMA_VERSION = 2

/** The data was written by a newer release: this one must not touch it. */
class StoreIsNewerError extends Error {
  constructor() {
    super('This tab is older than the data on this device. Reload the page.')
    this.name = 'StoreIsNewerError'
  }
}

/** Opens the device's database. Throws StoreIsNewerError where a newer release has upgraded it. */
export async function openDatabase(name: string): Promise<Storage> {
  const database = new Dexie(name)
  database.version(1).stores({
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
  database
    .version(SCHEMA_VERSION)
    .stores({ ...schema(), recordLeaves: leafKey })
    .upgrade((tx) => upgradeFrom1(writingIn(tx.idbtrans)))
  let isLeft = false
  const leave = (): void => {
    isLeft = true
    database.close()
  }
  // Another tab upgrades: make way, and do not come back by yourself with the old code.
  database.on('versionchange', leave)
  // Dexie 4 opens a newer database with older code, says nothing, and may even change it: so look before it opens.
  if (await isStoredNewer(name)) throw new StoreIsNewerError()
  await database.open()
  return createIndexedDbStorage({
    database: () => {
      if (isLeft) throw new DOMException('The database is closed in this tab.', 'InvalidStateError')
      return database.backendDB()
    },
    reopen: async () => {
      if (!isLeft) {
        database.close({ disableAutoOpen: false })
        await database.open()
      }
    },
    close: leave,
  })
}

async function isStoredNewer(name: string): Promise<boolean> {
  const stored = (await indexedDB.databases()).find((each) => each.name === name)
  // Dexie's version n is the browser's 10 n, and 10 n + 1 … where it has mended the schema.
  return Math.floor((stored?.version ?? 0) / 10) > SCHEMA_VERSION
}

/** In Dexie's words: the key, `[a+b]` where it is made of several fields, and the indexes. */
function schema(): Record<TableName, string> {
  const indexes: Partial<Record<string, readonly string[]>> = tableIndexes
  return Object.fromEntries(
    Object.entries(tableKeys).map(([table, key]) => [
      table,
      [typeof key === 'string' ? key : `[${key.join('+')}]`, ...(indexes[table] ?? [])].join(', '),
    ]),
  ) as Record<TableName, string>
}
