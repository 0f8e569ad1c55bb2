import { digestKeys, digestOf, digestText, emptyDigest, joinDigests, type RowsDigest } from '#sync/digest.ts'
import { eachPortion } from './changes-portions.ts'
import { loadMeta, needMeta, saveMeta } from './meta.ts'
import { storeOf } from './order-row.ts'
import type { OrderPackColumns } from './rows.ts'
import type { Range, Storage, TableName, Tables } from './tables.ts'

/** `Digest` of the protocol. */
export type DigestCame = { readonly records: string; readonly orders: string; readonly segments: string }

type Line = { readonly key: string; readonly v: number }

const ROWS_AT_ONCE = 250
const PACKS_AT_ONCE = 4

/**
 * [I9] Digests of the rows that the server must have too, with orders from the business day `ordersSince` on. What only
 * this device knows does not count: its own work that was not pulled yet, and orders of a store it has left. Read in portions, so
 * that sales need not wait; null where the device loads, or a page came in between.
 */
export async function storedDigest(storage: Storage, ordersSince: string): Promise<DigestCame | null> {
  const before = await readState(storage)
  if (before === null) return null
  const { generation, storeId } = before
  const records = await digestRows(storage, 'records', (row) =>
    row.generation === generation && (row.pulled ?? row).doc !== null
      ? [{ key: digestKeys.record(row.kind, row.id), v: row.v }]
      : [],
  )
  const segments = await digestRows(storage, 'segments', (row) =>
    row.generation === generation ? [{ key: digestKeys.segment(row.storeId, row.month), v: row.v }] : [],
  )
  const orders = await digestOrders(storage, { generation, storeId, ordersSince })
  const after = await readState(storage)
  if (after === null || after.generation !== generation || after.cursor !== before.cursor) return null
  return { records: digestText(records), orders: digestText(orders), segments: digestText(segments) }
}

/**
 * [I9] Compares what the server says of its rows at `page.next`, which must be applied, with those held. A mismatch is
 * mended by loading again ('digest-differs'), never by wiping. Null where the device has moved on.
 */
export async function compareDigest(
  storage: Storage,
  page: {
    readonly epoch: string
    readonly next: number
    readonly ordersSince: string
    readonly digest: DigestCame
  },
  now: number,
): Promise<'equal' | 'differs' | null> {
  const stored = await storedDigest(storage, page.ordersSince)
  if (stored === null) return null
  const isEqual = (['records', 'orders', 'segments'] as const).every(
    (part) => stored[part] === page.digest[part],
  )
  const isNoted = await storage.write(['meta'], 'relaxed', async (tx) => {
    const sync = await needMeta(tx, 'sync')
    if (sync.load !== null || sync.epoch !== page.epoch || sync.cursor !== page.next) return false
    saveMeta(tx, 'sync', { ...sync, lastDigest: { at: now, isEqual } })
    return true
  })
  if (!isNoted) return null
  return isEqual ? 'equal' : 'differs'
}

function readState(storage: Storage) {
  return storage.read(['meta'], async (tx) => {
    const [sync, install] = await Promise.all([loadMeta(tx, 'sync'), loadMeta(tx, 'install')])
    if (sync === null || install === null || sync.load !== null) return null
    return { generation: sync.generation, cursor: sync.cursor, storeId: install.storeId }
  })
}

type OrdersAsked = {
  readonly generation: number
  readonly storeId: string | null
  readonly ordersSince: string
}

/** An order that has a row, and stands in one pack or several, counts once: with its newest version of the present load. */
async function digestOrders(storage: Storage, asked: OrdersAsked): Promise<RowsDigest> {
  const { generation, storeId, ordersSince } = asked
  const rows = new Map<string, { readonly v: number; readonly counts: boolean }>()
  await eachPortion('orders', ROWS_AT_ONCE, listing(storage, 'orders'), (portion) => {
    for (const row of portion) {
      const { orderId, order, v } = row
      const counts =
        order !== null && storeOf(row) === storeId && (row.serverDay ?? order.businessDay) >= ordersSince
      if (row.generation === generation) rows.set(orderId, { v, counts })
    }
  })
  let digest = emptyDigest
  const packed = new Map<string, number>()
  const linesOf = ({ orderIds, vs, businessDays }: OrderPackColumns): Line[] =>
    orderIds.flatMap((orderId, index) => {
      const v = vs[index]!
      const before = packed.get(orderId)
      if (businessDays[index]! < ordersSince || v <= (before ?? rows.get(orderId)?.v ?? -1)) return []
      packed.set(orderId, v)
      const key = digestKeys.order(orderId)
      // Once more takes it out again.
      return before === undefined
        ? [{ key, v }]
        : [
            { key, v: before },
            { key, v },
          ]
    })
  await eachPortion('packs', PACKS_AT_ONCE, listing(storage, 'packs'), (portion) => {
    for (const row of portion)
      if (row.generation === generation) digest = joinDigests(digest, digestOf(linesOf(row.pack)))
  })
  const single = [...rows].filter(([orderId, { counts }]) => counts && !packed.has(orderId))
  return joinDigests(
    digest,
    digestOf(single.map(([orderId, { v }]) => ({ key: digestKeys.order(orderId), v }))),
  )
}

async function digestRows<Name extends TableName>(
  storage: Storage,
  table: Name,
  linesOf: (row: Tables[Name]) => Line[],
): Promise<RowsDigest> {
  let digest = emptyDigest
  await eachPortion(table, ROWS_AT_ONCE, listing(storage, table), (rows) => {
    digest = joinDigests(digest, digestOf(rows.flatMap(linesOf)))
  })
  return digest
}

function listing<Name extends TableName>(storage: Storage, table: Name) {
  return (range: Range) => storage.read([table], (tx) => tx.list(table, range))
}
