import {
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
        (database) => database.transaction(tables, 'readonly'),
        (tx) => work(readingIn(tx)),
      ),
    write: (tables, durability, work) =>
      run(
        (database) => database.transaction(tables, 'readwrite', { durability }),
        (tx) => runWrite(tx, work),
      ),
    close: () => connection.close(),
  }
}

/** The calls of a transaction that something else has begun, as an upgrade of the schema. */
export function writingIn(tx: IDBTransaction): WriteTransaction {
  const table = (name: TableName): IDBObjectStore => tx.objectStore(name)
  return {
    ...readingIn(tx),
    put: (name, rows) => {
      for (const row of rows) table(name).put(row)
    },
    add: (name, rows) => {
      for (const row of rows) table(name).add(row)
    },
    delete: (name, keys) => {
      for (const key of keys) table(name).delete(key as IDBValidKey)
    },
    clear: (name) => {
      table(name).clear()
    },
  }
}

function runWrite<T>(tx: IDBTransaction, work: (tx: WriteTransaction) => Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    let done: { readonly value: T } | null = null
    let failure: unknown = null
    tx.addEventListener('complete', () => (done ? resolve(done.value) : reject(endedEarly())))
    tx.addEventListener('abort', () => reject(failure ?? tx.error ?? endedEarly()))
    work(writingIn(tx)).then(
      (value) => {
        done = { value }
        commit(tx)
      },
      (error: unknown) => {
        // Where the browser has given it up already, `tx.error` says why; this is what came of it.
        if (abort(tx)) failure = error
        else if (tx.error === null) reject(error as Error)
      },
    )
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

function endedEarly(): Error {
  return new DOMException('The transaction ended before its work was done.', 'AbortError')
}

function readingIn(tx: IDBTransaction): ReadTransaction {
  const table = (name: TableName): IDBObjectStore => tx.objectStore(name)
  return {
    get: (name, key) => answer(table(name).get(key as IDBValidKey)),
    getMany: (name, keys) => {
      const from = table(name)
      return Promise.all(
        keys.map((key) => answer<Tables[typeof name] | undefined>(from.get(key as IDBValidKey))),
      )
    },
    list: (name, range = {}) => list(table(name), range),
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

function queryOf({ from, to }: Range): IDBKeyRange | null {
  if (from !== undefined && to !== undefined) return IDBKeyRange.bound(from, to)
  if (from !== undefined) return IDBKeyRange.lowerBound(from)
  return to === undefined ? null : IDBKeyRange.upperBound(to)
}

function answer<T>(request: IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result as T)
    request.onerror = () => reject(request.error ?? endedEarly())
  })
}
