import { loadMeta, saveMeta } from './meta.ts'
import { clearReadyRuns, readyRunTables } from './ready-runs.ts'
import { refundedHere } from './refunded-here.ts'
import type { AckMark, SyncRow } from './rows.ts'
import type { Storage } from './tables.ts'

const DAY_MS = 24 * 60 * 60 * 1000
/** [C5] How long the server must have held an operation before this device may drop it. */
const KEEP_MS = 30 * DAY_MS
const MOST_MARKS = 40

/** Orders of other registers are at the server too, and what was made ready is in the journal. */
export function dropHistory(storage: Storage): Promise<void> {
  return storage.write([...readyRunTables, 'orders', 'packs', 'packDirectory'], 'relaxed', async (tx) => {
    const [orders, sync] = await Promise.all([tx.list('orders'), loadMeta(tx, 'sync')])
    const refunded = await refundedHere(tx, sync?.pulledSeq ?? 0)
    const dropped = orders.filter(
      ({ orderId, seq, status }) => seq === undefined && !(status === 'refunded' && refunded.has(orderId)),
    )
    tx.delete(
      'orders',
      dropped.map(({ orderId }) => orderId),
    )
    tx.clear('packs')
    tx.clear('packDirectory')
    clearReadyRuns(tx)
  })
}

/** [C5] Drops what the server had acknowledged 30 days before `now`; the newest operation stays in any case. */
export function dropOldOperations(storage: Storage, now: number): Promise<void> {
  return storage.write(['meta', 'journal'], 'relaxed', async (tx) => {
    const [journal, sync, marks, dropped] = await Promise.all([
      loadMeta(tx, 'journal'),
      loadMeta(tx, 'sync'),
      loadMeta(tx, 'acknowledged'),
      loadMeta(tx, 'dropped'),
    ])
    if (journal === null || sync === null) return
    const oldSeqs = (marks ?? [])
      .filter(({ epoch, at }) => epoch === sync.epoch && now - at >= KEEP_MS)
      .map(({ seq }) => seq)
    const toSeq = Math.min(Math.max(0, ...oldSeqs), sync.ackedSeq, journal.seq - 1)
    if (toSeq <= (dropped?.seq ?? 0)) return
    const operations = await tx.list('journal', { to: toSeq })
    const last = operations.at(-1)
    if (last === undefined) return
    tx.delete(
      'journal',
      operations.map(({ seq }) => seq),
    )
    saveMeta(tx, 'dropped', { seq: last.seq, chain: last.chain })
  })
}

/** [C5] Notes once a day how far the server is; answers null where today is noted already. */
export function markAcknowledged(
  marks: readonly AckMark[],
  { epoch, ackedSeq }: Pick<SyncRow, 'epoch' | 'ackedSeq'>,
  now: number,
): readonly AckMark[] | null {
  const ofEpoch = marks.filter((mark) => mark.epoch === epoch)
  const last = ofEpoch.at(-1)
  if (ackedSeq === 0 || (last && (now - last.at < DAY_MS || last.seq === ackedSeq))) return null
  const older = ofEpoch.filter(({ at }) => now - at >= KEEP_MS)
  const newer = ofEpoch.filter(({ at }) => now - at < KEEP_MS)
  // Of those that are old enough only the furthest says something.
  return [...older.slice(-1), ...newer, { epoch, seq: ackedSeq, at: now }].slice(0 - MOST_MARKS)
}
