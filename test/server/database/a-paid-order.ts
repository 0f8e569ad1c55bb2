import { randomUUID } from 'node:crypto'
import type { PaidOrder } from '#domain/order.ts'
import { priceOrder } from '#domain/price-order.ts'
import { samplePricing } from '../../bench/sample-order.ts'

const storeId = randomUUID()
const productId = randomUUID()

/** A sale with something in every field, always of the same store and product. */
export function aPaidOrder(more: Pick<PaidOrder, 'shiftId'>): PaidOrder {
  const priced = priceOrder(
    {
      lines: [
        {
          lineId: randomUUID(),
          productId,
          variantId: 'large',
          categoryId: 'drinks',
          name: 'Zoë’s “latte”',
          variantName: 'Large',
          sku: 'L-1',
          quantityMilli: 2000,
          unitPriceMinor: 475,
          modifiers: [{ modifierId: 'oat', name: 'Oat milk', priceMinor: 75 }],
          discount: { kind: 'percent', rateBasisPoints: 1000, reason: 'Regular' },
          taxRates: [{ taxRateId: 'tax', name: 'Sales tax', rateBasisPoints: 997.5, isCompound: false }],
          note: 'hot',
          catalogueVersion: 7,
          isStockTracked: true,
        },
      ],
      orderDiscount: { kind: 'amount', amountMinor: 50, reason: 'Voucher' },
    },
    samplePricing,
  )
  const due = priced.totals.totalMinor
  return {
    orderId: randomUUID(),
    storeId,
    registerId: randomUUID(),
    receiptNumber: '3-14',
    status: 'paid',
    occurredAt: 1_790_000_000_123,
    businessDay: '2026-09-21',
    businessHour: 9,
    staffId: 'sam',
    customerId: 'cleo',
    refundOf: null,
    pricing: samplePricing,
    ...priced,
    orderDiscount: { kind: 'amount', amountMinor: 50, reason: 'Voucher' },
    cashRoundingMinor: 0,
    payments: [
      { paymentId: randomUUID(), tender: 'cash', amountMinor: due, tenderedMinor: due + 25, changeMinor: 25 },
    ],
    movements: [{ movementId: randomUUID(), productId, variantId: 'large', quantityMilli: -2000 }],
    note: 'to go',
    ...more,
  }
}
