import { emptyJournal } from '#sync/journal.ts'
import type { Operation } from '#sync/operation.ts'
import { firstReceipt } from './enrolment.ts'
import { envelopeAnew, placesOfOrders } from './envelope-anew.ts'
import { needMeta, saveMeta } from './meta.ts'
import { storeOf } from './order-row.ts'
import { layAllOver } from './overlays.ts'
import { clearReadyRuns, readyRunTables } from './ready-runs.ts'
import { type Device, withRoom } from './room.ts'
import type { OrderRow, SyncRow } from './rows.ts'
import type { WriteTransaction } from './tables.ts'

export type Rejoined = {
  readonly newInstallId: string
  /** Null on an office device. */
  readonly receiptSeries: number | null
}

/**
 * [P2] Goes on under the identity that was kept as `rejoining`, in one transaction. The old journal becomes the past with the
 * bytes that were written then ([C3]); what the server does not hold of it, from the fork on or unacknowledged, begins
 * the new journal, under the same ids and payloads. False where another tab has done it.
 */
export function rejoin(
  device: Device,
  { newInstallId, receiptSeries }: Rejoined,
  now: number,
): Promise<boolean> {
  const tables = [
    ...readyRunTables,
    'keys',
    'journal',
    'pastOperations',
    'orders',
    'records',
    'overlays',
  ] as const
  return withRoom(device, now, () =>
    device.storage.write(tables, 'strict', async (tx) => {
      const [install, journal, sync, key, operations] = await Promise.all([
        needMeta(tx, 'install'),
        needMeta(tx, 'journal'),
        needMeta(tx, 'sync'),
        tx.get('keys', 'rejoining'),
        tx.list('journal'),
      ])
      if (key?.installId !== newInstallId) return false
      const renewed = envelopeAnew(
        operations.slice(firstToRenew(operations, sync)),
        emptyJournal(newInstallId),
        newInstallId,
      )
      tx.add('pastOperations', operations)
      tx.clear('journal')
      tx.add('journal', renewed.operations)
      saveMeta(tx, 'journal', {
        ...renewed.head,
        installId: newInstallId,
        receipt: firstReceipt(receiptSeries),
        // [R6] One install writes a shift: the old one's stays with it.
        openShift: null,
        nextZ: 1,
        openOrder: journal.openOrder,
      })
      saveMeta(tx, 'install', { ...install, installId: newInstallId })
      saveMeta(tx, 'sync', nothingSent(sync, renewed.head.seq))
      tx.delete('meta', ['exported', 'acknowledged', 'dropped'])
      clearReadyRuns(tx)
      tx.put('keys', [{ ...key, id: 'signing' }])
      tx.delete('keys', ['rejoining'])
      await renewOrders(tx, renewed.operations, install.storeId)
      await layAllOver(tx)
      return true
    }),
  )
}

/**
 * Index of the first operation that the server doesn't hold as it stands here. Where it found a fork it holds all before that, also
 * what it acknowledged in an answer that was lost.
 */
function firstToRenew(operations: readonly Operation[], { forkAtSeq, ackedSeq }: SyncRow): number {
  const fromSeq = forkAtSeq ?? ackedSeq + 1
  const index = operations.findIndex(({ seq }) => seq >= fromSeq)
  return index === -1 ? operations.length : index
}

/** The server's numbers were about the old journal. What was pulled stays, and the cursor with it. */
function nothingSent({ strayUpToSeq, ...sync }: SyncRow, journalSeq: number): SyncRow {
  return {
    ...sync,
    ...(strayUpToSeq !== undefined && { strayUpToSeq: journalSeq }),
    pushedSeq: 0,
    ackedSeq: 0,
    pulledSeq: 0,
    forkAtSeq: null,
    load: sync.load && { ...sync.load, startAckedSeq: 0 },
  }
}

/**
 * Own orders that go on in the new journal take their place there. The others are at the server: they count as pulled from
 * now on, and leave with a store that this device has left ([L7]).
 */
async function renewOrders(
  tx: WriteTransaction,
  operations: readonly Operation[],
  storeId: string | null,
): Promise<void> {
  const places = placesOfOrders(operations)
  const own = await tx.list('orders', { index: 'seq' })
  const isStray = (row: OrderRow) => !places.has(row.orderId) && storeId !== null && storeOf(row) !== storeId
  tx.put(
    'orders',
    own
      .filter((row) => !isStray(row))
      .map(({ seq: _, hash: __, ...row }): OrderRow => ({ ...row, ...places.get(row.orderId) })),
  )
  tx.delete(
    'orders',
    own.filter(isStray).map(({ orderId }) => orderId),
  )
}
