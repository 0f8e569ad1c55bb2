import type { OrderRow, PackRow, RecordRow, SegmentRow } from '../../../src/storage/rows.ts'
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
  const here = heldRows(device, sync.ordersSince ?? '', install.kind === 'office')
  const missing = [...atServer].filter((text) => !here.has(text))
  const more = [...here].filter((text) => !atServer.has(text))
  if (missing.length > 0 || more.length > 0)
    world.fail(
      'I9',
      `${device.name} lacks ${missing.join(' ') || 'nothing'} and has ${more.join(' ') || 'nothing'} besides`,
    )
  if (sync.lastDigest?.isEqual === false) world.fail('I9', `${device.name} finds its digest unequal`)
}

function heldRows(device: Device, since: string, isOffice: boolean): Set<string> {
  const orders = new Map<string, number>()
  for (const { pack } of rowsOn<PackRow>(device.disk, 'packs'))
    for (const [index, orderId] of pack.orderIds.entries())
      if (pack.businessDays[index]! >= since) orders.set(orderId, pack.vs[index]!)
  for (const { orderId, order, v } of rowsOn<OrderRow>(device.disk, 'orders')) {
    if (order === null) orders.delete(orderId)
    else if (v > 0 && order.businessDay >= since) orders.set(orderId, Math.max(v, orders.get(orderId) ?? 0))
  }
  const install = installOf(device)
  const outOfScope = new Set(
    rowsOn<OrderRow>(device.disk, 'orders').flatMap((row) =>
      isOffice || row.order?.storeId !== install?.storeId ? [row.orderId] : [],
    ),
  )
  return new Set([
    ...rowsOn<RecordRow>(device.disk, 'records').flatMap(({ kind, id, v }) =>
      v > 0 ? [`${kind}/${id}@${v}`] : [],
    ),
    ...rowsOn<SegmentRow>(device.disk, 'segments').map(
      ({ storeId, month, v }) => `segment/${storeId}/${month}@${v}`,
    ),
    // Own orders stay, also those that were sold in another store.
    ...[...orders].flatMap(([orderId, v]) => (outOfScope.has(orderId) ? [] : [`order/${orderId}@${v}`])),
  ])
}
