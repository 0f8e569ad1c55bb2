import type { OrderPackColumns, PackDirectoryRow, PackRow } from './rows.ts'
import type { ReadTransaction } from './tables.ts'

/** An entry of a pack. */
export type PackedOrder = { readonly row: PackRow; readonly index: number }

/** 32 bits of an order's id (FNV-1a): most packs can be ruled out with it, the pack itself tells for sure. */
function orderHash(orderId: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < orderId.length; index += 1)
    hash = Math.imul(hash ^ orderId.charCodeAt(index), 0x01000193)
  return hash >>> 0
}

/** Without the generation, which is known in the transaction only. */
export function directoryOf(
  packId: string,
  { orderIds, refundsOf, occurredAts, businessDays }: Omit<OrderPackColumns, 'docs'>,
): Omit<PackDirectoryRow, 'generation'> {
  return {
    packId,
    lastOccurredAt: occurredAts.reduce((last, at) => Math.max(last, at), 0),
    lastBusinessDay: businessDays.reduce((last, day) => (day > last ? day : last), ''),
    orderHashes: Uint32Array.from(orderIds, orderHash),
    refundOfHashes: Uint32Array.from(
      refundsOf.filter((saleId) => saleId !== null),
      orderHash,
    ),
  }
}

/** The entry of an order (tables `packs` and `packDirectory`); the newest where several packs have one. */
export async function findPacked(tx: ReadTransaction, orderId: string): Promise<PackedOrder | null> {
  const hash = orderHash(orderId)
  const directory = await tx.list('packDirectory')
  const rows = await getPacks(
    tx,
    directory.filter(({ orderHashes }) => orderHashes.includes(hash)),
  )
  const entries = rows
    .map((row) => ({ row, index: row.pack.orderIds.indexOf(orderId) }))
    .filter(({ index }) => index !== -1)
  return entries.reduce<PackedOrder | null>((best, each) => (best && isNewer(best, each) ? best : each), null)
}

/** Entries that refund a sale. */
export async function findPackedRefunds(tx: ReadTransaction, saleId: string): Promise<PackedOrder[]> {
  const hash = orderHash(saleId)
  const directory = await tx.list('packDirectory')
  const rows = await getPacks(
    tx,
    directory.filter(({ refundOfHashes }) => refundOfHashes.includes(hash)),
  )
  return rows.flatMap((row) =>
    row.pack.refundsOf.flatMap((each, index) => (each === saleId ? [{ row, index }] : [])),
  )
}

/**
 * Tells whether a pack may have an entry of an order (table `packDirectory`). Among 100,000 packed orders one in 40,000 others is taken for packed
 * wrongly: that must cost no more than a row that is kept too long.
 */
export async function packedOrders(tx: ReadTransaction): Promise<(orderId: string) => boolean> {
  const directory = await tx.list('packDirectory')
  const hashes = new Set(directory.flatMap(({ orderHashes }) => [...orderHashes]))
  return (orderId) => hashes.has(orderHash(orderId))
}

async function getPacks(
  tx: ReadTransaction,
  directory: readonly PackDirectoryRow[],
): Promise<readonly PackRow[]> {
  if (directory.length === 0) return []
  const rows = await tx.getMany(
    'packs',
    directory.map(({ packId }) => packId),
  )
  return rows.filter((row) => row !== undefined)
}

function isNewer(one: PackedOrder, other: PackedOrder): boolean {
  if (one.row.generation !== other.row.generation) return one.row.generation > other.row.generation
  return one.row.pack.vs[one.index]! >= other.row.pack.vs[other.index]!
}
