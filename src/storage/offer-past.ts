import type { PaidOrder } from '#domain/order.ts'
import { envelopeAnew } from './envelope-anew.ts'
import { needMeta, saveMeta } from './meta.ts'
import { orderRow } from './order-row.ts'
import type { WriteTransaction } from './tables.ts'

/** What `offerPast` reads and writes. */
export const pastTables = ['meta', 'journal', 'pastOperations', 'orders'] as const

/**
 * [L5] [P2] What was acknowledged under an earlier identity is lost with a server that was put back, and nobody else may retain it: it
 * goes on at the end of the present journal, once. Where the server holds it after all, it takes it for what it is.
 */
export async function offerPast(tx: WriteTransaction): Promise<void> {
  const past = await tx.list('pastOperations')
  if (past.length === 0) return
  const [journal, present] = await Promise.all([needMeta(tx, 'journal'), tx.list('journal')])
  const known = new Set(present.map(({ opId }) => opId))
  const missing = past.filter(({ opId }) => known.size < known.add(opId).size)
  if (missing.length === 0) return
  const renewed = envelopeAnew(missing, journal, journal.installId)
  tx.add('journal', renewed.operations)
  saveMeta(tx, 'journal', { ...journal, ...renewed.head })
  const paid = renewed.operations
    .filter(({ kind }) => kind === 'order.paid')
    .map((operation) => orderRow(JSON.parse(operation.payload) as PaidOrder, operation))
  const rows = await tx.getMany(
    'orders',
    paid.map(({ orderId }) => orderId),
  )
  // [C5] One that gave way for want of space, as the server had it, is there again.
  tx.put(
    'orders',
    paid.map(({ seq, hash, ...own }, index) => ({ ...own, ...rows[index], seq, hash })),
  )
}
