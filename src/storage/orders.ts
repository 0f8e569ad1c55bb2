import type { OpenOrder, PaidOrder } from '#domain/order.ts'
import { type Database, loadMeta, saveMeta } from './database.ts'
import { withRoom } from './room.ts'
import type { OrderRow } from './rows.ts'

/** An own sale and its place in the journal. */
export type OwnOrder = { readonly seq: number; readonly order: PaidOrder }

/** Orders, newest first, without the first `skip`. */
export function listOrders(database: Database, skip: number, most: number): Promise<OrderRow[]> {
  return database.orders.orderBy('occurredAt').reverse().offset(skip).limit(most).toArray()
}

/** [L3] [D1] Own paid orders above a place in the journal, in its order. */
export async function listOwnOrdersAbove(database: Database, seq: number): Promise<OwnOrder[]> {
  const rows = await database.orders.where('seq').above(seq).sortBy('seq')
  return rows.map((row) => ({ seq: row.seq ?? 0, order: row.order }))
}

/** Moves an order to the park list; if it was the open one, no order is open then. */
export function saveParked(database: Database, order: OpenOrder): Promise<void> {
  return withRoom(database, () =>
    database.transaction('rw', [database.meta, database.parked], async () => {
      const open = await loadMeta(database, 'openOrder')
      await Promise.all([
        database.parked.put(order),
        open?.orderId === order.orderId ? database.meta.delete('openOrder') : undefined,
      ])
    }),
  )
}

/** Makes a parked order the open one; null when it is not on the list any more, as when another tab took it. */
export function takeParked(database: Database, orderId: string): Promise<OpenOrder | null> {
  return database.transaction('rw', [database.meta, database.parked], async () => {
    const parked = await database.parked.get(orderId)
    if (!parked) return null
    const order = { ...parked, parkedAs: null }
    await Promise.all([database.parked.delete(orderId), saveMeta(database, 'openOrder', order)])
    return order
  })
}

/** Keeps the order being built; an order that has been paid meanwhile does not come back. */
export function saveOpenOrder(database: Database, order: OpenOrder | null): Promise<void> {
  return withRoom(database, () =>
    database.transaction('rw', [database.meta, database.orders], async () => {
      const isPaid = order !== null && (await database.orders.get(order.orderId)) !== undefined
      if (order === null || isPaid) await database.meta.delete('openOrder')
      else await saveMeta(database, 'openOrder', order)
    }),
  )
}
