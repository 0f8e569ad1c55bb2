import type { PaidOrder } from '#domain/order.ts'
import * as z from 'zod/mini'

const minor = z.int()
const text = z.string().check(z.maxLength(1_000))
const optionalText = z.nullable(text)

const discount = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('percent'), rateBasisPoints: z.number(), reason: text }),
  z.object({ kind: z.literal('amount'), amountMinor: minor, reason: text }),
])

const taxAmount = z.object({
  taxRateId: text,
  name: text,
  rateBasisPoints: z.number(),
  taxableMinor: minor,
  taxMinor: minor,
})

const line = z.object({
  lineId: z.uuid(),
  productId: optionalText,
  variantId: optionalText,
  categoryId: optionalText,
  name: text,
  variantName: optionalText,
  sku: optionalText,
  quantityMilli: z.int(),
  unitPriceMinor: minor,
  modifiers: z.array(z.object({ modifierId: text, name: text, priceMinor: minor })),
  discount: z.nullable(discount),
  taxRates: z.array(
    z.object({ taxRateId: text, name: text, rateBasisPoints: z.number(), isCompound: z.boolean() }),
  ),
  note: optionalText,
  catalogueVersion: z.int(),
  isStockTracked: z.boolean(),
  grossMinor: minor,
  discountMinor: minor,
  orderDiscountMinor: minor,
  netMinor: minor,
  taxMinor: minor,
  taxes: z.array(taxAmount),
  totalMinor: minor,
})

/** Payload of `order.paid`, version 1. What doesn't fit is parked, never refused ([P4]). */
export const paidOrderV1 = z.object({
  orderId: z.uuid(),
  storeId: z.uuid(),
  registerId: z.uuid(),
  shiftId: z.nullable(z.uuid()),
  receiptNumber: text,
  status: z.literal('paid'),
  occurredAt: z.int(),
  businessDay: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/)),
  businessHour: z.int().check(z.gte(0), z.lte(23)),
  staffId: optionalText,
  customerId: optionalText,
  refundOf: z.nullable(z.uuid()),
  pricing: z.object({
    currency: z.object({
      code: text,
      exponent: z.union([z.literal(0), z.literal(2), z.literal(3)]),
      cashRoundingMinor: z.int(),
    }),
    taxMode: z.enum(['inclusive', 'exclusive']),
    taxRounding: z.enum(['line', 'order']),
  }),
  lines: z.array(line).check(z.minLength(1), z.maxLength(2_000)),
  orderDiscount: z.nullable(discount),
  totals: z.object({
    grossMinor: minor,
    discountMinor: minor,
    netMinor: minor,
    taxMinor: minor,
    taxes: z.array(taxAmount),
    totalMinor: minor,
  }),
  cashRoundingMinor: minor,
  payments: z.array(
    z.object({
      paymentId: z.uuid(),
      tender: z.enum(['cash', 'card', 'gift-card', 'store-credit', 'other']),
      amountMinor: minor,
      tenderedMinor: minor,
      changeMinor: minor,
    }),
  ),
  movements: z.array(
    z.object({ movementId: z.uuid(), productId: text, variantId: optionalText, quantityMilli: z.int() }),
  ),
  note: optionalText,
})

/** Payload of `shift.opened`, version 1. */
export const shiftOpenedV1 = z.object({
  shiftId: z.uuid(),
  storeId: z.uuid(),
  registerId: z.uuid(),
  openedAt: z.int(),
  openingFloatMinor: minor,
})

export type ShiftOpened = z.infer<typeof shiftOpenedV1>

/** The schema and the domain's type say the same; a difference is a type error here. */
export const readPaidOrder = (value: unknown): PaidOrder | null => {
  const read = paidOrderV1.safeParse(value)
  return read.success ? (read.data satisfies PaidOrder) : null
}
