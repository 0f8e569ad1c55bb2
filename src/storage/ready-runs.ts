import { loadMeta, saveMeta } from './meta.ts'
import type { ReadyRunRow, RunPlace } from './rows.ts'
import type { Storage, WriteTransaction } from './tables.ts'

/*
 * [P1] Full batches of the unsent journal, packed and signed while there was no network. They only save time: the journal
 * stays what counts, and a run that does not fit it any more is passed over. `meta` knows their places, so that nobody reads a
 * hundred kB to see that there is nothing to do.
 */

export const readyRunTables = ['meta', 'readyRuns'] as const

/** Where the next full batch of `most` operations begins; null while that many are not unsent beyond those that are ready. */
export function nextToReady(storage: Storage, most: number): Promise<number | null> {
  return storage.read(['meta'], async (tx) => {
    const [journal, sync, ready] = await Promise.all([
      loadMeta(tx, 'journal'),
      loadMeta(tx, 'sync'),
      loadMeta(tx, 'readyRuns'),
    ])
    if (journal === null || sync === null || sync.forkAtSeq !== null) return null
    const fromSeq = (following(sync.pushedSeq, ready ?? []).at(-1)?.toSeq ?? sync.pushedSeq) + 1
    return journal.seq - fromSeq + 1 < most ? null : fromSeq
  })
}

/** False where the device has taken another identity, or moved on, since it was packed. */
export function keepReadyRun(storage: Storage, row: ReadyRunRow): Promise<boolean> {
  return storage.write(readyRunTables, 'relaxed', async (tx) => {
    const [journal, sync, before] = await Promise.all([
      loadMeta(tx, 'journal'),
      loadMeta(tx, 'sync'),
      loadMeta(tx, 'readyRuns'),
    ])
    if (sync === null || journal?.installId !== row.request.installId) return false
    const { fromSeq, toSeq } = row
    const places = following(sync.pushedSeq, [...(before ?? []), { fromSeq, toSeq }])
    if (places.at(-1)?.toSeq !== toSeq) return false
    deletePlaces(
      tx,
      (before ?? []).filter((place) => !places.includes(place)),
    )
    tx.put('readyRuns', [row])
    saveMeta(tx, 'readyRuns', places)
    return true
  })
}

/** The run that begins there, with where the journal ends; null where none does that is the journal's still. */
export function loadReadyRun(
  storage: Storage,
  fromSeq: number,
): Promise<{ readonly row: ReadyRunRow; readonly journalSeq: number } | null> {
  return storage.read([...readyRunTables, 'journal'], async (tx) => {
    const [journal, places] = await Promise.all([loadMeta(tx, 'journal'), loadMeta(tx, 'readyRuns')])
    const place = places?.find((each) => each.fromSeq === fromSeq)
    if (journal === null || place === undefined) return null
    const [row, last] = await Promise.all([tx.get('readyRuns', fromSeq), tx.get('journal', place.toSeq)])
    // The chain of its last operation stands for all before it.
    if (row === undefined || row.toSeq !== place.toSeq || row.request.chain !== last?.chain) return null
    return row.request.installId === journal.installId ? { row, journalSeq: journal.seq } : null
  })
}

/** Those that the server holds up to `ackedSeq`. The transaction must be over `readyRunTables`. */
export async function dropReadyRuns(tx: WriteTransaction, ackedSeq: number): Promise<void> {
  const places = await loadMeta(tx, 'readyRuns')
  const held = (places ?? []).filter(({ toSeq }) => toSeq <= ackedSeq)
  if (held.length === 0) return
  deletePlaces(tx, held)
  saveMeta(
    tx,
    'readyRuns',
    places!.filter((place) => !held.includes(place)),
  )
}

/** All of them. */
export function clearReadyRuns(tx: WriteTransaction): void {
  tx.clear('readyRuns')
  tx.delete('meta', ['readyRuns'])
}

/** Those that follow each other from `pushedSeq` on: others begin where no batch will. */
function following(pushedSeq: number, places: readonly RunPlace[]): RunPlace[] {
  const found: RunPlace[] = []
  let seq = pushedSeq
  for (const place of places.toSorted((one, other) => one.fromSeq - other.fromSeq))
    if (place.fromSeq === seq + 1) {
      found.push(place)
      seq = place.toSeq
    }
  return found
}

function deletePlaces(tx: WriteTransaction, places: readonly RunPlace[]): void {
  tx.delete(
    'readyRuns',
    places.map(({ fromSeq }) => fromSeq),
  )
}
