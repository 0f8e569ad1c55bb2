import type { OrderPack } from '#protocol/pull.ts'
import type { MemoryDatabase, ServerPace, ServerView } from './memory-database.ts'
import type { StoredOrder, StoredPack } from './tables.ts'

const ORDERS_A_PACK = 3

/** Packs what is not packed yet, as the server does in quiet moments; answers how many packs came of it. */
export function sealPacks(
  database: MemoryDatabase,
  pace: ServerPace,
  storeIds: readonly string[],
): Promise<number> {
  return database.transact(pace, async (tx) => {
    await tx.lock('head')
    let sealed = 0
    for (const storeId of storeIds) {
      const last = lastPack(tx, storeId)
      const orders = unpacked(tx, storeId).slice(0, ORDERS_A_PACK)
      const end = orders.at(-1)
      if (orders.length < ORDERS_A_PACK || !end) continue
      const packNo = (last?.packNo ?? 0) + 1
      const pack = packOf(`${storeId}/${packNo}`, storeId, orders)
      tx.set('packs', pack.packId, { storeId, packNo, toV: end.v, toOrderId: end.order.orderId, pack })
      sealed += 1
    }
    return sealed
  })
}

/** Orders that travel one by one: refunded ones, and those above the last pack. */
export function unpacked(view: ServerView, storeId: string): StoredOrder[] {
  const last = lastPack(view, storeId)
  return ofStore(view, storeId).filter((row) => row.status === 'paid' && isAfter(row, last))
}

export function refundedOrders(view: ServerView, storeId: string): StoredOrder[] {
  return ofStore(view, storeId).filter((row) => row.status === 'refunded')
}

/** Packs after a number; where an order of one has changed, the others of it travel one by one. */
export function packsAfter(
  view: ServerView,
  storeId: string,
  packNo: number,
  most: number,
): { packs: OrderPack[]; orders: StoredOrder[]; after: string | null } {
  const all = packsOf(view, storeId).filter((row) => row.packNo > packNo)
  const some = all.slice(0, most)
  const isFresh = ({ pack }: StoredPack): boolean =>
    pack.orderIds.every((id, index) => {
      const row = view.get('orders', id)
      return row?.status === 'paid' && row.v === pack.vs[index]
    })
  const stale = some.filter((row) => !isFresh(row))
  return {
    packs: some.filter(isFresh).map(({ pack }) => pack),
    orders: stale.flatMap(({ pack }) =>
      pack.orderIds.flatMap((id) => {
        const row = view.get('orders', id)
        return row ? [row] : []
      }),
    ),
    after: all.length > most ? String(some.at(-1)!.packNo) : null,
  }
}

function packsOf(view: ServerView, storeId: string): StoredPack[] {
  return view
    .list('packs')
    .flatMap(([, row]) => (row.storeId === storeId ? [row] : []))
    .sort((one, other) => one.packNo - other.packNo)
}

function lastPack(view: ServerView, storeId: string): StoredPack | undefined {
  return packsOf(view, storeId).at(-1)
}

function ofStore(view: ServerView, storeId: string): StoredOrder[] {
  return view
    .list('orders')
    .flatMap(([, row]) => (row.order.storeId === storeId ? [row] : []))
    .sort((one, other) => one.v - other.v || (one.order.orderId < other.order.orderId ? -1 : 1))
}

function isAfter({ v, order }: StoredOrder, last: StoredPack | undefined): boolean {
  if (!last) return true
  return v > last.toV || (v === last.toV && order.orderId > last.toOrderId)
}

function packOf(packId: string, storeId: string, rows: readonly StoredOrder[]): OrderPack {
  const orders = rows.map(({ order }) => order)
  return {
    packId,
    storeId,
    orderIds: orders.map(({ orderId }) => orderId),
    vs: rows.map(({ v }) => v),
    occurredAts: orders.map(({ occurredAt }) => occurredAt),
    businessDays: orders.map(({ businessDay }) => businessDay),
    receiptNumbers: orders.map(({ receiptNumber }) => receiptNumber),
    registerIds: orders.map(({ registerId }) => registerId),
    totalsMinor: orders.map(({ totals }) => totals.totalMinor),
    itemsMilli: orders.map(({ lines }) => lines.reduce((sum, { quantityMilli }) => sum + quantityMilli, 0)),
    lineNames: orders.map(({ lines }) => lines.map(({ name }) => name).join('\n')),
    refundsOf: orders.map(({ refundOf }) => refundOf),
    // The device takes it for base64.
    docs: btoa(orders.map((order) => JSON.stringify(order)).join('\n')),
  }
}
