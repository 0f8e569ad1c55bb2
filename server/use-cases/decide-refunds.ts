import type { PaidOrder } from '#domain/order.ts'
import type { Draft } from './decide-draft.ts'
import type { Finding } from './tasks.ts'

/** [R1] A refund may come before its sale: what it gives back is kept by the sale's id. */
export function decideRefund(draft: Draft, refund: PaidOrder): readonly Finding[] {
  const saleId = refund.refundOf!
  const backMinor = (draft.refundedMinor.get(saleId) ?? 0) - refund.totals.totalMinor
  draft.refundedMinor.set(saleId, backMinor)
  return settle(draft, saleId, backMinor)
}

/** [R1] The sale came after refunds of it. */
export function refundsBeforeTheirSale(draft: Draft, { orderId }: PaidOrder): readonly Finding[] {
  const backMinor = draft.refundedMinor.get(orderId)
  return backMinor === undefined ? [] : settle(draft, orderId, backMinor)
}

function settle(draft: Draft, saleId: string, backMinor: number): readonly Finding[] {
  const sale = draft.orders.get(saleId)
  if (!sale || sale.status === 'withdrawn') return []
  if (backMinor >= sale.totalMinor && sale.status !== 'refunded') {
    draft.orders.set(saleId, { ...sale, status: 'refunded' })
    draft.effects.refundedOrderIds.push(saleId)
  }
  return backMinor > sale.totalMinor ? [{ flag: 'double-refund' }] : []
}
