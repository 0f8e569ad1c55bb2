import type { PaidOrder } from '#domain/order.ts'
import type { OrderChange } from '#protocol/pull.ts'
import type { Tx } from './pool.ts'

/** An order's document stands with the operation that brought it, or with the order where no journal of ours has it. */
export const ordersWithDocuments = `orders o left join operation p
  on p.tenant_id = o.tenant_id and p.install_id = o.install_id and p.seq = o.seq`
export const documentOfOrder = 'coalesce(o.doc, p.payload)'

/** The orders of `rest`: SQL from `where` on, over `orders o`. */
export async function readOrders(tx: Tx, rest: string, values: readonly unknown[]): Promise<OrderChange[]> {
  const rows = await tx.query<OrderRow>(
    `select o.order_id, o.v, o.status, o.install_id, case when o.status <> 'withdrawn' then ${documentOfOrder} end as doc
     from ${ordersWithDocuments} ${rest}`,
    values,
  )
  return rows.map((row) => ({
    id: row.order_id,
    v: row.v,
    isWithdrawn: row.status === 'withdrawn',
    isRefunded: row.status === 'refunded',
    installId: row.install_id,
    doc: row.doc === null ? null : (JSON.parse(row.doc) as PaidOrder),
  }))
}

type OrderRow = {
  order_id: string
  v: number
  status: 'paid' | 'refunded' | 'withdrawn'
  install_id: string | null
  doc: string | null
}
