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
  return database.transaction('r', [database.meta, database.journal], async () => {
    const [head, sync] = await Promise.all([loadMeta(database, 'journal'), loadMeta(database, 'sync')])
    if (head === null || sync === null) return { count: 0, oldestAt: null, journalSeq: 0 }
    const count = Math.max(0, head.seq - sync.ackedSeq)
    const oldest = count > 0 ? await database.journal.get(sync.ackedSeq + 1) : undefined
    return { count, oldestAt: oldest?.occurredAt ?? null, journalSeq: head.seq }
  })
}

/** Takes the server's answer to a run into the push state; what is stored now decides, not what was when it was sent. */
export function recordPush(database: Database, sent: SentRun, reply: PushReply, now: number): Promise<void> {
  return database.transaction('rw', [database.meta], async () => {
    const sync = await needMeta(database, 'sync')
    await saveMeta(database, 'sync', { ...sync, ...afterPush(sync, sent, reply), lastContactAt: now })
  })
}
