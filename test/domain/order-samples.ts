import * as fc from 'fast-check'
import { currencyOf } from '#domain/currency.ts'
import type { Currency } from '#domain/currency.ts'
import type {
  Discount,
  LineTaxRate,
  OrderLineInput,
  PaidOrder,
  PricedOrder,
  PricingRules,
} from '#domain/order.ts'

export function currency(code: string): Currency {
  const found = currencyOf(code)
  if (!found.ok) throw new Error(found.failure.sentence)
  return found.value
}

export function rate(taxRateId: string, rateBasisPoints: number, isCompound = false): LineTaxRate {
  return { taxRateId, name: taxRateId.toUpperCase(), rateBasisPoints, isCompound }
}

export function line(
  lineId: string,
  unitPriceMinor: number,
  more: Partial<OrderLineInput> = {},
): OrderLineInput {
  return {
    lineId,
    productId: `product-${lineId}`,
    variantId: null,
    categoryId: null,
    name: lineId,
    variantName: null,
    sku: null,
    quantityMilli: 1000,
    unitPriceMinor,
    modifiers: [],
    discount: null,
    taxRates: [],
    note: null,
    catalogueVersion: 1,
    isStockTracked: false,
    ...more,
  }
}

export function pricing(more: Partial<PricingRules> = {}): PricingRules {
  return { currency: currency('USD'), taxMode: 'exclusive', taxRounding: 'line', ...more }
}

export function paidOrder(priced: PricedOrder, more: Partial<PaidOrder> = {}): PaidOrder {
  return {
    orderId: 'order-1',
    storeId: 'store-1',
    registerId: 'register-1',
    shiftId: 'shift-1',
    receiptNumber: '1-1',
    status: 'paid',
    occurredAt: 1_750_000_000_000,
    businessDay: '2025-06-15',
    businessHour: 15,
    staffId: null,
    customerId: null,
    refundOf: null,
    pricing: pricing(),
    orderDiscount: null,
    cashRoundingMinor: 0,
    payments: [],
    movements: [],
    note: null,
    ...priced,
    ...more,
  }
}

/** Lists of rates as a shop's tax classes have them, compound and finer than a basis point among them. */
const taxClasses: readonly (readonly LineTaxRate[])[] = [
  [],
  [rate('food', 825)],
  [rate('vat', 1900)],
  [rate('vat', 2000)],
  [rate('gst', 500), rate('qst', 997.5)],
  [rate('gst', 500), rate('qst', 950, true)],
  [rate('gst', 500), rate('luxury', 1000, true), rate('city', 150), rate('levy', 33.33, true)],
]

const discounts: fc.Arbitrary<Discount | null> = fc.oneof(
  { weight: 2, arbitrary: fc.constant(null) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('percent' as const),
      rateBasisPoints: fc.integer({ min: 0, max: 10_000 }),
      reason: fc.constant(''),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('amount' as const),
      amountMinor: fc.integer({ min: 0, max: 50_000 }),
      reason: fc.constant(''),
    }),
  },
)

const modifiers = fc.array(
  fc.integer({ min: 0, max: 300 }).map((priceMinor) => ({ modifierId: 'm', name: 'm', priceMinor })),
  { maxLength: 2 },
)

/** Few different ones often, so that lines tie when odd units are given out. */
const prices = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(5, 99, 333) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 20_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 50_000_000_000 }) },
)

const quantities = fc.oneof(
  fc.constant(1000),
  fc.integer({ min: 1, max: 12 }).map((pieces) => pieces * 1000),
  fc.integer({ min: 1, max: 5000 }),
)

/** Orders that a till can build: pieces and weights, modifiers, discounts of lines and order, many tax classes. */
export const orders = fc
  .record({
    lines: fc.array(
      fc.record({
        unitPriceMinor: prices,
        quantityMilli: quantities,
        modifiers,
        discount: discounts,
        taxRates: fc.constantFrom(...taxClasses),
      }),
      { minLength: 1, maxLength: 8 },
    ),
    orderDiscount: discounts,
  })
  .map(({ lines, orderDiscount }) => ({
    lines: lines.map(({ unitPriceMinor, ...more }, index) => line(`line-${index}`, unitPriceMinor, more)),
    orderDiscount,
  }))

export const pricings: fc.Arbitrary<PricingRules> = fc.record({
  currency: fc.constantFrom(currency('USD'), currency('JPY'), currency('KWD')),
  taxMode: fc.constantFrom('inclusive', 'exclusive'),
  taxRounding: fc.constantFrom('line', 'order'),
})
