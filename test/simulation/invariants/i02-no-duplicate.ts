import type { PaidOrder } from '#domain/order.ts'
import type { OperationRow } from '../server/tables.ts'
import type { Invariant } from './invariant.ts'

export const noDuplicate: Invariant = {
  rule: 'I2',
  says: 'no duplicate operation, order, payment, movement; the payments of the server equal those of the devices',
  watch: (world, watch) => {
    const view = world.database?.view
    if (!view) return
    watch.onServerCommit((changes) => {
      for (const [key, value] of changes.get('operations') ?? []) {
        const row = value as OperationRow | undefined
        if (row && !row.isRepeat && view.get('operationIds', row.operation.opId) !== key)
          world.fail('I2', `operation ${row.operation.opId} is stored twice, as ${key} too`)
      }
    })
    watch.atRest(() => {
      const expected = new Map<string, number>()
      for (const operation of world.ledger.durable.values()) {
        const key = view.get('operationIds', operation.opId)
        const isApplied = key !== undefined && view.get('operations', key)?.result.status === 'applied'
        if (operation.kind !== 'order.paid' || !isApplied) continue
        const order = JSON.parse(operation.payload) as PaidOrder
        for (const { paymentId, amountMinor } of order.payments) expected.set(paymentId, amountMinor)
      }
      const held = new Map(view.list('payments').map(([id, row]) => [id, row.payment.amountMinor]))
      for (const [id, amountMinor] of expected)
        if (held.get(id) !== amountMinor)
          world.fail('I2', `payment ${id} of ${amountMinor} is at the server as ${held.get(id)}`)
      for (const id of held.keys())
        if (!expected.has(id)) world.fail('I2', `no device has taken the payment ${id} that the server holds`)
      for (const [id, { order }] of view.list('orders'))
        if (id !== order.orderId) world.fail('I2', `order ${order.orderId} is stored twice`)
    })
  },
}
