import { loadMeta } from './meta.ts'
import { deletePacks } from './packs.ts'
import { packedOrders } from './packs-directory.ts'
import type { OrderRow } from './rows.ts'
import type { Storage } from './tables.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const ROWS_AT_ONCE = 500

/**
 * Drops what a new day has made too old to be held order by order: packs that end before `ordersSince`, and rows of
 * other registers. Own orders stay. In portions, so that sales need not wait; what a crash leaves goes on the next day.
 */
export async function dropOldOrders(storage: Storage): Promise<void> {
  const since = await dropOldPacks(storage)
  if (since === null) return
  // Days begin up to 14 hours early or late, and a shop's day may end after midnight.
  const to = Date.parse(since) + 2 * DAY_MS
  for (let from: number | null = Number.MIN_SAFE_INTEGER; from !== null;)
    from = await dropPortion(storage, since, from, to)
}

async function dropOldPacks(storage: Storage): Promise<string | null> {
  return storage.write(['meta', 'packs', 'packDirectory'], 'relaxed', async (tx) => {
    const [sync, directory] = await Promise.all([loadMeta(tx, 'sync'), tx.list('packDirectory')])
    const since = sync?.ordersSince ?? null
    if (since === null) return null
    const old = directory.filter(({ lastBusinessDay }) => lastBusinessDay < since)
    deletePacks(
      tx,
      old.map(({ packId }) => packId),
    )
    return since
  })
}

/** Answers where the next portion begins; null at the end. */
async function dropPortion(
  storage: Storage,
  since: string,
  from: number,
  to: number,
): Promise<number | null> {
  return storage.write(['orders', 'packDirectory'], 'relaxed', async (tx) => {
    const [rows, isPacked] = await Promise.all([
      tx.list('orders', { index: 'occurredAt', from, to, most: ROWS_AT_ONCE }),
      packedOrders(tx),
    ])
    const isOld = ({ orderId, seq, order }: OrderRow): boolean => {
      if (seq !== undefined) return false
      return order === null ? !isPacked(orderId) : order.businessDay < since
    }
    const old = rows.filter(isOld)
    tx.delete(
      'orders',
      old.map(({ orderId }) => orderId),
    )
    const next = rows.at(-1)?.occurredAt ?? to
    const isEnd = rows.length < ROWS_AT_ONCE || (next === from && old.length === 0)
    return isEnd ? null : next
  })
}
