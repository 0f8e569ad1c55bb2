import type { ChangesSnapshot } from '../use-cases/ports.ts'
import { type ChangesScope, isInStore, isOfStore } from './changes-scope.ts'
import { lastPacked, readPacks } from './order-packs-read.ts'
import { readOrders } from './read-orders.ts'
import { type RecordRow, toRecordChange } from './read-records.ts'
import { readSegments, type SegmentKey } from './read-segments.ts'

export type LoadedPage = Awaited<ReturnType<ChangesSnapshot['loadPage']>>

const most = { records: 2_500, segments: 12, orders: 1_000 }
const noId = '00000000-0000-0000-0000-000000000000'

/** After the key `<kind> <id>`. */
export async function loadRecords({ tx, storeId }: ChangesScope, afterKey: string): Promise<LoadedPage> {
  const space = afterKey.indexOf(' ')
  const [kind, id] = [afterKey.slice(0, Math.max(space, 0)), afterKey.slice(space + 1)]
  const rows = await tx.query<RecordRow>(
    `select kind, id, v, is_deleted, doc from record
     where (kind, id) > ($1, $2) and not is_deleted and ${isInStore('$3')} order by kind, id limit ${most.records}`,
    [kind, id, storeId],
  )
  const last = rows[most.records - 1]
  return {
    rows: { records: rows.map(toRecordChange) },
    packs: [],
    after: last ? `${last.kind} ${last.id}` : null,
  }
}

/** After the key `<store> <month>`. */
export async function loadSegments({ tx, storeId }: ChangesScope, afterKey: string): Promise<LoadedPage> {
  const [store = noId, month = '0001-01-01'] = afterKey.split(' ').filter(Boolean)
  const keys = await tx.query<SegmentKey>(
    `select store_id, month, v from segment
     where ${isOfStore('$1')} and (store_id, month) > ($2::uuid, $3::date)
     order by store_id, month limit ${most.segments}`,
    [storeId, store, month],
  )
  const last = keys[most.segments - 1]
  return {
    rows: { segments: await readSegments(tx, keys) },
    packs: [],
    after: last ? `${last.store_id} ${last.month}` : null,
  }
}

/**
 * What no pack has, after an order's id: refunded ones, and those above the last pack. Read before the packs, so that an order which
 * is packed between two pages is still to come.
 */
export async function loadOrders(scope: ChangesScope, afterKey: string): Promise<LoadedPage> {
  const { tx, storeId, holdsOrders, ordersSince } = scope
  if (!holdsOrders) return { rows: {}, packs: [], after: null }
  const { to_v, to_order_id } = await lastPacked(tx, storeId!)
  const orders = await readOrders(
    tx,
    `where o.order_id in (
       select order_id from orders where store_id = $1 and status = 'paid' and (v, order_id) > ($3, $4)
         and business_day >= $2
       union all
       select order_id from orders where store_id = $1 and status = 'refunded' and business_day >= $2)
       and o.order_id > $5 order by o.order_id limit ${most.orders}`,
    [storeId, ordersSince, to_v, to_order_id, afterKey || noId],
  )
  return { rows: { orders }, packs: [], after: orders[most.orders - 1]?.id ?? null }
}

/** After a pack's number. */
export async function loadPacks(scope: ChangesScope, afterKey: string): Promise<LoadedPage> {
  const { tx, storeId, holdsOrders, ordersSince } = scope
  if (!holdsOrders) return { rows: {}, packs: [], after: null }
  const { packs, orders, lastNo } = await readPacks(tx, storeId!, ordersSince, Number(afterKey) || 0)
  return { rows: { orders }, packs, after: lastNo === null ? null : String(lastNo) }
}
