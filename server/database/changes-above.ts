import type { ChangeRows } from '../use-cases/ports.ts'
import { type ChangesScope, isInStore, isOfStore } from './changes-scope.ts'
import { readOrders } from './read-orders.ts'
import { type RecordRow, toRecordChange } from './read-records.ts'
import { readSegments, type SegmentKey } from './read-segments.ts'

/** What one page holds at most, unless a single version has more. */
const most = { records: 2_000, orders: 1_000, segments: 12 }

/**
 * All rows of one version travel together ([L1]). Each kind of row gives the versions that fit its share of a page; the
 * page ends where the first of them would be cut.
 */
export async function pageEnd(
  { tx, storeId, holdsOrders, ordersSince }: ChangesScope,
  cursor: number,
  head: number,
): Promise<number> {
  if (cursor === head) return head
  const lastWhole = (from: string, limit: number): string =>
    `(select case when count(*) < ${limit} then $3 when max(v) > min(v) then max(v) - 1 else max(v) end
      from (select v from ${from} and v > $2 order by v limit ${limit}) as next)`
  const [row] = await tx.query<{ v: number }>(
    `select least(
       ${lastWhole(`record where ${isInStore('$1')}`, most.records)},
       ${lastWhole(`segment where ${isOfStore('$1')}`, most.segments)},
       ${lastWhole(`orders where $4 and ${isOfStore('$1')} and business_day >= $5`, most.orders)}) as v`,
    [storeId, cursor, head, holdsOrders, ordersSince],
  )
  return row!.v
}

export async function changed(
  { tx, storeId, holdsOrders, ordersSince }: ChangesScope,
  above: number,
  upTo: number,
): Promise<Pick<ChangeRows, 'records' | 'segments' | 'orders'>> {
  if (above === upTo) return { records: [], segments: [], orders: [] }
  const records = await tx.query<RecordRow>(
    `select kind, id, v, is_deleted, doc from record where ${isInStore('$1')} and v > $2 and v <= $3
     order by v, kind, id`,
    [storeId, above, upTo],
  )
  const segments = await tx.query<SegmentKey>(
    `select store_id, month, v from segment where ${isOfStore('$1')} and v > $2 and v <= $3
     order by v, store_id, month`,
    [storeId, above, upTo],
  )
  const recent = `where ${isOfStore('$1')} and o.v > $2 and o.v <= $3 and business_day >= $4 order by o.v, order_id`
  return {
    records: records.map(toRecordChange),
    segments: await readSegments(tx, segments),
    orders: holdsOrders ? await readOrders(tx, recent, [storeId, above, upTo, ordersSince]) : [],
  }
}
