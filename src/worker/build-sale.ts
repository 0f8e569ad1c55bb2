import { businessTime } from '#domain/business-time.ts'
import { roundCash } from '#domain/cash-rounding.ts'
import type { Store } from '#domain/catalogue.ts'
import { failed, type Result, success } from '#domain/failure.ts'
import type { OpenOrder, Payment, PricedLine, StockMovement } from '#domain/order.ts'
import { priceOrder } from '#domain/price-order.ts'
import type { SaleToCommit } from '../storage/sale.ts'
import type { TenderInput } from './api-selling.ts'
import { withWholeCharacters } from './whole-characters.ts'

/** Where, by whom and when it is sold. */
export type SaleContext = {
  readonly store: Store
  readonly registerId: string
  readonly staffId: string | null
  /** ms since 1970. */
  readonly now: number
  readonly newId: () => string
}

/**
 * Prices the order and settles it with the tenders. The cash part is rounded to the smallest coin, and
 * `Σ payments = total + rounding` to the minor unit.
 * Failures: `sale/empty`, `sale/underpaid`, `sale/overpaid`.
 */
export function buildSale(
  openOrder: OpenOrder,
  tenders: readonly TenderInput[],
  context: SaleContext,
): Result<SaleToCommit> {
  const order = withWholeCharacters(openOrder)
  if (order.lines.length === 0)
    return failed('sale/empty', 'There is nothing on this order.', 'Add an item first.')
  const { store, registerId, staffId, now, newId } = context
  const { lines, totals } = priceOrder(order, store.pricing)
  const settled = settle(totals.totalMinor, tenders, context)
  if (!settled.ok) return settled
  const { day, hour } = businessTime(now, store.timeZone)
  return success({
    opId: newId(),
    newShift: { shiftId: newId(), opId: newId() },
    order: {
      orderId: order.orderId,
      storeId: store.storeId,
      registerId,
      status: 'paid',
      occurredAt: now,
      businessDay: day,
      businessHour: hour,
      staffId,
      customerId: order.customerId,
      refundOf: null,
      pricing: store.pricing,
      lines,
      orderDiscount: order.orderDiscount,
      totals,
      ...settled.value,
      movements: lines.flatMap((line) => movementOf(line, newId)),
      note: order.note,
    },
  })
}

function settle(
  totalMinor: number,
  tenders: readonly TenderInput[],
  { store, newId }: SaleContext,
): Result<{ payments: Payment[]; cashRoundingMinor: number }> {
  const otherMinor = sumOf(tenders.filter(({ tender }) => tender !== 'cash'))
  const isCash = tenders.some(({ tender }) => tender === 'cash')
  const cashRoundingMinor = isCash
    ? roundCash(totalMinor - otherMinor, store.pricing.currency).roundingMinor
    : 0
  const dueMinor = totalMinor + cashRoundingMinor
  const paidMinor = sumOf(tenders)
  const isShort = tenders.some(
    ({ tender, amountMinor, tenderedMinor }) => tender === 'cash' && tenderedMinor < amountMinor,
  )
  if (paidMinor > dueMinor)
    return failed('sale/overpaid', 'This is more than the order costs.', 'Correct the amounts.')
  if (paidMinor !== dueMinor || isShort)
    return failed('sale/underpaid', 'This does not cover the order.', 'Take the rest of the money.')
  const payments = tenders.map(({ tender, amountMinor, tenderedMinor }): Payment => {
    const givenMinor = tender === 'cash' && amountMinor > 0 ? tenderedMinor : amountMinor
    return {
      paymentId: newId(),
      tender,
      amountMinor,
      tenderedMinor: givenMinor,
      changeMinor: givenMinor - amountMinor,
    }
  })
  return success({ payments, cashRoundingMinor })
}

function sumOf(tenders: readonly TenderInput[]): number {
  return tenders.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
}

/** What selling a line takes off the shelf; taking it back puts it there again. */
export function movementOf(line: PricedLine, newId: () => string): StockMovement[] {
  const { productId, variantId, quantityMilli, isStockTracked } = line
  if (productId === null || !isStockTracked) return []
  return [{ movementId: newId(), productId, variantId, quantityMilli: 0 - quantityMilli }]
}
