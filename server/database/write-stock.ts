import type { Tx } from './pool.ts'
import { together } from './together.ts'
import { bigintColumn, integerColumn, ofThisTransaction, textColumn, uuidColumn } from './write-columns.ts'
import { groupBy } from './write-groups.ts'
import type { Trust } from './write-trust.ts'

export type MovementToStore = {
  readonly movementId: string
  readonly kind: 'sale' | 'count' | 'received' | 'written-off'
  readonly orderId: string | null
  readonly storeId: string
  readonly productId: string
  /** Null or '': the product has no variants of its own. */
  readonly variantId: string | null
  readonly quantityMilli: number
  readonly installId: string | null
  readonly seq: number | null
}

/** [R5] [I10] Stores movements and adds them to their levels; one whose id is stored already counts no second time ([P3]). */
export async function insertMovements(
  tx: Tx,
  given: readonly MovementToStore[],
  trust: Trust,
): Promise<void> {
  if (given.length === 0) return
  if (trust !== 'all-new') return addToLevels(tx, await insertUnknown(tx, given))
  await together(
    () => tx.query(insert, columnsOf(given)),
    () => addToLevels(tx, given),
  )
}

async function addToLevels(tx: Tx, rows: readonly MovementToStore[]): Promise<void> {
  const levels = groupBy(
    rows,
    ({ storeId, productId, variantId }) => `${storeId} ${productId} ${variantId ?? ''}`,
    ({ quantityMilli, kind }) => [quantityMilli, kind === 'count' || kind === 'received' ? 1 : 0],
  )
  if (levels.length === 0) return
  await tx.query(
    `insert into stock_level as held (store_id, product_id, variant_id, level_milli, is_kept)
     select store_id, product_id, variant_id, quantity_milli, kept > 0
     from unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[], $5::int[])
       as given (store_id, product_id, variant_id, quantity_milli, kept)
     on conflict (tenant_id, store_id, product_id, variant_id) do update
       set level_milli = held.level_milli + excluded.level_milli, is_kept = held.is_kept or excluded.is_kept`,
    [
      uuidColumn(levels.map(({ first }) => first.storeId)),
      textColumn(levels.map(({ first }) => first.productId)),
      textColumn(levels.map(({ first }) => first.variantId ?? '')),
      bigintColumn(levels.map(({ sums: [quantityMilli] }) => quantityMilli!)),
      integerColumn(levels.map(({ sums: [, kept] }) => kept!)),
    ],
  )
}

const insert = `insert into stock_movement (movement_id, order_id, store_id, product_id, variant_id, quantity_milli, kind,
    install_id, seq, tenant_id, v)
  select given.*, ${ofThisTransaction}
  from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::uuid[], $9::int[])
    as given`

async function insertUnknown(tx: Tx, rows: readonly MovementToStore[]): Promise<readonly MovementToStore[]> {
  const stored = await tx.query<{ id: string }>(
    `${insert} on conflict (tenant_id, movement_id) do nothing returning movement_id as id`,
    columnsOf(rows),
  )
  // Of two with one id the first was stored.
  const left = new Set(stored.map(({ id }) => id))
  return rows.filter(({ movementId }) => left.delete(movementId.toLowerCase()))
}

function columnsOf(rows: readonly MovementToStore[]): Buffer[] {
  return [
    uuidColumn(rows.map((row) => row.movementId)),
    uuidColumn(rows.map((row) => row.orderId)),
    uuidColumn(rows.map((row) => row.storeId)),
    textColumn(rows.map((row) => row.productId)),
    textColumn(rows.map((row) => row.variantId || null)),
    bigintColumn(rows.map((row) => row.quantityMilli)),
    textColumn(rows.map((row) => row.kind)),
    uuidColumn(rows.map((row) => row.installId)),
    integerColumn(rows.map((row) => row.seq)),
  ]
}
