import { appendOperation } from '#sync/journal.ts'
import type { Operation, OperationKind } from '#sync/operation.ts'
import { needMeta, saveMeta } from './meta.ts'
import { type Device, withRoom } from './room.ts'
import type { JournalRow } from './rows.ts'
import type { Storage, TableName, WriteTransaction } from './tables.ts'

/** What an operation has beside its payload. `occurredAt`: ms since 1970 by the device's clock. */
export type Act = { readonly opId: string; readonly actorId: string | null; readonly occurredAt: number }

/** The journal with what is about to be added to it. */
export type Journalling = {
  /** As it will be stored, but for the open order. */
  row(): Omit<JournalRow, 'openOrder'>
  append(act: Act, kind: OperationKind, payload: unknown): Operation
  /** Counters and shift, which are stored with the journal's end. */
  change(fields: Partial<Pick<JournalRow, 'receipt' | 'openShift' | 'nextZ'>>): void
  /** Takes the order off the screen, if it is the one. */
  closeOrder(orderId: string): void
  store(tx: WriteTransaction, stored: JournalRow): JournalRow
}

/** The journal while it is being read, so that the work can ask for its own rows at the same time. */
export type Opening = {
  journal(): Promise<Journalling>
  /**
   * The journal with what `compose` adds to it. It composes ahead, on the row that the last commit left, while the browser
   * reads, and once more where another tab has moved the journal on: so it must be pure.
   */
  compose<T>(compose: (journal: Journalling) => T): Promise<Composed<T>>
}

/** `stored`: the journal's row before. */
export type Composed<T> = {
  readonly journal: Journalling
  readonly composed: T
  readonly stored: JournalRow
}

/** Without a journal nothing is added to it. */
export type Outcome<T> = { readonly answer: T; readonly journal?: Journalling }

/**
 * [C1] One strict transaction over the journal and `tables`: what `work` answers as added to the journal, and what else it
 * writes, are stored together or not at all. Resolves after `complete`. `now`: ms since 1970 ([C5]).
 */
export function inJournal<T>(
  device: Device,
  now: number,
  tables: readonly TableName[],
  work: (tx: WriteTransaction, opening: Opening) => Promise<Outcome<T>>,
): Promise<T> {
  const { storage } = device
  return withRoom(device, now, async () => {
    const done = await storage.write(['meta', 'journal', ...tables], 'strict', async (tx) => {
      const reading = needMeta(tx, 'journal')
      const { answer, journal } = await work(tx, openJournal(reading, lastRows.get(storage)))
      const stored = await reading
      return { answer, row: journal?.store(tx, stored) }
    })
    if (done.row) lastRows.set(storage, done.row)
    return done.answer
  })
}

/** Where the last commit of this tab left the journal: a guess, compared with what is stored before it is written. */
const lastRows = new WeakMap<Storage, JournalRow>()

function openJournal(reading: Promise<JournalRow>, lastRow: JournalRow | undefined): Opening {
  return {
    journal: async () => startJournalling(await reading),
    compose: async (compose) => {
      const composeOn = (row: JournalRow) => {
        const journal = startJournalling(row)
        return { journal, composed: compose(journal) }
      }
      const ahead = lastRow && unlessFailing(() => composeOn(lastRow))
      const row = await reading
      // [C2] The chain is another after every operation, and only with one does what numbers are taken from change.
      const there = ahead && lastRow?.chain === row.chain ? ahead : composeOn(row)
      return { ...there, stored: row }
    },
  }
}

/** What fails on a guess may do on what is stored, or will fail there. */
function unlessFailing<T>(work: () => T): T | null {
  try {
    return work()
  } catch {
    return null
  }
}

function startJournalling(start: JournalRow): Journalling {
  let row = start
  let closedId: string | null = null
  const operations: Operation[] = []
  return {
    row: () => row,
    append: (act, kind, payload) => {
      const { installId } = row
      const { operation, head } = appendOperation(row, { ...act, installId, kind, kindVersion: 1, payload })
      row = { ...row, ...head }
      operations.push(operation)
      return operation
    },
    change: (fields) => {
      row = { ...row, ...fields }
    },
    closeOrder: (orderId) => {
      closedId = orderId
    },
    store: (tx, { openOrder }) => {
      // Its document stays until the next one is written over it: deleting it would cost each sale a request.
      row = { ...row, openOrder: openOrder?.orderId === closedId ? null : openOrder }
      // [C3] `add`: a number that is taken fails the transaction.
      tx.add('journal', operations)
      saveMeta(tx, 'journal', row)
      return row
    },
  }
}
