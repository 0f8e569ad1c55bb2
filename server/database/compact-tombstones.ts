import type { Tx } from './pool.ts'

/** [L6] A device that was silent for so long loads again. */
const longestDays = 90

/**
 * [L6] Drops tombstones at or below every live cursor, and those older than 90 days whoever has not seen them; answers how
 * many. `now`: ms since 1970.
 */
export async function compact(tx: Tx, now: number): Promise<number> {
  // Nobody commits in between: what is marked and what is dropped belong to one version.
  const [head] = await tx.query<{ v: number; compacted_v: number }>(
    'select v, compacted_v from sync_head for update',
  )
  if (!head) return 0
  const floor = Math.max(await slowestCursor(tx, head.v, now), await oldVersion(tx, head.v, now))
  const records = await tx.query<{ v: number }>(
    'delete from record where is_deleted and v <= $1 returning v',
    [floor],
  )
  await tx.query(
    `delete from payment where install_id is null
       and order_id in (select order_id from orders where status = 'withdrawn' and v <= $1)`,
    [floor],
  )
  const orders = await tx.query<{ v: number }>(
    `delete from orders where status = 'withdrawn' and v <= $1 returning v`,
    [floor],
  )
  const dropped = [...records, ...orders]
  const compactedV = dropped.reduce((highest, { v }) => Math.max(highest, v), head.compacted_v)
  if (compactedV > head.compacted_v) await tx.query('update sync_head set compacted_v = $1', [compactedV])
  return dropped.length
}

/** Of devices that still come; the head where there are none. */
async function slowestCursor(tx: Tx, head: number, now: number): Promise<number> {
  const [row] = await tx.query<{ cursor: number | null }>(
    `select min(cursor) as cursor from install
     where revoked_at is null and forked_into is null and heard_at > to_timestamp($1 / 1000.0) - make_interval(days => $2)`,
    [now, longestDays],
  )
  return row!.cursor ?? head
}

/** The version that the tenant was at 90 days ago, as far as is known, and a note of where it is today. */
async function oldVersion(tx: Tx, head: number, now: number): Promise<number> {
  const [row] = await tx.query<{ v: number | null }>(
    `select max(v) as v from version_mark where marked_at <= to_timestamp($1 / 1000.0) - make_interval(days => $2)`,
    [now, longestDays],
  )
  const old = row!.v ?? 0
  await tx.query('delete from version_mark where v < $1', [old])
  await tx.query(
    'insert into version_mark (v, marked_at) values ($1, to_timestamp($2 / 1000.0)) on conflict do nothing',
    [head, now],
  )
  return old
}
