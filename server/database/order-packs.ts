import type { PaidOrder } from '#domain/order.ts'
import type { OrderPack } from '#protocol/pull.ts'
import type { Packing } from '../use-cases/ports.ts'
import { ordersSinceAt } from './changes-scope.ts'
import { lastPacked, type PackEnd } from './order-packs-read.ts'
import type { Database, Tx } from './pool.ts'
import { documentOfOrder, ordersWithDocuments } from './read-orders.ts'

export type PackSealing = {
  readonly database: Database
  readonly packing: Packing
  /** ms since 1970. */
  readonly clock: () => number
  /** `usualOrdersAPack` unless given. */
  readonly ordersAPack?: number
}

/**
 * What opening one old order inflates, against what many packs cost. So many usual orders stay below the 64 KiB from which Chromium
 * keeps a row in a file of its own: 100,000 of them are stored in nine tenths of the time that packs of 300 take.
 */
export const usualOrdersAPack = 140

/**
 * Packs a store's recent orders, as many full packs as there are, seals those again in which an order has changed, and drops those
 * that are too old to be handed out. Answers how many packs it wrote. Where another process is at it, none.
 */
export async function sealPacks(sealing: PackSealing, tenantId: string, storeId: string): Promise<number> {
  for (let sealed = 0, isFirst = true; ; isFirst = false) {
    // One transaction each: sales that come in meanwhile wait for none of it but the last write.
    const step = await sealing.database.asTenant(tenantId, async (tx): Promise<Step> => {
      const [lock] = await tx.query<{ taken: boolean }>(
        `select pg_try_advisory_xact_lock(hashtextextended('order packs ' || $1, 0)) as taken`,
        [storeId],
      )
      if (!lock!.taken) return 'nothing'
      const ordersSince = ordersSinceAt(sealing.clock())
      if (isFirst) await dropOld(tx, storeId, ordersSince)
      const again = await sealStale(tx, sealing, storeId, ordersSince)
      return again === 'nothing' ? sealNext(tx, sealing, storeId, ordersSince) : again
    })
    if (step === 'nothing') return sealed
    if (step === 'sealed') sealed += 1
  }
}

/** `changed`: an order was no longer what had been read. */
type Step = 'sealed' | 'changed' | 'nothing'

/** The last one stays, as it says how far orders are packed. */
async function dropOld(tx: Tx, storeId: string, ordersSince: string): Promise<void> {
  await tx.query(
    `delete from order_pack where store_id = $1 and last_business_day < $2
       and pack_no < (select max(pack_no) from order_pack where store_id = $1)`,
    [storeId, ordersSince],
  )
}

async function sealNext(tx: Tx, sealing: PackSealing, storeId: string, ordersSince: string): Promise<Step> {
  const { ordersAPack = usualOrdersAPack } = sealing
  const last = await lastPacked(tx, storeId)
  const rows = await tx.query<OrderRow>(
    `select ${orderColumns} from ${ordersWithDocuments}
     where o.store_id = $1 and (o.v, o.order_id) > ($2, $3) and o.status = 'paid' and o.business_day >= $4
     order by o.v, o.order_id limit ${ordersAPack}`,
    [storeId, last.to_v, last.to_order_id, ordersSince],
  )
  if (rows.length < ordersAPack) return 'nothing'
  const packNo = last.pack_no + 1
  const pack = await packOf(sealing.packing, `${storeId}/${packNo}`, storeId, rows)
  const end = rows[rows.length - 1]!
  if (!(await holdsStill(tx, rows))) return 'changed'
  await tx.query(
    `insert into order_pack (store_id, pack_no, from_v, from_order_id, to_v, to_order_id, last_business_day, columns, docs)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [storeId, packNo, last.to_v, last.to_order_id, end.v, end.order_id, ...toStore(pack)],
  )
  return 'sealed'
}

type StalePack = PackEnd & {
  readonly pack_no: number
  readonly from_v: number
  readonly from_order_id: string
}

async function sealStale(tx: Tx, sealing: PackSealing, storeId: string, ordersSince: string): Promise<Step> {
  const [stale] = await tx.query<StalePack>(
    `select pack_no, from_v, from_order_id, to_v, to_order_id from order_pack
     where store_id = $1 and is_stale order by pack_no limit 1`,
    [storeId],
  )
  if (!stale) return 'nothing'
  const rows = await tx.query<OrderRow>(
    `select ${orderColumns} from ${ordersWithDocuments}
     where o.store_id = $1 and (o.v, o.order_id) > ($2, $3) and (o.v, o.order_id) <= ($4, $5) and o.status = 'paid'
       and o.business_day >= $6
     order by o.v, o.order_id`,
    [storeId, stale.from_v, stale.from_order_id, stale.to_v, stale.to_order_id, ordersSince],
  )
  const pack = await packOf(sealing.packing, `${storeId}/${stale.pack_no}`, storeId, rows)
  if (!(await holdsStill(tx, rows))) return 'changed'
  await tx.query(
    `update order_pack set is_stale = false, last_business_day = $3, columns = $4, docs = $5
     where store_id = $1 and pack_no = $2`,
    [storeId, stale.pack_no, ...toStore(pack)],
  )
  return 'sealed'
}

/**
 * Whether the orders are as they were read. From here on the tenant's version is held, so nobody changes one before the pack is
 * written.
 */
async function holdsStill(tx: Tx, rows: readonly OrderRow[]): Promise<boolean> {
  await tx.query('select v from sync_head for update')
  const [now] = await tx.query<{ count: number }>(
    `select count(*) as count from orders join unnest($1::uuid[], $2::bigint[]) as given (order_id, v) using (order_id, v)
     where status = 'paid'`,
    [rows.map((row) => row.order_id), rows.map((row) => row.v)],
  )
  return now!.count === rows.length
}

type OrderRow = {
  order_id: string
  v: number
  occurred_at: string
  business_day: string
  receipt_number: string
  register_id: string
  total_minor: number
  units_milli: number
  refund_of: string | null
  doc: string
}

const orderColumns = `o.order_id, o.v, o.occurred_at, o.business_day, o.receipt_number, o.register_id, o.total_minor,
  o.units_milli, o.refund_of, ${documentOfOrder} as doc`

async function packOf(
  packing: Packing,
  packId: string,
  storeId: string,
  rows: readonly OrderRow[],
): Promise<OrderPack> {
  const orders = rows.map(({ doc }) => JSON.parse(doc) as PaidOrder)
  // What release 0.1 sent may be JSON over several lines.
  const docs = rows.map(({ doc }, at) => (doc.includes('\n') ? JSON.stringify(orders[at]) : doc))
  return {
    packId,
    storeId,
    orderIds: rows.map((row) => row.order_id),
    vs: rows.map((row) => row.v),
    occurredAts: rows.map((row) => Date.parse(row.occurred_at)),
    businessDays: rows.map((row) => row.business_day),
    receiptNumbers: rows.map((row) => row.receipt_number),
    registerIds: rows.map((row) => row.register_id),
    totalsMinor: rows.map((row) => row.total_minor),
    itemsMilli: rows.map((row) => row.units_milli),
    lineNames: orders.map(({ lines }) => lines.map(({ name }) => name).join('\n')),
    refundsOf: rows.map((row) => row.refund_of),
    docs: await packing.deflate(docs.join('\n')),
  }
}

function toStore({ docs, ...columns }: OrderPack): [lastBusinessDay: string, columns: string, docs: string] {
  const lastDay = columns.businessDays.reduce((last, day) => (day > last ? day : last), '0001-01-01')
  return [lastDay, JSON.stringify(columns), docs]
}
