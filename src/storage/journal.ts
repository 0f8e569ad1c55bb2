import type { Operation } from '#sync/operation.ts'
import { afterPush, type PushReply, type SentRun } from '#sync/push-state.ts'
import { type Database, loadMeta, needMeta, saveMeta } from './database.ts'

/** [C7] What exists on this device only. */
export type Unsent = {
  readonly count: number
  /** When the oldest of them happened; null when there is none. */
  readonly oldestAt: number | null
  readonly journalSeq: number
}

export function loadOperations(database: Database, fromSeq: number, most: number): Promise<Operation[]> {
  return database.journal.where('seq').aboveOrEqual(fromSeq).limit(most).toArray()
}

export function loadUnsent(database: Database): Promise<Unsent> {
  return database.transaction('r', [database.meta, database.journal, database.orders], async () => {
    const [head, sync] = await Promise.all([loadMeta(database, 'journal'), loadMeta(database, 'sync')])
    if (head === null || sync === null) return { count: 0, oldestAt: null, journalSeq: 0 }
    const operations = Math.max(0, head.seq - sync.ackedSeq)
    if (operations === 0) return { count: 0, oldestAt: null, journalSeq: head.seq }
    const [sales, oldest] = await Promise.all([
      database.orders.where('seq').above(sync.ackedSeq).count(),
      database.journal.get(sync.ackedSeq + 1),
    ])
    // A cashier counts sales; the shift that opened with the first of them is no second one.
    return { count: Math.max(sales, 1), oldestAt: oldest?.occurredAt ?? null, journalSeq: head.seq }
  })
}

/** Takes the server's answer to a run into the push state; what is stored now decides, not what was when it was sent. */
export function recordPush(database: Database, sent: SentRun, reply: PushReply, now: number): Promise<void> {
  return database.transaction('rw', [database.meta], async () => {
    const sync = await needMeta(database, 'sync')
    await saveMeta(database, 'sync', { ...sync, ...afterPush(sync, sent, reply), lastContactAt: now })
  })
}
