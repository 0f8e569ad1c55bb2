import { envelopeAnew, placesOfOrders } from './envelope-anew.ts'
import { needMeta, saveMeta } from './meta.ts'
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
  const places = placesOfOrders(renewed.operations)
  const rows = await tx.getMany('orders', [...places.keys()])
  tx.put(
    'orders',
    rows.flatMap((row) => (row ? [{ ...row, ...places.get(row.orderId) }] : [])),
  )
}
