import type { RecordKind } from '#domain/catalogue.ts'
import type { Operation } from '#sync/operation.ts'
import { foldOverlays, type OverlayChange, overlaysOf } from '#sync/overlay-of.ts'
import type { RowVersion } from '#sync/pull-state.ts'
import { keyText, recordIdOf, type RecordKey, recordKey } from './record-key.ts'
import type { OverlayRow, RecordRow } from './rows.ts'
import type { Key, WriteTransaction } from './tables.ts'

/** A record as the server has it, as far as this device knows; `doc` null: it has none. */
export type PulledRecord = RowVersion & {
  readonly kind: RecordKind
  readonly id: string
  readonly doc: object | null
}

/**
 * [L3] [I7] Lays new own operations over the records, in the transaction that journals them (tables `overlays` and
 * `records`). A sale needs it only where its order is parked. Answers the records that have changed.
 */
export async function layOver(
  tx: WriteTransaction,
  operations: readonly Operation[],
): Promise<readonly RecordKey[]> {
  const laid = operations.flatMap(overlayRowsOf)
  const keys = uniqueKeys(laid)
  const held = await tx.getMany('records', keys)
  tx.add('overlays', laid)
  const changes = changesByRecord(laid)
  for (const [index, key] of keys.entries()) {
    const row = held[index]
    // What lay over it before is in `doc` already.
    const doc = foldOverlays(row?.doc ?? null, changes.get(keyText(recordIdOf(key))) ?? [])
    const changed = rowOf(pulledOf(key, row), doc, true)
    if (changed === null) tx.delete('records', [key])
    else tx.put('records', [changed])
  }
  return keys
}

/**
 * [L5] [P2] Lays every retained operation over the records anew (tables `journal`, `overlays`, `records`): the server may
 * hold none of them, or the journal has got other numbers.
 */
export async function layAllOver(tx: WriteTransaction): Promise<void> {
  const before = await tx.list('overlays')
  tx.clear('overlays')
  const laid: OverlayRow[] = []
  for (let from = 1; ;) {
    const operations = await tx.list('journal', { from, most: OPERATIONS_AT_ONCE })
    laid.push(...operations.flatMap(overlayRowsOf))
    if (operations.length < OPERATIONS_AT_ONCE) break
    from = operations.at(-1)!.seq + 1
  }
  tx.add('overlays', laid)
  await refold(tx, uniqueKeys([...before, ...laid]), laid)
}

/** Folds what still lies over these records into them anew. `left`: all overlays that there are. */
export async function refold(
  tx: WriteTransaction,
  keys: readonly RecordKey[],
  left: readonly OverlayRow[],
): Promise<void> {
  if (keys.length === 0) return
  const held = await tx.getMany('records', keys)
  writePulled(
    tx,
    keys.map((key, index) => pulledOf(key, held[index])),
    left,
  )
}

/** [L3] Writes records as they came with what lies over them. `left`: all overlays that there are. */
export function writePulled(
  tx: WriteTransaction,
  pulled: readonly PulledRecord[],
  left: readonly OverlayRow[],
): void {
  const changes = changesByRecord(left)
  const rows: RecordRow[] = []
  const gone: RecordKey[] = []
  for (const record of pulled) {
    const own = changes.get(keyText(record))
    const row = own ? rowOf(record, foldOverlays(record.doc, own), true) : rowOf(record, record.doc, false)
    if (row === null) gone.push(recordKey(record))
    else rows.push(row)
  }
  tx.put('records', rows)
  tx.delete('records', gone)
}

/** [I8] Forgets overlays of operations up to `coveredSeq`, as their effects are in the pulled rows. */
export function dropCovered(
  tx: WriteTransaction,
  overlays: readonly OverlayRow[],
  coveredSeq: number,
): { readonly left: readonly OverlayRow[]; readonly uncovered: readonly RecordKey[] } {
  const covered = overlays.filter(({ seq }) => seq <= coveredSeq)
  tx.delete(
    'overlays',
    covered.map(({ seq, part }): Key => [seq, part]),
  )
  return { left: overlays.filter(({ seq }) => seq > coveredSeq), uncovered: uniqueKeys(covered) }
}

const OPERATIONS_AT_ONCE = 500

function overlayRowsOf(operation: Operation): OverlayRow[] {
  return overlaysOf(operation).map((overlay, part) => ({ seq: operation.seq, part, ...overlay }))
}

/** What the server has of a record that is held, or of one that is not. */
function pulledOf([kind, id]: RecordKey, row: RecordRow | undefined): PulledRecord {
  if (row === undefined) return { kind, id, generation: 0, v: 0, doc: null }
  return { kind, id, generation: row.generation, v: row.v, doc: row.pulled ? row.pulled.doc : row.doc }
}

/** Null for a record that neither the server nor this device's own work knows: it leaves no row. */
function rowOf(
  { kind, id, generation, v, doc: pulled }: PulledRecord,
  doc: object | null,
  isOverlaid: boolean,
): RecordRow | null {
  if (doc === null && pulled === null) return null
  return { kind, id, generation, v, doc, ...(isOverlaid && { pulled: { doc: pulled } }) } as RecordRow
}

function uniqueKeys(rows: readonly OverlayRow[]): RecordKey[] {
  return [...new Map(rows.map((row) => [keyText(row), recordKey(row)])).values()]
}

/** In the sequence of the journal. */
function changesByRecord(overlays: readonly OverlayRow[]): ReadonlyMap<string, readonly OverlayChange[]> {
  const byRecord = new Map<string, OverlayChange[]>()
  for (const row of overlays) {
    const text = keyText(row)
    const changes = byRecord.get(text)
    if (changes) changes.push(row.change)
    else byRecord.set(text, [row.change])
  }
  return byRecord
}
