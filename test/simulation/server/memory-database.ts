import { serverTableNames, type ServerTable, type ServerTables } from './tables.ts'

type Rows = Map<string, unknown>
type Overlay = Map<ServerTable, Rows>

/** All of it at one moment: what a backup is. */
export type ServerImage = ReadonlyMap<ServerTable, ReadonlyMap<string, unknown>>

export type ServerView = {
  get<Name extends ServerTable>(table: Name, key: string): ServerTables[Name] | undefined
  list<Name extends ServerTable>(table: Name): [key: string, row: ServerTables[Name]][]
}

/** How the transactions of a server's process go on: `lock` after `step`, one after the other. */
export type ServerPace = {
  /** Resolves when the process may go on; throws to make the transaction lose a race. */
  step(what: 'statement' | 'commit' | 'committed'): Promise<void>
  /** Called when the process dies. */
  onDeath(listener: () => void): void
}

export type ServerTransaction = ServerView & {
  step(): Promise<void>
  /** Waits until nobody else holds it; held until the transaction ends. */
  lock(name: string): Promise<void>
  set<Name extends ServerTable>(table: Name, key: string, row: ServerTables[Name]): void
  delete(table: ServerTable, key: string): void
}

/** The transaction lost a race (40001, 40P01): it is run again from its beginning, as the pool does. */
export class LostRace extends Error {
  override name = 'LostRace'
}

export type MemoryDatabase = {
  /** What is committed. */
  readonly view: ServerView
  transact<T>(pace: ServerPace, work: (tx: ServerTransaction) => Promise<T>): Promise<T>
  /** One unchanging picture, whatever is committed meanwhile. */
  snapshot<T>(
    pace: ServerPace,
    work: (view: ServerView & { step(): Promise<void> }) => Promise<T>,
  ): Promise<T>
  image(): ServerImage
  /** Puts everything back as it was; transactions under way have lost their database. */
  restore(image: ServerImage): void
  onCommit(listener: (changes: ReadonlyMap<ServerTable, ReadonlyMap<string, unknown>>) => void): void
}

const MOST_ATTEMPTS = 5

/** Tables in memory with PostgreSQL's READ COMMITTED writers, row locks that wait and REPEATABLE READ readers. */
export function createMemoryDatabase(): MemoryDatabase {
  let base = new Map<ServerTable, Rows>(serverTableNames.map((name) => [name, new Map()]))
  const snapshots = new Set<Overlay>()
  const locks = createLocks()
  const listeners: ((changes: Overlay) => void)[] = []

  const viewOf = (over: Overlay | null): ServerView => ({
    get: (table, key) => {
      const rows = over?.get(table)
      return (rows?.has(key) ? rows.get(key) : base.get(table)!.get(key)) as never
    },
    list: (table) => {
      const rows = over?.get(table)
      if (!rows || rows.size === 0) return [...base.get(table)!] as never
      const merged = new Map(base.get(table)!)
      for (const [key, row] of rows) {
        if (row === undefined) merged.delete(key)
        else merged.set(key, row)
      }
      return [...merged] as never
    },
  })

  const commit = (changes: Overlay): void => {
    for (const [table, rows] of changes) {
      const data = base.get(table)!
      for (const [key, row] of rows) {
        for (const snapshot of snapshots) keepIn(snapshot, table, key, data.get(key))
        if (row === undefined) data.delete(key)
        else data.set(key, row)
      }
    }
    for (const listener of listeners) listener(changes)
  }

  const attempt = async <T>(pace: ServerPace, work: (tx: ServerTransaction) => Promise<T>): Promise<T> => {
    const changes: Overlay = new Map()
    const startedOn = base
    const me = {}
    const step = async (what: 'statement' | 'commit' = 'statement'): Promise<void> => {
      await pace.step(what)
      if (base !== startedOn) throw new Error('The database was put back under this transaction.')
    }
    pace.onDeath(() => locks.releaseAll(me))
    try {
      const value = await work({
        ...viewOf(changes),
        step,
        lock: async (name) => {
          await step()
          await locks.take(name, me)
        },
        set: (table, key, row) => rowsOf(changes, table).set(key, row),
        delete: (table, key) => rowsOf(changes, table).set(key, undefined),
      })
      await step('commit')
      commit(changes)
      return value
    } finally {
      locks.releaseAll(me)
    }
  }

  return {
    view: viewOf(null),
    transact: async (pace, work) => {
      for (let round = 1; ; round += 1) {
        try {
          const value = await attempt(pace, work)
          await pace.step('committed')
          return value
        } catch (error) {
          if (!(error instanceof LostRace) || round === MOST_ATTEMPTS) throw error
        }
      }
    },
    snapshot: async (pace, work) => {
      const kept: Overlay = new Map()
      snapshots.add(kept)
      pace.onDeath(() => snapshots.delete(kept))
      try {
        return await work({ ...viewOf(kept), step: () => pace.step('statement') })
      } finally {
        snapshots.delete(kept)
      }
    },
    image: () => new Map([...base].map(([name, rows]) => [name, new Map(rows)])),
    restore: (image) => {
      base = new Map(serverTableNames.map((name) => [name, new Map(image.get(name))]))
      snapshots.clear()
      locks.reset()
    },
    onCommit: (listener) => void listeners.push(listener),
  }
}

function rowsOf(changes: Overlay, table: ServerTable): Rows {
  const rows = changes.get(table) ?? new Map<string, unknown>()
  changes.set(table, rows)
  return rows
}

function keepIn(snapshot: Overlay, table: ServerTable, key: string, before: unknown): void {
  const rows = rowsOf(snapshot, table)
  if (!rows.has(key)) rows.set(key, before)
}

type Waiter = { readonly by: object; readonly go: () => void }

/** Row locks: first come, first served; a dead holder's are free at once. */
function createLocks() {
  const holders = new Map<string, { by: object; waiting: Waiter[] }>()
  const release = (name: string): void => {
    const lock = holders.get(name)!
    const next = lock.waiting.shift()
    if (!next) {
      holders.delete(name)
      return
    }
    lock.by = next.by
    next.go()
  }
  return {
    take: (name: string, by: object): Promise<void> => {
      const lock = holders.get(name)
      if (!lock) holders.set(name, { by, waiting: [] })
      if (!lock || lock.by === by) return Promise.resolve()
      return new Promise((resolve) => lock.waiting.push({ by, go: resolve }))
    },
    releaseAll: (by: object): void => {
      for (const [name, lock] of [...holders]) {
        lock.waiting = lock.waiting.filter((waiter) => waiter.by !== by)
        if (lock.by === by) release(name)
      }
    },
    reset: () => holders.clear(),
  }
}
