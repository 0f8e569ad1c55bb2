import { afterLoadPage, afterPage, type LoadPageFacts, type PageFacts } from '#sync/pull-state.ts'
import { applyRows, type RowsApplied, type RowsCame } from './changes-rows.ts'
import { needMeta, saveMeta } from './meta.ts'
import { dropOldOrders } from './orders-drop.ts'
import { type PackCame, readyPack, storePacks } from './packs.ts'
import { LEAST_ROWS_FOR_LEAVES } from './record-leaves.ts'
import { sweep, sweepStrayOrders } from './scope-sweep.ts'
import type { SyncRow } from './rows.ts'
import type { Storage, TableName, WriteTransaction } from './tables.ts'

/** Whose token asked for the page: what it acknowledges is of that install's journal ([P2]). */
type AskedBy = { readonly installId: string }

export type PageCame = PageFacts &
  RowsCame &
  AskedBy & { readonly head: number; readonly serverTime: number; readonly ordersSince: string }

export type LoadPageCame = LoadPageFacts &
  RowsCame &
  AskedBy & {
    readonly scope: { readonly id: string }
    readonly ordersSince: string
    readonly packs: readonly PackCame[]
  }

/** What a page changed here. */
export type Applied = RowsApplied & {
  /** Whether this page ended a load. */
  readonly endsLoad: boolean
}

const pageTables = [
  'meta',
  'records',
  'overlays',
  'orders',
  'segments',
  'contacts',
  'packDirectory',
] as const satisfies readonly TableName[]

/**
 * [L2] Rows, cursor and acknowledgement of a pulled page in one transaction; null when it no longer fits and was thrown
 * away, as is one that was asked for under an identity given up since. Orders that a new day makes too old to hold leave afterwards.
 */
export async function applyPage(storage: Storage, page: PageCame, now: number): Promise<Applied | null> {
  const outcome = await storage.write(pageTables, durabilityOf(page), async (tx) => {
    const { sync, strayUpToSeq, coveredSeq, storeId, installId } = await readState(tx, page.ackedSeq)
    const pulled = afterPage(sync, { ...page, ackedSeq: coveredSeq })
    if (pulled === null || page.installId !== installId) return null
    const applied = await applyRows(tx, page, sync.generation, pulled.pulledSeq)
    const covered = { coveredSeq: pulled.pulledSeq, storeId }
    const stray = strayUpToSeq === null ? null : await sweepStrayOrders(tx, strayUpToSeq, covered)
    saveMeta(tx, 'sync', {
      ...sync,
      ...pulled,
      ...(stray !== null && { strayUpToSeq: stray }),
      ackedSeq: Math.max(sync.ackedSeq, coveredSeq),
      ordersSince: page.ordersSince,
      needsUpgrade: false,
      clockAheadMs: now - page.serverTime,
      lastContactAt: now,
      lastPullAt: page.next >= page.head ? now : sync.lastPullAt,
    })
    return { applied, isNewDay: sync.ordersSince !== null && page.ordersSince > sync.ordersSince }
  })
  if (outcome?.isNewDay) await dropOldOrders(storage)
  return outcome && { ...outcome.applied, endsLoad: false }
}

/**
 * [L4] A page of a load, asked for with `askedAfter`; the last one ends it and, where it was not the first, sweeps what was
 * not seen ([L6]). Null when it no longer fits, or is of another scope than the load was begun for.
 */
export function applyLoadPage(
  storage: Storage,
  askedAfter: string | null,
  page: LoadPageCame,
  now: number,
): Promise<Applied | null> {
  const packs = page.packs.map(readyPack)
  return storage.write([...pageTables, 'packs'], 'strict', async (tx) => {
    const { sync, strayUpToSeq, coveredSeq, storeId, installId } = await readState(tx, page.ackedSeq)
    const loaded = afterLoadPage(sync, askedAfter, { ...page, ackedSeq: coveredSeq })
    if (loaded === null || page.installId !== installId || page.scope.id !== sync.scopeId) return null
    const endsLoad = loaded.load === null
    storePacks(tx, packs, sync.generation)
    // Until the load ends this is 0: rows that it has not brought yet lack what its v0 covers.
    const applied = await applyRows(tx, { ...page, isRun: true }, sync.generation, loaded.pulledSeq)
    const ended = { generation: sync.generation, coveredSeq: loaded.pulledSeq, storeId }
    const isAgain = sync.generation > 1
    const stray = endsLoad && isAgain ? await sweep(tx, ended) : strayUpToSeq
    saveMeta(tx, 'sync', {
      ...sync,
      ...loaded,
      ...(stray !== null && { strayUpToSeq: stray }),
      ackedSeq: Math.max(sync.ackedSeq, coveredSeq),
      ordersSince: page.ordersSince,
      needsUpgrade: false,
      lastContactAt: now,
    })
    return { ...applied, hasOrders: applied.hasOrders || packs.length > 0, endsLoad }
  })
}

/**
 * Relaxed is enough for most pages: rows and cursor stand or fall together, so what a power cut takes is asked for once
 * more, and the next sale's strict transaction puts what came before it on the disk. But Chromium keeps a value of
 * 64 kB and more in a file beside its log, which a later transaction does not flush: segments, and what a load brings by the
 * hundred, may be that long.
 */
function durabilityOf({ segments, records }: PageCame): 'strict' | 'relaxed' {
  return segments.length > 0 || records.length >= LEAST_ROWS_FOR_LEAVES ? 'strict' : 'relaxed'
}

/** [P7] Pulling waits for a newer release; the next page that comes takes this back. */
export function noteUpgradeNeeded(storage: Storage, now: number): Promise<void> {
  return noteStanding(storage, { needsUpgrade: true, lastContactAt: now })
}

/** [P5] The owner has taken this device out of use. */
export function noteRevoked(storage: Storage, now: number): Promise<void> {
  return noteStanding(storage, { isRevoked: true, lastContactAt: now })
}

function noteStanding(storage: Storage, standing: Partial<SyncRow>): Promise<void> {
  return storage.write(['meta'], 'relaxed', async (tx) => {
    saveMeta(tx, 'sync', { ...(await needMeta(tx, 'sync')), ...standing })
  })
}

/**
 * [P2] What the server holds of our journal counts only as far as we have sent it. What stands beyond that was written by a copy
 * of this device, or by this one before its disk was put back: our own operations in those places are still to go.
 */
async function readState(tx: WriteTransaction, ackedSeq: number) {
  const [{ strayUpToSeq = null, ...sync }, install] = await Promise.all([
    needMeta(tx, 'sync'),
    needMeta(tx, 'install'),
  ])
  const { storeId, installId } = install
  return { sync, strayUpToSeq, storeId, installId, coveredSeq: Math.min(ackedSeq, sync.pushedSeq) }
}
