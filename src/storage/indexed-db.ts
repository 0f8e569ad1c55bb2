import { type RecordTable, recordStores, recordTable } from './record-leaves.ts'
import { answer, endedEarly, queryOf } from './requests.ts'
import type { RecordRow } from './rows.ts'
import {
  type Key,
  type Range,
  type ReadTransaction,
  type Storage,
  type TableName,
  type Tables,
  type WriteTransaction,
} from './tables.ts'

/** Who opens the browser's database and keeps it open. */
export type Connection = {
  /** Throws where it was closed for good, as when a newer release upgrades the data. */
  database(): IDBDatabase
  /** After the browser has closed it by itself; not where it was closed for good. */
  reopen(): Promise<void>
  close(): void
}

/** The tables on the browser's own database: its requests without anything in between, as a sale waits for each. */
export function createIndexedDbStorage(connection: Connection): Storage {
  const run = async <T>(
    begin: (database: IDBDatabase) => IDBTransaction,
    work: (tx: IDBTransaction) => Promise<T>,
  ): Promise<T> => {
    let tx: IDBTransaction
    try {
      tx = begin(connection.database())
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'InvalidStateError')) throw error
      await connection.reopen()
      tx = begin(connection.database())
    }
    return work(tx)
  }
  return {
    read: (tables, work) =>
      run(
        (database) => database.transaction(storesOf(tables), 'readonly'),
        (tx) => work(readingIn(tx, lazyRecords(tx))),
      ),
    write: (tables, durability, work) =>
      run(
        (database) => database.transaction(storesOf(tables), 'readwrite', { durability }),
        (tx) => runWrite(tx, work),
      ),
    close: () => connection.close(),
  }
}

function storesOf(tables: readonly TableName[]): string[] {
  return tables.flatMap((table): readonly string[] => (table === 'records' ? recordStores : [table]))
}

/** The calls of a transaction that something else has begun, as an upgrade of the schema. */
export function writingIn(tx: IDBTransaction): WriteTransaction {
  return writing(tx, lazyRecords(tx))
}

function writing(tx: IDBTransaction, records: () => RecordTable): WriteTransaction {
  const table = (name: TableName): IDBObjectStore => tx.objectStore(name)
  return {
    ...readingIn(tx, records),
    put: (name, rows) => {
      if (name === 'records') return records().put(rows as readonly RecordRow[])
      for (const row of rows) table(name).put(row)
    },
    add: (name, rows) => {
      for (const row of rows) table(name).add(row)
    },
    delete: (name, keys) => {
      if (name === 'records') return records().delete(keys)
      for (const key of keys) table(name).delete(key as IDBValidKey)
    },
    clear: (name) => {
      if (name === 'records') return records().clear()
      table(name).clear()
    },
  }
}

/** Most transactions have nothing to do with it. */
function lazyRecords(tx: IDBTransaction): () => RecordTable {
  let records: RecordTable | null = null
  return () => (records ??= recordTable(tx))
}

function runWrite<T>(tx: IDBTransaction, work: (tx: WriteTransaction) => Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    let done: { readonly value: T } | null = null
    let failure: unknown = null
    tx.addEventListener('complete', () => (done ? resolve(done.value) : reject(endedEarly())))
    tx.addEventListener('abort', () => reject(failure ?? tx.error ?? endedEarly()))
    let records: RecordTable | null = null
    const fail = (error: unknown): void => {
      // Where the browser has given it up already, `tx.error` says why; this is what came of it.
      if (abort(tx)) failure = error
      else if (tx.error === null) reject(error as Error)
    }
    const finish = (value: T): void => {
      done = { value }
      commit(tx)
    }
    work(writing(tx, () => (records ??= recordTable(tx)))).then((value) => {
      const pending = records?.pending() ?? null
      if (pending === null) finish(value)
      else pending.then(() => finish(value), fail)
    }, fail)
  })
}

/** At once: otherwise the browser asks this thread, once all requests are answered, whether there are more. */
function commit(tx: IDBTransaction): void {
  try {
    tx.commit()
  } catch {
    // It has ended by itself: its events tell how.
  }
}

function abort(tx: IDBTransaction): boolean {
  try {
    tx.abort()
    return true
  } catch {
    return false
  }
}

function readingIn(tx: IDBTransaction, records: () => RecordTable): ReadTransaction {
  const table = (name: TableName): IDBObjectStore => tx.objectStore(name)
  return {
    get: <Name extends TableName>(name: Name, key: Key) =>
      (name === 'records' ? records().get(key) : answer(table(name).get(key as IDBValidKey))) as Promise<
        Tables[Name] | undefined
      >,
    getMany: <Name extends TableName>(name: Name, keys: readonly Key[]) => {
      if (name === 'records') return records().getMany(keys) as Promise<(Tables[Name] | undefined)[]>
      const from = table(name)
      return Promise.all(keys.map((key) => answer<Tables[Name] | undefined>(from.get(key as IDBValidKey))))
    },
    list: <Name extends TableName>(name: Name, range: Range = {}) =>
      (name === 'records' ? records().list(range) : list(table(name), range)) as Promise<Tables[Name][]>,
    count: (name, range = {}) => answer(source(table(name), range).count(queryOf(range) ?? undefined)),
  }
}

function list<Name extends TableName>(table: IDBObjectStore, range: Range): Promise<Tables[Name][]> {
  const { isReversed = false, skip = 0, most } = range
  const from = source(table, range)
  if (most === 0) return Promise.resolve([])
  if (!isReversed && skip === 0) return answer(from.getAll(queryOf(range), most))
  return new Promise((resolve, reject) => {
    const rows: Tables[Name][] = []
    const request = from.openCursor(queryOf(range), isReversed ? 'prev' : 'next')
    let hasSkipped = skip === 0
    request.addEventListener('error', () => reject(request.error ?? endedEarly()))
    request.addEventListener('success', () => {
      const cursor = request.result
      if (cursor === null) return resolve(rows)
      if (!hasSkipped) {
        hasSkipped = true
        return cursor.advance(skip)
      }
      rows.push(cursor.value as Tables[Name])
      if (rows.length === most) resolve(rows)
      else cursor.continue()
    })
  })
}

function source(table: IDBObjectStore, { index }: Range): IDBObjectStore | IDBIndex {
  return index === undefined ? table : table.index(index)
}
