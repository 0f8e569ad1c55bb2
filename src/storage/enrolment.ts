import { emptyJournal } from '#sync/journal.ts'
import { newLoad } from '#sync/pull-state.ts'
import { isToHandOver } from './carried.ts'
import { loadMeta, needMeta, saveMeta } from './meta.ts'
import type { InstallRow, KeyRow } from './rows.ts'
import { type Storage, tableKeys, type TableName } from './tables.ts'

export type Identity = Omit<KeyRow, 'id'>

export type NewEnrolment = {
  readonly install: InstallRow
  readonly epoch: string
  /** [L7] `scopeOf` the install's store and register. */
  readonly scopeId: string
  /** Null on an office device, which sells nothing. */
  readonly receiptSeries: number | null
}

/** Stores everything of a new enrolment in one transaction: an install either has its journal and series, or is none. */
export function saveEnrolment(storage: Storage, enrolment: NewEnrolment): Promise<void> {
  const { install, epoch, scopeId, receiptSeries } = enrolment
  const { installId } = install
  return storage.write(['meta'], 'strict', async (tx) => {
    saveMeta(tx, 'install', install)
    saveMeta(tx, 'journal', {
      ...emptyJournal(installId),
      installId,
      receipt: firstReceipt(receiptSeries),
      openShift: null,
      nextZ: 1,
      openOrder: null,
    })
    saveMeta(tx, 'sync', {
      epoch,
      generation: 1,
      cursor: 0,
      load: newLoad,
      pulledSeq: 0,
      pushedSeq: 0,
      ackedSeq: 0,
      forkAtSeq: null,
      scopeId,
      ordersSince: null,
      lastDigest: null,
      needsUpgrade: false,
      isRevoked: false,
      lastPullAt: null,
      lastContactAt: null,
    })
  })
}

/**
 * [C2] [L5] A server that was put back to before this enrolment has admitted the device anew, under the same id and key: the journal and
 * all that is unsent go on. Its receipt series too, unless that was given to another meanwhile. [P5] If it was out of use, who made
 * the code for it has taken it in again.
 */
export function readmit(storage: Storage, receiptSeries: number | null): Promise<void> {
  return storage.write(['meta'], 'strict', async (tx) => {
    const [journal, sync] = await Promise.all([needMeta(tx, 'journal'), needMeta(tx, 'sync')])
    if (sync.isRevoked) saveMeta(tx, 'sync', { ...sync, isRevoked: false })
    if (journal.receipt?.series !== receiptSeries)
      saveMeta(tx, 'journal', { ...journal, receipt: firstReceipt(receiptSeries) })
  })
}

/** The receipt series that this device numbers with; null where it has none. */
export async function loadReceiptSeries(storage: Storage): Promise<number | null> {
  const journal = await storage.read(['meta'], (tx) => loadMeta(tx, 'journal'))
  return journal?.receipt?.series ?? null
}

export function firstReceipt(series: number | null): { series: number; next: number } | null {
  return series === null ? null : { series, next: 1 }
}

/** The id and key of this database, also before it is enrolled; `rejoining`: those it is about to take ([P2]). */
export async function loadIdentity(storage: Storage, id: KeyRow['id'] = 'signing'): Promise<Identity | null> {
  const row = await storage.read(['keys'], (tx) => tx.get('keys', id))
  return row ? { installId: row.installId, pair: row.pair } : null
}

/** Keeps the first identity that is offered, and answers it: two tabs must not enrol as two installs. */
export function keepIdentity(
  storage: Storage,
  offered: Identity,
  id: KeyRow['id'] = 'signing',
): Promise<Identity> {
  return storage.write(['keys'], 'strict', async (tx) => {
    const held = await tx.get('keys', id)
    if (held) return { installId: held.installId, pair: held.pair }
    const { installId, pair } = offered
    tx.add('keys', [{ id, installId, pair }])
    return { installId, pair }
  })
}

/**
 * [C6] Empties the database; refused while any operation exists on this device only and was not exported, or a journal that
 * was brought here waits to be handed over.
 */
export function forgetEnrolment(storage: Storage): Promise<'forgotten' | 'unsent'> {
  const tables = Object.keys(tableKeys) as TableName[]
  return storage.write(tables, 'strict', async (tx) => {
    const [journal, sync, exported, carried] = await Promise.all([
      loadMeta(tx, 'journal'),
      loadMeta(tx, 'sync'),
      loadMeta(tx, 'exported'),
      tx.list('carried'),
    ])
    const safeSeq = Math.max(sync?.ackedSeq ?? 0, exported?.seq ?? 0)
    const isUnsent = journal !== null && journal.seq > safeSeq
    if (isUnsent || carried.some(isToHandOver)) return 'unsent'
    for (const table of tables) tx.clear(table)
    return 'forgotten'
  })
}
