import type { ReadTransaction, Storage, TableName, WriteTransaction } from '../../../src/storage/tables.ts'
import { createMemoryDisk, type Durability, type LineEntry, type MemoryDisk } from './memory-disk.ts'
import { createTransaction, type MemoryTransaction } from './memory-transaction.ts'

/**
 * `requests`: those of the transaction that wait · `commit`: the changes reach the disk · `complete`: the caller hears of
 * it · `abort`: the caller hears that nothing was written.
 */
export type StorageStep = 'requests' | 'commit' | 'complete' | 'abort'

/** Runs a step of storage later, after everything that waits for the step before it has gone on. */
export type Pace = (step: StorageStep, run: () => void) => void

export type MemoryStorage = Storage & {
  /** The tab is killed: what it had begun never happened, and it hears of nothing any more. Answers which tables it was writing to. */
  abandon(): (readonly TableName[])[]
}

const atOnce: Pace = (_, run) => void setImmediate(run)

/**
 * The device's database in memory with the rules of IndexedDB: transactions over the same tables one after the other,
 * all or nothing, closed as soon as they have nothing to do. `isStepwise`: one request to a step.
 */
export function openMemoryStorage(
  disk: MemoryDisk = createMemoryDisk(),
  { pace = atOnce, isStepwise = false }: { readonly pace?: Pace; readonly isStepwise?: boolean } = {},
): MemoryStorage {
  const running = new Set<Running>()
  let isClosed = false

  const run = <T>(
    tables: readonly TableName[],
    durability: Durability | null,
    work: (tx: MemoryTransaction) => Promise<T>,
  ): Promise<T> => {
    if (isClosed) return Promise.reject(new DOMException('The database is closed.', 'InvalidStateError'))
    return new Promise<T>((resolve, reject) => {
      const tx = createTransaction(disk, tables, durability !== null)
      const entry: LineEntry = {
        tables,
        isWrite: durability !== null,
        start: () => pace('requests', begin),
      }
      let outcome: { readonly value: T } | null = null
      let isOver = false
      const leave = (): void => {
        isOver = true
        running.delete(self)
        disk.line.leave(entry)
      }
      const abort = (error: unknown): void => {
        if (isOver) return
        leave()
        tx.end(error)
        pace('abort', () => reject(error))
      }
      const begin = (): void => {
        if (isOver) return
        work(tx).then((value) => {
          outcome = { value }
        }, abort)
        pace('requests', step)
      }
      const step = (): void => {
        if (isOver) return
        if (!tx.hasWork()) return finish()
        do {
          const error = tx.step()
          if (error !== null && durability !== null) return abort(error)
        } while (!isStepwise && tx.hasWork())
        pace('requests', step)
      }
      const finish = (): void => {
        // As Dexie says it: the browser had already committed when the work went on.
        if (outcome === null)
          return abort(new DOMException('The transaction was over too early.', 'PrematureCommitError'))
        if (durability === null) return complete()
        pace('commit', () => {
          if (isOver) return
          disk.commit(tx.changes, durability)
          complete()
        })
      }
      const complete = (): void => {
        leave()
        tx.end(null)
        const { value } = outcome!
        if (durability === null) resolve(value)
        else pace('complete', () => resolve(value))
      }
      const self: Running = { tables: durability === null ? [] : tables, abort, forget: leave }
      running.add(self)
      disk.line.enter(entry)
    })
  }

  return {
    read: (tables, work: (tx: ReadTransaction) => Promise<never>) => run(tables, null, work),
    write: (tables, durability, work: (tx: WriteTransaction) => Promise<never>) =>
      run(tables, durability, work),
    close: () => {
      isClosed = true
      for (const each of [...running]) each.abort(new DOMException('The database is closed.', 'AbortError'))
    },
    abandon: () => {
      isClosed = true
      const written = [...running].map((each) => each.tables)
      for (const each of [...running]) each.forget()
      return written
    },
  }
}

type Running = { readonly tables: readonly TableName[]; abort(error: unknown): void; forget(): void }
