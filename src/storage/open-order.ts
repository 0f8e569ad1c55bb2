import type { OpenOrder } from '#domain/order.ts'
import { loadMeta, needMeta, saveMeta } from './meta.ts'
import { type Device, withRoom } from './room.ts'

/** Keeps the order being built; an order that has been paid meanwhile does not come back. `now`: ms since 1970. */
export function saveOpenOrder(device: Device, order: OpenOrder | null, now: number): Promise<void> {
  return withRoom(device, now, () =>
    device.storage.write(['meta', 'orders', 'records'], 'strict', async (tx) => {
      const [journal, paid, parked] = await Promise.all([
        needMeta(tx, 'journal'),
        order && tx.get('orders', order.orderId),
        order && tx.get('records', ['parked-order', order.orderId]),
      ])
      const open = paid ? null : order
      if (open !== null) saveMeta(tx, 'openOrder', open)
      if (journal.openOrder?.orderId === open?.orderId) return
      const openOrder = open && { orderId: open.orderId, isParked: Boolean(parked) }
      saveMeta(tx, 'journal', { ...journal, openOrder })
    }),
  )
}

export function loadOpenOrder({ storage }: Device): Promise<OpenOrder | null> {
  return storage.read(['meta'], async (tx) => {
    const [journal, order] = await Promise.all([loadMeta(tx, 'journal'), loadMeta(tx, 'openOrder')])
    return order?.orderId === journal?.openOrder?.orderId ? order : null
  })
}
