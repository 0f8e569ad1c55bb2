import type { PaidOrder } from '#domain/order.ts'
import { totalsOf } from '#domain/price-order.ts'
import { refundLines } from '#domain/refund.ts'
import { createRandom } from './random.ts'
import type { Random } from './random.ts'
import { settleRefund } from './settle.ts'

/** A sale that somebody will bring back. */
export type PlannedRefund = { readonly sale: PaidOrder; readonly dueAt: number }

/** What a refund gets from the till that it is made at. */
export type RefundStamp = Pick<
  PaidOrder,
  | 'storeId'
  | 'registerId'
  | 'shiftId'
  | 'receiptNumber'
  | 'staffId'
  | 'occurredAt'
  | 'businessDay'
  | 'businessHour'
>

/** One sale in 160: a wrong drink comes back within two hours, other goods within days. */
export function planRefund(sale: PaidOrder, random: Random): PlannedRefund | null {
  if (!random.isChance(1 / 160)) return null
  const delayMs = random.isChance(0.7) ? minuteMs * (4 + random.int(110)) : dayMs * (1 + random.int(5))
  return { sale, dueAt: sale.occurredAt + delayMs }
}

/** The refund as an order of its own: all of the sale, or one of its lines. */
export function makeRefund(sale: PaidOrder, stamp: RefundStamp): PaidOrder {
  const random = createRandom('refund', sale.orderId)
  const lines = random.isChance(0.4) ? sale.lines : [random.pick(sale.lines)]
  const refunded = refundLines(
    sale,
    lines.map(({ lineId, quantityMilli }) => ({ lineId, quantityMilli })),
  )
  if (!refunded.ok) throw new Error(refunded.failure.sentence)
  const totals = totalsOf(refunded.value)
  const { occurredAt } = stamp
  return {
    ...stamp,
    orderId: random.idAt(occurredAt),
    status: 'paid',
    customerId: sale.customerId,
    refundOf: sale.orderId,
    pricing: sale.pricing,
    lines: refunded.value,
    orderDiscount: sale.orderDiscount,
    totals,
    ...settleRefund(totals.totalMinor, sale.payments, sale.pricing.currency, random.idAt(occurredAt)),
    movements: refunded.value.flatMap((line) =>
      line.isStockTracked && line.productId !== null
        ? [
            {
              movementId: random.idAt(occurredAt),
              productId: line.productId,
              variantId: line.variantId,
              quantityMilli: 0 - line.quantityMilli,
            },
          ]
        : [],
    ),
    note: random.pick(reasons),
  }
}

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const reasons = [
  'Wrong drink',
  'Too cold',
  'Ordered twice',
  'Not what was wanted',
  'Damaged',
  'Changed their mind',
]
