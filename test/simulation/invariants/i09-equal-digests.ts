import type { OrderRow, PackRow, RecordRow, SegmentRow, SyncRow } from '../../../src/storage/rows.ts'
import { type Device, installOf, rowsOn, syncOf } from '../device/device.ts'
import { ordersSinceAt, scopedRows } from '../server/memory-changes.ts'
import type { ServerView } from '../server/memory-database.ts'
import type { World } from '../world.ts'
import type { Invariant } from './invariant.ts'

export const equalDigests: Invariant = {
  rule: 'I9',
  says: 'equal scopes have equal digests, equal to the server’s',
  watch: (world, watch) => {
    const view = world.database?.view
    if (!view) return
    watch.atRest(() => {
      for (const device of world.devices) compare(world, device, view)
    })
  },
}

function compare(world: World, device: Device, view: ServerView): void {
  const [install, sync] = [installOf(device), syncOf(device)]
  const row = install && view.get('installs', install.installId)
  if (!install || !sync || !row || row.isRevoked || device.release === 1) return
  const rows = scopedRows(
    view,
    row,
    sync.ordersSince ?? ordersSinceAt(world.scheduler.now() + world.serverClockOffsetMs),
  )
  const atServer = new Set([
    ...rows
      .records()
      .filter((record) => !record.isDeleted)
      .map(({ kind, id, v }) => `${kind}/${id}@${v}`),
    ...rows.segments().map(({ storeId, month, v }) => `segment/${storeId}/${month}@${v}`),
    ...rows.orders().map(({ order, v }) => `order/${order.orderId}@${v}`),
  ])
  const inScope = new Set(rows.orders().map(({ order }) => order.orderId))
  const here = new Set([...heldRows(device), ...heldOrders(device, sync, inScope)])
  const missing = [...atServer].filter((text) => !here.has(text))
  const more = [...here].filter((text) => !atServer.has(text))
  if (missing.length > 0 || more.length > 0)
    world.fail(
      'I9',
      `${device.name} lacks ${missing.join(' ') || 'nothing'} and has ${more.join(' ') || 'nothing'} besides`,
    )
  if (sync.lastDigest?.isEqual === false) world.fail('I9', `${device.name} finds its digest unequal`)
}

function heldRows({ disk }: Device): string[] {
  return [
    ...rowsOn<RecordRow>(disk, 'records').flatMap(({ kind, id, v }) => (v > 0 ? [`${kind}/${id}@${v}`] : [])),
    ...rowsOn<SegmentRow>(disk, 'segments').map(
      ({ storeId, month, v }) => `segment/${storeId}/${month}@${v}`,
    ),
  ]
}

/**
 * A row of the present load counts more than a pack. [L3] [R4] An own order is held as it was journalled: the server's may be
 * of another day, where another device was paid for it first.
 */
function heldOrders(
  { disk }: Device,
  { generation, ordersSince }: SyncRow,
  inScope: ReadonlySet<string>,
): string[] {
  const orders = new Map<string, number>()
  for (const { pack, ...row } of rowsOn<PackRow>(disk, 'packs'))
    for (const [index, orderId] of pack.orderIds.entries())
      if (row.generation === generation && pack.businessDays[index]! >= (ordersSince ?? ''))
        orders.set(orderId, pack.vs[index]!)
  for (const { orderId, order, seq, v, ...row } of rowsOn<OrderRow>(disk, 'orders')) {
    if (order === null) orders.delete(orderId)
    else if (row.generation !== generation || v === 0) continue
    else if (inScope.has(orderId) || (seq === undefined && order.businessDay >= (ordersSince ?? '')))
      orders.set(orderId, Math.max(v, orders.get(orderId) ?? 0))
  }
  return [...orders].map(([orderId, v]) => `order/${orderId}@${v}`)
}
