import type { Product } from '#domain/catalogue.ts'
import type { PaidOrder } from '#domain/order.ts'
import { priceOrder } from '#domain/price-order.ts'
import type { Operation } from '#sync/operation.ts'
import type { Draft } from './decide-draft.ts'
import { takeOffParkList } from './decide-parked.ts'
import { decideRefund, refundsBeforeTheirSale } from './decide-refunds.ts'
import { countInShift } from './decide-shifts.ts'
import { moveStock } from './decide-stock.ts'
import { stockKeyOf } from './mentioned.ts'
import type { Finding } from './tasks.ts'

/** A sale or a refund. [R4] One that is paid already counts no second time, but other money that was taken for it does. */
export function decidePaid(draft: Draft, operation: Operation, order: PaidOrder): readonly Finding[] {
  const held = draft.orders.get(order.orderId)
  return held === undefined || held.status === 'withdrawn'
    ? takeOrder(draft, operation, order)
    : takePayments(draft, operation, order)
}

function takeOrder(draft: Draft, operation: Operation, order: PaidOrder): readonly Finding[] {
  const { installId, seq } = operation
  const { orderId, receiptNumber, payments, totals } = order
  const findings = [...findingsIn(draft, order), ...receiptFindings(draft, order)]
  const write = { order, installId, seq, shiftId: null }
  const ofShift = countInShift(draft, write, order, {
    orderCount: 1,
    netMinor: totals.netMinor,
    cashMinor: cashOf(payments),
  })
  draft.effects.orders.push(write)
  draft.orders.set(orderId, { installId, seq, totalMinor: totals.totalMinor, status: 'paid' })
  draft.receiptNumbers.add(receiptNumber)
  for (const { paymentId } of payments) draft.payments.add(paymentId)
  takeOffParkList(draft, orderId, order.storeId)
  return [
    ...findings,
    ...ofShift,
    ...order.movements.flatMap((movement) =>
      moveStock(draft, stockKeyOf({ storeId: order.storeId, ...movement }), movement.quantityMilli, seq),
    ),
    ...(order.refundOf === null ? refundsBeforeTheirSale(draft, order) : decideRefund(draft, order)),
  ]
}

function takePayments(draft: Draft, operation: Operation, order: PaidOrder): readonly Finding[] {
  const { installId, seq } = operation
  const { orderId, storeId, businessDay, receiptNumber } = order
  const payments = order.payments.filter(({ paymentId }) => !draft.payments.has(paymentId))
  // [P3] The same fact under another operation.
  if (payments.length === 0) return [{ flag: 'duplicate-order' }]
  const findings = [...findingsIn(draft, order), ...receiptFindings(draft, order)]
  const about = { orderId, storeId, businessDay, receiptNumber, installId, seq }
  const write = { ...about, payments, shiftId: null }
  const cashMinor = cashOf(payments)
  const ofShift = countInShift(draft, write, order, { orderCount: 0, netMinor: 0, cashMinor })
  draft.effects.extraPayments.push(write)
  draft.receiptNumbers.add(receiptNumber)
  for (const { paymentId } of payments) draft.payments.add(paymentId)
  return [...findings, { flag: 'overpaid-order' }, ...ofShift]
}

function findingsIn(draft: Draft, order: PaidOrder): Finding[] {
  const findings: Finding[] = []
  // A refund takes back amounts as they were sold, so only a sale is held against the list and priced afresh.
  const isSale = order.refundOf === null
  for (const { productId, variantId, unitPriceMinor } of order.lines) {
    if (productId === null) continue
    const product = productOf(draft, productId)
    if (!product) findings.push({ flag: 'unknown-product', productId })
    const listMinor = product?.variants.find((variant) => variant.variantId === variantId)?.priceMinor
    if (isSale && listMinor !== undefined && listMinor !== unitPriceMinor)
      findings.push({ flag: 'price-not-on-list' })
  }
  if (draft.isDismissed(order.staffId)) findings.push({ flag: 'dismissed-staff' })
  if (isSale && priceOrder(order, order.pricing).totals.totalMinor !== order.totals.totalMinor)
    findings.push({ flag: 'totals-differ' })
  const paidMinor = order.payments.reduce((sum, payment) => sum + payment.amountMinor, 0)
  if (paidMinor !== order.totals.totalMinor + order.cashRoundingMinor)
    findings.push({ flag: 'payments-differ' })
  return findings
}

/** [I12] */
function receiptFindings(draft: Draft, { receiptNumber }: PaidOrder): readonly Finding[] {
  return draft.receiptNumbers.has(receiptNumber) ? [{ flag: 'duplicate-receipt-number' }] : []
}

function productOf(draft: Draft, productId: string): Product | null {
  const held = draft.record('product', productId)
  return !held || held.isDeleted ? null : (held.doc as Product)
}

function cashOf(payments: PaidOrder['payments']): number {
  return payments
    .filter(({ tender }) => tender === 'cash')
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0)
}
