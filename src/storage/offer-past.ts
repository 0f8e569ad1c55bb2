import type { PaidOrder } from '#domain/order.ts'
import { isAllBack } from '#domain/refund.ts'
import { envelopeAnew } from './envelope-anew.ts'
import { needMeta, saveMeta } from './meta.ts'
import { orderRow } from './order-row.ts'
import type { OrderRow } from './rows.ts'
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
  const [rows, refunds] = await Promise.all([
    tx.getMany(
      'orders',
      paid.map(({ orderId }) => orderId),
    ),
    tx.list('orders', { index: 'refundOf' }),
  ])
  const refundsOf = refundsBySale([...refunds, ...paid])
  // [C5] One that gave way for want of space, as the server had it, is there again.
  tx.put(
    'orders',
    paid.map((own, index) => {
      const back = refundsOf.get(own.orderId)
      // [I7] As far as this device knows.
      const isRefunded = back !== undefined && own.order !== null && isAllBack(own.order, back)
      return { ...own, ...(isRefunded && { status: 'refunded' }), ...atServer(rows[index]) }
    }),
  )
}

/** [L3] [R4] An own order stands as it was paid here; of one that another device paid too the server holds that one's. */
function atServer(held: OrderRow | undefined): Partial<OrderRow> {
  if (held === undefined) return {}
  const { status, generation, v, serverDay, serverStoreId, order } = held
  const isTheirs = held.seq === undefined && order !== null
  const [day, storeId] = isTheirs ? [order.businessDay, order.storeId] : [serverDay, serverStoreId]
  return {
    ...{ status, generation, v },
    ...(day !== undefined && { serverDay: day }),
    ...(storeId !== undefined && { serverStoreId: storeId }),
  }
}

/** By the sale that they are of; each once. */
function refundsBySale(rows: readonly OrderRow[]): ReadonlyMap<string, readonly PaidOrder[]> {
  const orders = new Map(rows.flatMap(({ order }) => (order ? [[order.orderId, order]] : [])))
  const bySale = new Map<string, PaidOrder[]>()
  for (const order of orders.values()) {
    if (order.refundOf === null) continue
    const refunds = bySale.get(order.refundOf)
    if (refunds) refunds.push(order)
    else bySale.set(order.refundOf, [order])
  }
  return bySale
}
