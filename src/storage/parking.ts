import type { ParkedOrder } from '#domain/catalogue.ts'
import type { OpenOrder } from '#domain/order.ts'
import { type Act, inJournal } from './journalling.ts'
import { loadMeta, needMeta, saveMeta } from './meta.ts'
import { layOver } from './overlays.ts'
import type { Device } from './room.ts'
import { placeOf } from './shift.ts'
import type { Storage, TableName } from './tables.ts'

const tables = ['orders', 'records', 'overlays'] as const satisfies TableName[]

/**
 * [R4] Puts an order on the park list of its store, in the words of `order.parkedAs`; if it was the open one, no order is open
 * then. False where it has been paid, as far as this device knows.
 */
export function parkOrder(device: Device, act: Act, order: OpenOrder): Promise<boolean> {
  const { orderId } = order
  return inJournal(device, act.occurredAt, tables, async (tx, opening) => {
    const [journal, install, paid, record] = await Promise.all([
      opening.journal(),
      needMeta(tx, 'install'),
      tx.get('orders', orderId),
      tx.get('records', ['parked-order', orderId]),
    ])
    journal.closeOrder(orderId)
    if (paid) return { journal, answer: false }
    const parked: ParkedOrder = {
      ...placeOf(install),
      order,
      staffId: act.actorId,
      parkedAt: act.occurredAt,
    }
    await layOver(tx, [journal.append(act, 'order.parked', { ...parked, baseV: record?.v ?? 0 })])
    return { journal, answer: true }
  })
}

/** Takes an order off the park list unpaid, for good. `splitInto`: the orders that took its lines over. */
export function voidOrder(
  device: Device,
  act: Act,
  voided: { readonly orderId: string; readonly reason: string; readonly splitInto: readonly string[] },
): Promise<void> {
  const { orderId } = voided
  return inJournal(device, act.occurredAt, tables, async (tx, opening) => {
    const [journal, install, record] = await Promise.all([
      opening.journal(),
      needMeta(tx, 'install'),
      tx.get('records', ['parked-order', orderId]),
    ])
    journal.closeOrder(orderId)
    if (!record?.doc) return { journal, answer: undefined }
    await layOver(tx, [journal.append(act, 'order.voided', { ...voided, ...placeOf(install) })])
    return { journal, answer: undefined }
  })
}

/** The park list of the store, without the order that is open here. */
export function listParked(storage: Storage): Promise<ParkedOrder[]> {
  return storage.read(['meta', 'records'], async (tx) => {
    const [journal, rows] = await Promise.all([
      loadMeta(tx, 'journal'),
      tx.list('records', { from: ['parked-order', ''], to: ['parked-order', '\uffff'] }),
    ])
    return rows.flatMap((row) =>
      row.kind === 'parked-order' && row.doc && row.id !== journal?.openOrder?.orderId ? [row.doc] : [],
    )
  })
}

/**
 * Makes a parked order the open one. It stays on the store's list until it is paid, parked again or voided, and this
 * device's list hides it. Null when it is not there any more.
 */
export function resumeOrder(storage: Storage, orderId: string): Promise<OpenOrder | null> {
  return storage.write(['meta', 'records'], 'strict', async (tx) => {
    const [journal, record] = await Promise.all([
      needMeta(tx, 'journal'),
      tx.get('records', ['parked-order', orderId]),
    ])
    if (record?.kind !== 'parked-order' || !record.doc) return null
    const order = { ...record.doc.order, parkedAs: null }
    saveMeta(tx, 'openOrder', order)
    saveMeta(tx, 'journal', { ...journal, openOrder: { orderId, isParked: true } })
    return order
  })
}

/** Gives the parked orders of release 0.1, which were this device's own, to the store's park list. */
export function shareOldParked(device: Device, now: number, actOf: (order: OpenOrder) => Act): Promise<void> {
  return inJournal(device, now, ['parked', 'records', 'overlays'], async (tx, opening) => {
    const [journal, install, orders] = await Promise.all([
      opening.journal(),
      needMeta(tx, 'install'),
      tx.list('parked'),
    ])
    if (orders.length === 0) return { answer: undefined }
    const operations = orders.map((order) => {
      const act = actOf(order)
      const place = placeOf(install)
      const parked: ParkedOrder = { ...place, order, staffId: act.actorId, parkedAt: act.occurredAt }
      return journal.append(act, 'order.parked', { ...parked, baseV: 0 })
    })
    tx.clear('parked')
    await layOver(tx, operations)
    return { journal, answer: undefined }
  })
}
