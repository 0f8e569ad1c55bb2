import type { Conflict } from '#domain/catalogue.ts'
import type { ServerChanges, Watch } from './invariants/invariant.ts'
import { syncOf } from './device/device.ts'
import type { StoredOrder, StoredRecord } from './server/tables.ts'
import type { World } from './world.ts'

/** Counts what only comes about where several things meet; nobody can do it at will. */
export function countCoincidences(world: World, watch: Watch): void {
  const { coverage, database } = world
  watch.onServerCommit((changes) => {
    const records = [...(changes.get('records')?.values() ?? [])] as (StoredRecord | undefined)[]
    if (world.devices.some((device) => syncOf(device)?.load?.after != null))
      countInLoad(world, changes, records)
    for (const row of records) {
      const conflict = row?.kind === 'conflict' ? (row.doc as Conflict) : null
      if (conflict?.kept === null) coverage.count(`conflict: ${conflict.outcome}`)
    }
    for (const row of (changes.get('orders')?.values() ?? []) as Iterable<StoredOrder | undefined>) {
      const saleId = row?.order.refundOf ?? null
      if (saleId !== null && !database?.view.get('orders', saleId))
        coverage.count('answer: refund before its sale')
    }
  })
}

/** A device has read some pages of its load, and not all. */
function countInLoad(
  { coverage }: World,
  changes: ServerChanges,
  records: readonly (StoredRecord | undefined)[],
): void {
  if (changes.has('operations')) coverage.count('load: others wrote meanwhile')
  if (records.some((row) => row?.isDeleted)) coverage.count('load: a record was deleted meanwhile')
  if (records.some((row) => row === undefined)) coverage.count('load: compaction meanwhile')
}
