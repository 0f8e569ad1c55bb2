import type { StockCounted } from '#protocol/facts.ts'
import type { Known, StockKey } from '../use-cases/ports.ts'
import type { Tx } from './pool.ts'
import { bigintColumn, integerColumn, textColumn, uuidColumn } from './write-columns.ts'

export async function stockLevels(tx: Tx, keys: readonly StockKey[]): Promise<Known['stock']> {
  if (keys.length === 0) return new Map()
  const rows = await tx.query<{ key: string; levelMilli: number; isKept: boolean }>(
    `select store_id || '/' || product_id || '/' || variant_id as key, level_milli as "levelMilli", is_kept as "isKept"
     from unnest($1::uuid[], $2::text[], $3::text[]) as given (store_id, product_id, variant_id)
       join stock_level using (store_id, product_id, variant_id)`,
    [
      uuidColumn(keys.map(({ storeId }) => storeId)),
      textColumn(keys.map(({ productId }) => productId)),
      textColumn(keys.map(({ variantId }) => variantId)),
    ],
  )
  return new Map(rows.map(({ key, ...level }) => [key, level]))
}

/**
 * [R5] What the movements that a counter had seen sum up to: the level less what came after its cursor, its own
 * operations up to `seenSeq` excepted. Null where its cursor is of another life of this database, or ahead of it.
 */
export async function seenStock(
  tx: Tx,
  by: { readonly installId: string; readonly head: { readonly v: number; readonly epoch: string } },
  counts: readonly StockCounted[],
): Promise<Known['seenStockMilli']> {
  const isSure = ({ seenEpoch, seenCursor }: StockCounted): boolean =>
    seenEpoch === by.head.epoch && seenCursor <= by.head.v
  const sure = counts.filter(isSure)
  const seen = new Map<string, number | null>(counts.map(({ movementId }) => [movementId, null]))
  if (sure.length === 0) return seen
  const rows = await tx.query<{ id: string; seen: number }>(
    `with counted as (
       select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::bigint[], $6::int[])
         as given (id, store_id, product_id, variant_id, seen_cursor, seen_seq)
     ), unseen as (
       select id, sum(quantity_milli) as milli from counted join stock_movement m on m.store_id = counted.store_id
         and m.product_id = counted.product_id and coalesce(m.variant_id, '') = counted.variant_id
         and m.v > seen_cursor and (m.install_id is distinct from $7 or m.seq > seen_seq)
       where m.v > $8 group by id
     )
     select counted.id::text as id, (coalesce(level_milli, 0) - coalesce(milli, 0))::bigint as seen
     from counted left join stock_level using (store_id, product_id, variant_id) left join unseen using (id)`,
    [
      uuidColumn(sure.map(({ movementId }) => movementId)),
      uuidColumn(sure.map(({ storeId }) => storeId)),
      textColumn(sure.map(({ productId }) => productId)),
      textColumn(sure.map(({ variantId }) => variantId ?? '')),
      bigintColumn(sure.map(({ seenCursor }) => seenCursor)),
      integerColumn(sure.map(({ seenSeq }) => seenSeq)),
      by.installId,
      Math.min(...sure.map(({ seenCursor }) => seenCursor)),
    ],
  )
  const found = new Map(rows.map(({ id, seen: milli }) => [id, milli]))
  for (const { movementId } of sure) seen.set(movementId, found.get(movementId.toLowerCase()) ?? null)
  return seen
}
