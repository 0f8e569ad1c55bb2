import type { ReadTransaction } from './tables.ts'

/**
 * [I7] Sales that refunds of this device above a place in its journal are of (table `orders`). The server's rows lack those refunds
 * ([I8]): a sale of another register that left this device would come again as paid.
 */
export async function refundedHere(tx: ReadTransaction, aboveSeq: number): Promise<ReadonlySet<string>> {
  const own = await tx.list('orders', { index: 'seq', from: aboveSeq + 1 })
  return new Set(own.flatMap(({ refundOf }) => (refundOf === undefined ? [] : [refundOf])))
}
