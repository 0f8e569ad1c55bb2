import type { OrderRow, PackDirectoryRow, PackRow } from './rows.ts'
import type { ReadTransaction, Storage } from './tables.ts'

/** What the list of orders shows and searches: known without opening the order. */
export type OrderSummary = {
  readonly orderId: string
  readonly receiptNumber: string
  readonly occurredAt: number
  readonly registerId: string
  readonly totalMinor: number
  readonly itemsMilli: number
  /** Names of the lines, joined by line feeds. */
  readonly lineNames: string
  readonly refundOf: string | null
  readonly status: OrderRow['status']
  /** Place in the own journal; null from elsewhere. */
  readonly seq: number | null
}

const ROWS_AT_ONCE = 100

/**
 * The newest `most` orders that are asked for, newest first: single rows and packs, merged. Packs are read one by one and as far
 * as needed, each in a transaction of its own, so that a long search keeps no sale waiting.
 */
export async function listOrders(
  storage: Storage,
  { most, isAsked }: { readonly most: number; readonly isAsked: (order: OrderSummary) => boolean },
): Promise<OrderSummary[]> {
  const packs = await listPacks(storage)
  const rows = createRowReader(storage)
  const listed = new Map<string, OrderSummary>()
  /** Found, but something that is newer may still come. */
  let waiting: OrderSummary[] = []
  for (;;) {
    const packAt = packs[0]?.lastOccurredAt ?? -Infinity
    const rowAt = rows.nextAt()
    const nextAt = Math.max(packAt, rowAt)
    const certain = waiting.filter(({ occurredAt }) => occurredAt > nextAt)
    // A pack that was made anew while it was loaded may be here twice.
    for (const order of certain) if (!listed.has(order.orderId)) listed.set(order.orderId, order)
    waiting = waiting.slice(certain.length)
    if (listed.size >= most || nextAt === -Infinity) break
    const came = rowAt >= packAt ? await rows.read() : await readPack(storage, packs.shift()!, isAsked)
    waiting = [...waiting, ...came.filter(isAsked)].toSorted(newestFirst)
  }
  return [...listed.values()].slice(0, most)
}

/** Newest first. */
function listPacks(storage: Storage): Promise<PackDirectoryRow[]> {
  return storage.read(['packDirectory'], async (tx) => {
    const directory = await tx.list('packDirectory')
    return directory.toSorted((one, other) => other.lastOccurredAt - one.lastOccurredAt)
  })
}

/** Reads rows of their own downwards, by portions. */
function createRowReader(storage: Storage) {
  let nextAt = Infinity
  /** How many rows of `nextAt` were read: several orders may have one moment. */
  let readOfIt = 0
  const read = async (): Promise<OrderSummary[]> => {
    const range = { index: 'occurredAt', isReversed: true, skip: readOfIt, most: ROWS_AT_ONCE }
    const rows = await storage.read(['orders'], (tx) => tx.list('orders', { ...range, to: nextAt }))
    const lastAt = rows.at(-1)?.occurredAt ?? -Infinity
    const ofLast = rows.filter(({ occurredAt }) => occurredAt === lastAt).length
    readOfIt = lastAt === nextAt ? readOfIt + ofLast : ofLast
    nextAt = rows.length < ROWS_AT_ONCE ? -Infinity : lastAt
    return rows.flatMap(summaryOfRow)
  }
  return { nextAt: () => nextAt, read }
}

/** Entries of a pack that are asked for and that no row overrides. */
function readPack(
  storage: Storage,
  { packId }: PackDirectoryRow,
  isAsked: (order: OrderSummary) => boolean,
): Promise<OrderSummary[]> {
  return storage.read(['packs', 'orders'], async (tx) => {
    const row = await tx.get('packs', packId)
    const asked = row ? summariesOfPack(row).filter(isAsked) : []
    const overriding = await rowsOf(tx, asked)
    return asked.filter((_, index) => overriding[index] === undefined)
  })
}

async function rowsOf(tx: ReadTransaction, orders: readonly OrderSummary[]) {
  if (orders.length === 0) return []
  return tx.getMany(
    'orders',
    orders.map(({ orderId }) => orderId),
  )
}

function summariesOfPack({ pack }: PackRow): OrderSummary[] {
  return pack.orderIds.map((orderId, index) => ({
    orderId,
    receiptNumber: pack.receiptNumbers[index]!,
    occurredAt: pack.occurredAts[index]!,
    registerId: pack.registerIds[index]!,
    totalMinor: pack.totalsMinor[index]!,
    itemsMilli: pack.itemsMilli[index]!,
    lineNames: pack.lineNames[index]!,
    refundOf: pack.refundsOf[index]!,
    status: 'paid',
    seq: null,
  }))
}

function summaryOfRow({ order, status, seq }: OrderRow): OrderSummary[] {
  if (order === null) return []
  const { orderId, receiptNumber, occurredAt, registerId, lines, refundOf } = order
  return [
    {
      orderId,
      receiptNumber,
      occurredAt,
      registerId,
      totalMinor: order.totals.totalMinor,
      itemsMilli: lines.reduce((sum, line) => sum + line.quantityMilli, 0),
      lineNames: lines.map(({ name }) => name).join('\n'),
      refundOf,
      status,
      seq: seq ?? null,
    },
  ]
}

function newestFirst(one: OrderSummary, other: OrderSummary): number {
  return other.occurredAt - one.occurredAt || (one.orderId < other.orderId ? 1 : -1)
}
