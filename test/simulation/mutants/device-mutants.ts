import type { JournalRow, MetaRow, SyncRow } from '../../../src/storage/rows.ts'
import type { Storage, TableName, WriteTransaction } from '../../../src/storage/tables.ts'
import type { Mutant } from './mutant.ts'

export const ackBeforeComplete: Mutant = {
  says: 'a write is done when its requests are, before the transaction is complete',
  storage: (storage) => ({
    ...storage,
    write: (tables, durability, work) =>
      new Promise((resolve, reject) => {
        const early = async (tx: WriteTransaction) => {
          const value = await work(tx)
          resolve(value)
          return value
        }
        storage.write(tables, durability, early).catch(reject)
      }),
  }),
}

export const deleteOnSend: Mutant = {
  says: 'what is sent is gone from the outbox',
  server: (server, storage) => ({
    ...server,
    push: async (request) => {
      const lastSeq = request.firstSeq + request.opIds.length - 1
      await storage.write(['meta', 'journal'], 'strict', async (tx) => {
        const row = await tx.get('meta', 'sync')
        const sync = row?.value as SyncRow
        const seqs = request.opIds.map((_, index) => request.firstSeq + index)
        tx.delete('journal', seqs)
        tx.put('meta', [{ key: 'sync', value: { ...sync, pushedSeq: lastSeq, ackedSeq: lastSeq } }])
      })
      return server.push(request)
    },
  }),
}

/** The tables of a page; a sale has others. */
const isOfPage = (tables: readonly TableName[]): boolean =>
  tables.includes('segments') && tables.includes('meta')

export const cursorBeforeRows: Mutant = {
  says: 'the cursor is saved in a transaction of its own, before the rows',
  storage: (storage) => ({
    ...storage,
    write: async (tables, durability, work) => {
      if (!isOfPage(tables)) return storage.write(tables, durability, work)
      const later: ((tx: WriteTransaction) => void)[] = []
      const value = await storage.write(tables, durability, (tx) =>
        work({
          ...tx,
          put: (table, rows) => {
            if (table === 'meta') tx.put(table, rows)
            else later.push((next) => next.put(table, rows))
          },
        }),
      )
      await storage.write(tables, durability, async (tx) => {
        for (const write of later) write(tx)
      })
      return value
    },
  }),
}

export const reusedReceiptNumbers: Mutant = {
  says: 'each tab counts receipt numbers for itself',
  storage: (storage) => {
    let next: number | null = null
    return {
      ...storage,
      write: (tables, durability, work) =>
        storage.write(tables, durability, (tx) => {
          const get: WriteTransaction['get'] = async (table, key) => {
            const row = await tx.get(table, key)
            const journal = (row as MetaRow | undefined)?.value as JournalRow | undefined
            if (table !== 'meta' || key !== 'journal' || !journal?.receipt) return row
            const receipt = { ...journal.receipt, next: next ?? journal.receipt.next }
            return { key, value: { ...journal, receipt } } as unknown as typeof row
          }
          const put: WriteTransaction['put'] = (table, rows) => {
            for (const row of rows) {
              const journal = (row as MetaRow).value as JournalRow | undefined
              if (table === 'meta' && journal?.receipt) next = journal.receipt.next
            }
            tx.put(table, rows)
          }
          return work({ ...tx, get, put })
        }),
    }
  },
}

export const wipeOnMismatch: Mutant = {
  says: 'where the server is another than was thought, the device starts from nothing',
  storage: (storage) => ({
    ...storage,
    write: async (tables, durability, work) => {
      let isMismatch = false
      const value = await storage.write(tables, durability, async (tx) => {
        const before = tables.includes('meta')
          ? ((await tx.get('meta', 'sync'))?.value as SyncRow)
          : undefined
        const put: WriteTransaction['put'] = (table, rows) => {
          for (const row of rows) {
            const sync = (row as MetaRow).value as SyncRow | undefined
            if (table === 'meta' && before && (sync?.generation ?? 0) > before.generation) isMismatch = true
          }
          tx.put(table, rows)
        }
        return work({ ...tx, put })
      })
      if (isMismatch) await wipe(storage)
      return value
    },
  }),
}

function wipe(storage: Storage): Promise<void> {
  const tables = ['journal', 'orders', 'records', 'overlays', 'segments'] as const
  return storage.write(tables, 'strict', async (tx) => {
    for (const table of tables) tx.clear(table)
  })
}
