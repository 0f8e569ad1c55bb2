import { chainSeed } from '#sync/journal.ts'
import type { Operation } from '#sync/operation.ts'
import { afterPush, type PushReply, type SentRun } from '#sync/push-state.ts'
import { markAcknowledged } from './give-way.ts'
import { loadMeta, needMeta, saveMeta } from './meta.ts'
import { dropReadyRuns, readyRunTables } from './ready-runs.ts'
import type { ReadTransaction, Storage } from './tables.ts'

/** [C7] What exists on this device only. */
export type Unsent = {
  /** As a cashier counts: sales. Where there are none, or very many, operations. */
  readonly count: number
  readonly operations: number
  /** When the oldest of them happened; null when there is none. */
  readonly oldestAt: number | null
  readonly journalSeq: number
}

/** A run of the journal, the chain that it goes on from, and where the whole journal ends. */
export type JournalRun = {
  readonly operations: Operation[]
  readonly previousChain: string
  readonly journalSeq: number
}

/** Consecutive operations from `fromSeq` on; those that were dropped long after they were sent are not in it ([C5]). */
export function loadRun(storage: Storage, fromSeq: number, most: number): Promise<JournalRun> {
  return storage.read(['meta', 'journal'], async (tx) => {
    const operations = await tx.list('journal', { from: fromSeq, most })
    const journal = await loadMeta(tx, 'journal')
    const previousChain = await chainBefore(tx, operations[0]?.seq ?? fromSeq, journal?.installId ?? '')
    return { operations, previousChain, journalSeq: journal?.seq ?? 0 }
  })
}

async function chainBefore(tx: ReadTransaction, seq: number, installId: string): Promise<string> {
  const [before, dropped] = await Promise.all([tx.get('journal', seq - 1), loadMeta(tx, 'dropped')])
  return before?.chain ?? dropped?.chain ?? chainSeed(installId)
}

/** The browser walks through all that it counts: with tens of thousands that takes as long as sending a batch. */
const MOST_COUNTED = 2_000

export function loadUnsent(storage: Storage): Promise<Unsent> {
  return storage.read(['meta', 'journal', 'orders'], async (tx) => {
    const [head, sync] = await Promise.all([loadMeta(tx, 'journal'), loadMeta(tx, 'sync')])
    if (head === null || sync === null) return { count: 0, operations: 0, oldestAt: null, journalSeq: 0 }
    const operations = Math.max(0, head.seq - sync.ackedSeq)
    if (operations === 0) return { count: 0, operations, oldestAt: null, journalSeq: head.seq }
    const [sales, oldest] = await Promise.all([
      operations > MOST_COUNTED ? 0 : tx.count('orders', { index: 'seq', from: sync.ackedSeq + 1 }),
      tx.get('journal', sync.ackedSeq + 1),
    ])
    return {
      count: sales || operations,
      operations,
      oldestAt: oldest?.occurredAt ?? null,
      journalSeq: head.seq,
    }
  })
}

/** [C7] Oldest first. */
export function listUnsent(storage: Storage, most: number): Promise<Operation[]> {
  return storage.read(['meta', 'journal'], async (tx) => {
    const sync = await loadMeta(tx, 'sync')
    return sync === null ? [] : tx.list('journal', { from: sync.ackedSeq + 1, most })
  })
}

/** The run that an answer belongs to, and whose journal it is of: this device may have got another one since ([P2]). */
export type SentOf = SentRun & { readonly installId?: string }

/** Takes the server's answer to a run into the push state; what is stored now decides, not what was when it was sent. */
export function recordPush(storage: Storage, sent: SentOf, reply: PushReply, now: number): Promise<void> {
  return storage.write(readyRunTables, 'relaxed', async (tx) => {
    const [before, marks, install] = await Promise.all([
      needMeta(tx, 'sync'),
      loadMeta(tx, 'acknowledged'),
      needMeta(tx, 'install'),
    ])
    if (sent.installId !== undefined && sent.installId !== install.installId) return
    const sync = { ...before, ...afterPush(before, sent, reply), lastContactAt: now }
    saveMeta(tx, 'sync', sync)
    const marked = markAcknowledged(marks ?? [], sync, now)
    if (marked !== null) saveMeta(tx, 'acknowledged', marked)
    await dropReadyRuns(tx, sync.ackedSeq)
  })
}

/** [C6] The journal lies outside this device up to here. */
export function markExported(storage: Storage, seq: number, at: number): Promise<void> {
  return storage.write(['meta'], 'strict', async (tx) => {
    const exported = await loadMeta(tx, 'exported')
    if (seq > (exported?.seq ?? 0)) saveMeta(tx, 'exported', { seq, at })
  })
}

export function loadExported(storage: Storage): Promise<{ seq: number; at: number } | null> {
  return storage.read(['meta'], (tx) => loadMeta(tx, 'exported'))
}
