import type { OrderChange, OrderPack } from '#protocol/pull.ts'
import type { Tx } from './pool.ts'
import { readOrders } from './read-orders.ts'

/** About 4 MB. */
const packsAPage = 43
/** Of stale packs, whose orders travel one by one. */
const mostSingleOrders = 1_000

/** Where a pack begins (without it) or ends (with it). */
export type PackEnd = { readonly to_v: number; readonly to_order_id: string }

type PackRow = PackEnd & {
  readonly pack_no: number
  readonly from_v: number
  readonly from_order_id: string
  readonly is_stale: boolean
  readonly columns: string | null
  readonly docs: string | null
}

export async function lastPacked(tx: Tx, storeId: string): Promise<PackEnd & { readonly pack_no: number }> {
  const [last] = await tx.query<PackEnd & { pack_no: number }>(
    'select pack_no, to_v, to_order_id from order_pack where store_id = $1 order by pack_no desc limit 1',
    [storeId],
  )
  return last ?? { pack_no: 0, to_v: 0, to_order_id: '00000000-0000-0000-0000-000000000000' }
}

/** The packs after a number that have recent orders; `lastNo` null: there are no more. */
export async function readPacks(
  tx: Tx,
  storeId: string,
  ordersSince: string,
  afterNo: number,
): Promise<{ packs: OrderPack[]; orders: OrderChange[]; lastNo: number | null }> {
  const rows = await tx.query<PackRow>(
    `select pack_no, from_v, from_order_id, to_v, to_order_id, is_stale,
       case when not is_stale then columns end as columns, case when not is_stale then docs end as docs
     from order_pack where store_id = $1 and pack_no > $2 and last_business_day >= $3
     order by pack_no limit ${packsAPage}`,
    [storeId, afterNo, ordersSince],
  )
  const packs: OrderPack[] = []
  const orders: OrderChange[] = []
  for (const row of rows) {
    if (row.columns !== null && row.docs !== null)
      packs.push({ ...(JSON.parse(row.columns) as Omit<OrderPack, 'docs'>), docs: row.docs })
    else orders.push(...(await ordersOfPack(tx, storeId, row, ordersSince)))
    if (orders.length >= mostSingleOrders) return { packs, orders, lastNo: row.pack_no }
  }
  return { packs, orders, lastNo: rows[packsAPage - 1]?.pack_no ?? null }
}

function ordersOfPack(tx: Tx, storeId: string, row: PackRow, ordersSince: string): Promise<OrderChange[]> {
  return readOrders(
    tx,
    `where o.store_id = $1 and (o.v, o.order_id) > ($2, $3) and (o.v, o.order_id) <= ($4, $5)
       and o.status = 'paid' and o.business_day >= $6 order by o.v, o.order_id`,
    [storeId, row.from_v, row.from_order_id, row.to_v, row.to_order_id, ordersSince],
  )
}
