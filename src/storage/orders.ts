import type { PaidOrder } from '#domain/order.ts'
import { type HeldOrder, type Inflate, unpackOrder } from './packs.ts'
import { findPacked, findPackedRefunds } from './packs-directory.ts'
import type { OrderRow } from './rows.ts'
import type { Storage } from './tables.ts'

/** An own sale and its place in the journal. */
export type OwnOrder = { readonly seq: number; readonly order: PaidOrder }

/** One order, from its row or out of its pack; null where this device has none, or it was withdrawn. */
export async function loadOrder(
  storage: Storage,
  orderId: string,
  inflate: Inflate,
): Promise<HeldOrder | null> {
  const found = await storage.read(['orders', 'packs', 'packDirectory'], async (tx) => {
    const row = await tx.get('orders', orderId)
    return { row, packed: row ? null : await findPacked(tx, orderId) }
  })
  if (found.row) return isHeld(found.row) ? found.row : null
  return found.packed && unpackOrder(found.packed, inflate)
}

/** Refunds of a sale that this device knows, in no sequence. */
export async function listRefunds(storage: Storage, saleId: string, inflate: Inflate): Promise<HeldOrder[]> {
  const { rows, packed } = await storage.read(['orders', 'packs', 'packDirectory'], async (tx) => {
    const [found, entries] = await Promise.all([
      tx.list('orders', { index: 'refundOf', from: saleId, to: saleId }),
      findPackedRefunds(tx, saleId),
    ])
    const ids = entries.map(({ row, index }) => row.pack.orderIds[index]!)
    const overriding = ids.length === 0 ? [] : await tx.getMany('orders', ids)
    return { rows: found, packed: entries.filter((_, place) => overriding[place] === undefined) }
  })
  const unpacked = await Promise.all(packed.map((each) => unpackOrder(each, inflate)))
  return [...rows.filter(isHeld), ...unpacked]
}

/** [L3] [D1] Own paid orders above a place in the journal, in its order. */
export async function listOwnOrdersAbove(storage: Storage, seq: number): Promise<OwnOrder[]> {
  const rows = await storage.read(['orders'], (tx) => tx.list('orders', { index: 'seq', from: seq + 1 }))
  return rows.filter(isHeld).map((row) => ({ seq: row.seq ?? 0, order: row.order }))
}

function isHeld(row: OrderRow): row is HeldOrder {
  return row.order !== null
}
