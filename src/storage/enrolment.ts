import { emptyJournal } from '#sync/journal.ts'
import { newLoad } from '#sync/pull-state.ts'
import { type Database, loadMeta, saveMeta } from './database.ts'
import type { InstallRow, KeyRow } from './rows.ts'

export type Identity = Omit<KeyRow, 'id'>

export type NewEnrolment = {
  readonly install: InstallRow
  readonly epoch: string
  /** Null on an office device, which sells nothing. */
  readonly receiptSeries: number | null
}

/** Stores everything of a new enrolment in one transaction: an install either has its journal and series, or is none. */
export function saveEnrolment(database: Database, enrolment: NewEnrolment): Promise<void> {
  const { install, epoch, receiptSeries } = enrolment
  return database.transaction('rw', [database.meta], async () => {
    await Promise.all([
      saveMeta(database, 'install', install),
      saveMeta(database, 'journal', emptyJournal(install.installId)),
      receiptSeries === null ? undefined : saveMeta(database, 'receipt', { series: receiptSeries, next: 1 }),
      saveMeta(database, 'sync', {
        epoch,
        generation: 1,
        cursor: 0,
        load: newLoad,
        pulledSeq: 0,
        pushedSeq: 0,
        ackedSeq: 0,
        forkAtSeq: null,
        lastPullAt: null,
        lastContactAt: null,
      }),
    ])
  })
}

/** The id and key of this database, also before it is enrolled. */
export async function loadIdentity(database: Database): Promise<Identity | null> {
  return (await database.keys.get('signing')) ?? null
}

/** Keeps the first identity that is offered, and answers it: two tabs must not enrol as two installs. */
export function keepIdentity(database: Database, offered: Identity): Promise<Identity> {
  return database.transaction('rw', [database.keys], async () => {
    const held = await database.keys.get('signing')
    if (held) return held
    await database.keys.add({ id: 'signing', ...offered })
    return offered
  })
}

/** [C6] Empties the database; refused while any operation exists on this device only. */
export function forgetEnrolment(database: Database): Promise<'forgotten' | 'unsent'> {
  return database.transaction('rw', database.tables, async () => {
    const [head, sync] = await Promise.all([loadMeta(database, 'journal'), loadMeta(database, 'sync')])
    if (head !== null && head.seq > (sync?.ackedSeq ?? 0)) return 'unsent'
    await Promise.all(database.tables.map((table) => table.clear()))
    return 'forgotten'
  })
}
