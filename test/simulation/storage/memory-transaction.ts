import type { Key, Range, TableName, Tables, WriteTransaction } from '../../../src/storage/tables.ts'
import { keyOf, keyText } from './keys.ts'
import type { MemoryDisk } from './memory-disk.ts'
import { frozenCopy } from './rows-copy.ts'
import { rangeOf, rowAt, type TableChanges } from './table-data.ts'

/** What a transaction still has to do, one request after the other, as IndexedDB does them. */
type Request = { run(): unknown; resolve(value: unknown): void; reject(error: unknown): void }

export type MemoryTransaction = WriteTransaction & {
  readonly changes: Map<TableName, TableChanges>
  readonly hasWork: () => boolean
  /** Does the next request; a write that fails answers its error, which ends the transaction. */
  step(): unknown
  /** Calls that come now fail, as do those that wait. */
  end(error: unknown): void
}

export function createTransaction(
  disk: MemoryDisk,
  tables: readonly TableName[],
  isWrite: boolean,
): MemoryTransaction {
  const changes = new Map<TableName, TableChanges>()
  const requests: Request[] = []
  let hasEnded = false

  const check = (table: TableName, isChange: boolean): void => {
    if (hasEnded) throw inactive()
    if (!tables.includes(table))
      throw new DOMException(`The table ${table} is not in the transaction.`, 'NotFoundError')
    if (isChange && !isWrite) throw new DOMException('The transaction only reads.', 'ReadOnlyError')
  }
  const ask = (table: TableName, run: () => unknown): Promise<never> => {
    try {
      check(table, false)
    } catch (error) {
      return Promise.reject(error)
    }
    return new Promise((resolve, reject) => {
      requests.push({ run, resolve: resolve as (value: unknown) => void, reject })
    })
  }
  const change = (table: TableName, run: (rows: TableChanges) => void): void => {
    check(table, true)
    const rows = changes.get(table) ?? new Map<string, unknown>()
    changes.set(table, rows)
    requests.push({ run: () => run(rows), resolve: () => undefined, reject: () => undefined })
  }
  const read = (table: TableName, key: Key): unknown => rowAt(disk.tableOf(table), changes.get(table), key)
  const room = (): void => {
    if (disk.isFull()) throw new DOMException('The disk is full.', 'QuotaExceededError')
  }

  return {
    changes,
    get: (table, key) => ask(table, () => read(table, key)),
    getMany: (table, keys) => ask(table, () => keys.map((key) => read(table, key))),
    list: (table, range?: Range) =>
      ask(table, () => rangeOf(table, disk.tableOf(table), changes.get(table), range)),
    count: (table, range) =>
      ask(table, () => rangeOf(table, disk.tableOf(table), changes.get(table), range).length),
    put: <Name extends TableName>(table: Name, rows: readonly Tables[Name][]) => {
      const copies = rows.map(frozenCopy)
      change(table, (changed) => {
        if (copies.length > 0) room()
        for (const row of copies) changed.set(keyText(keyOf(table, row)), row)
      })
    },
    add: <Name extends TableName>(table: Name, rows: readonly Tables[Name][]) => {
      const copies = rows.map(frozenCopy)
      change(table, (changed) => {
        if (copies.length > 0) room()
        for (const row of copies) {
          const key = keyOf(table, row)
          if (read(table, key) !== undefined)
            throw new DOMException(`${table} has a row ${keyText(key)} already.`, 'ConstraintError')
          changed.set(keyText(key), row)
        }
      })
    },
    delete: (table, keys) =>
      change(table, (changed) => {
        for (const key of keys) changed.set(keyText(key), undefined)
      }),
    clear: (table) =>
      change(table, (changed) => {
        changed.clear()
        for (const key of disk.tableOf(table).keys()) changed.set(key, undefined)
      }),
    hasWork: () => requests.length > 0,
    step: () => {
      const request = requests.shift()
      if (!request) return null
      try {
        request.resolve(request.run())
        return null
      } catch (error) {
        request.reject(error)
        return error
      }
    },
    end: (error) => {
      hasEnded = true
      for (const request of requests.splice(0)) request.reject(error ?? inactive())
    },
  }
}

function inactive(): DOMException {
  return new DOMException('The transaction has ended: nothing of it was awaited.', 'TransactionInactiveError')
}
