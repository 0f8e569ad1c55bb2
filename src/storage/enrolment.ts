import { emptyJournal } from '#sync/journal.ts'
import { newLoad } from '#sync/pull-state.ts'
import { type Database, loadMeta, saveMeta } from './database.ts'
import { randomBallast } from './room.ts'
import type { InstallRow } from './rows.ts'

export type NewEnrolment = {
  readonly install: InstallRow
  readonly epoch: string
  /** Null on an office device, which sells nothing. */
  readonly receiptSeries: number | null
  readonly pair: CryptoKeyPair
}

/** Stores everything of a new enrolment in one transaction: an install either has its key, journal and series, or is none. */
export function saveEnrolment(database: Database, enrolment: NewEnrolment): Promise<void> {
  const { install, epoch, receiptSeries, pair } = enrolment
  return database.transaction('rw', [database.meta, database.keys], async () => {
    await Promise.all([
      database.keys.put({ id: 'signing', pair }),
      saveMeta(database, 'install', install),
      saveMeta(database, 'journal', emptyJournal(install.installId)),
      saveMeta(database, 'ballast', randomBallast()),
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

export async function loadSigningKey(database: Database): Promise<CryptoKey | null> {
  return (await database.keys.get('signing'))?.pair.privateKey ?? null
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
