import type { PaidOrder } from '#domain/order.ts'
import type { Operation } from '#sync/operation.ts'
import type { OrderRow } from '../../../src/storage/rows.ts'
import type { OperationRow } from '../server/tables.ts'
import type { ServerView } from '../server/memory-database.ts'
import { journalOf } from '../device/device.ts'
import type { Invariant } from './invariant.ts'
import type { Device } from '../device/device.ts'
import { textOf } from '../canonical-text.ts'
import type { World } from '../world.ts'

export const allOrNone: Invariant = {
  rule: 'I5',
  says: 'order, payments, movements, number and operation: all or none, on both sides',
  watch: (world, watch) => {
    watch.onDiskCommit((device, changes) => {
      for (const [, row] of changes.get('journal') ?? [])
        if (row !== undefined) checkOnDevice(world, device, row as Operation)
      for (const [, row] of changes.get('orders') ?? []) {
        const { seq, orderId } = (row ?? {}) as Partial<OrderRow>
        if (seq === undefined) continue
        const operation = device.disk.tableOf('journal').get(String(seq)) as Operation | undefined
        const dropped = (
          device.disk.tableOf('meta').get('"dropped') as { value: { seq: number } } | undefined
        )?.value
        if (operation ? !operation.payload.includes(orderId!) : seq > (dropped?.seq ?? 0))
          world.fail('I5', `${device.name}: order ${orderId} is not the operation ${seq}`)
      }
    })
    const view = world.database?.view
    if (!view) return
    watch.onServerCommit((changes) => {
      for (const [, row] of changes.get('operations') ?? [])
        if (row !== undefined) checkAtServer(world, view, row as OperationRow)
    })
  },
}

function checkOnDevice(world: World, device: Device, operation: Operation): void {
  const { disk, name } = device
  const journal = journalOf(device)
  if ((journal?.seq ?? 0) < operation.seq)
    world.fail(
      'I5',
      `${name}: the journal ends at ${journal?.seq}, and there is an operation ${operation.seq}`,
    )
  if (operation.kind !== 'order.paid') return
  const { orderId } = JSON.parse(operation.payload) as PaidOrder
  const order = disk.tableOf('orders').get(`"${orderId}`) as OrderRow | undefined
  if (
    order?.seq !== operation.seq ||
    order.hash !== operation.hash ||
    textOf(order.order) !== operation.payload
  )
    world.fail('I5', `${name}: operation ${operation.seq} is there, its order ${orderId} is not`)
}

function checkAtServer(world: World, view: ServerView, { operation, result, isRepeat }: OperationRow): void {
  if (operation.kind !== 'order.paid' || result.status !== 'applied' || isRepeat) return
  const order = JSON.parse(operation.payload) as PaidOrder
  const held = view.get('orders', order.orderId)
  if (!held) return world.fail('I5', `operation ${operation.opId} is applied, its order is not there`)
  const isFirst = held.installId === operation.installId && held.seq === operation.seq
  if (isFirst && textOf(held.order) !== operation.payload)
    world.fail('I5', `order ${order.orderId} is not what its operation says`)
  const payments = result.flags.includes('duplicate-order') ? [] : order.payments
  for (const { paymentId } of payments)
    if (!view.get('payments', paymentId))
      world.fail('I5', `order ${order.orderId} has come without its payment`)
  for (const { movementId } of isFirst ? order.movements : [])
    if (!view.get('movements', movementId))
      world.fail('I5', `order ${order.orderId} has come without its movement`)
}
