import type { PaidOrder } from '#domain/order.ts'

/**
 * Whether a value is a paid order as nearly all are: exactly the fields of `paidOrderV1`, each within its bounds, ids in small
 * letters. False says nothing: the schema then decides. By hand, since a batch of five hundred orders has some thirty thousand
 * fields, and a schema takes ten times as long for each; a test holds the two against each other.
 */
export function isUsualOrder(value: unknown): value is PaidOrder {
  return (
    isRecord(value, 20) &&
    isUuid(value.orderId) &&
    isUuid(value.storeId) &&
    isUuid(value.registerId) &&
    isNullOr(isUuid, value.shiftId) &&
    isText(value.receiptNumber) &&
    value.status === 'paid' &&
    isInt(value.occurredAt) &&
    isDay(value.businessDay) &&
    isHour(value.businessHour) &&
    isNullOr(isText, value.staffId) &&
    isNullOr(isText, value.customerId) &&
    isNullOr(isUuid, value.refundOf) &&
    isPricing(value.pricing) &&
    isList(value.lines, isLine) &&
    value.lines.length > 0 &&
    value.lines.length <= 2_000 &&
    isNullOr(isDiscount, value.orderDiscount) &&
    isTotals(value.totals) &&
    isInt(value.cashRoundingMinor) &&
    isList(value.payments, isPayment) &&
    isList(value.movements, isMovement) &&
    isNullOr(isText, value.note)
  )
}

function isPricing(value: unknown): boolean {
  return (
    isRecord(value, 3) &&
    isRecord(value.currency, 3) &&
    isText(value.currency.code) &&
    (value.currency.exponent === 0 || value.currency.exponent === 2 || value.currency.exponent === 3) &&
    isInt(value.currency.cashRoundingMinor) &&
    (value.taxMode === 'inclusive' || value.taxMode === 'exclusive') &&
    (value.taxRounding === 'line' || value.taxRounding === 'order')
  )
}

function isLine(value: unknown): boolean {
  return (
    isRecord(value, 22) &&
    isUuid(value.lineId) &&
    isNullOr(isText, value.productId) &&
    isNullOr(isText, value.variantId) &&
    isNullOr(isText, value.categoryId) &&
    isText(value.name) &&
    isNullOr(isText, value.variantName) &&
    isNullOr(isText, value.sku) &&
    isInt(value.quantityMilli) &&
    isInt(value.unitPriceMinor) &&
    isList(value.modifiers, isModifier) &&
    isNullOr(isDiscount, value.discount) &&
    isList(value.taxRates, isTaxRate) &&
    isNullOr(isText, value.note) &&
    isInt(value.catalogueVersion) &&
    typeof value.isStockTracked === 'boolean' &&
    isInt(value.grossMinor) &&
    isInt(value.discountMinor) &&
    isInt(value.orderDiscountMinor) &&
    isInt(value.netMinor) &&
    isInt(value.taxMinor) &&
    isList(value.taxes, isTaxAmount) &&
    isInt(value.totalMinor)
  )
}

function isModifier(value: unknown): boolean {
  return isRecord(value, 3) && isText(value.modifierId) && isText(value.name) && isInt(value.priceMinor)
}

function isTaxRate(value: unknown): boolean {
  return (
    isRecord(value, 4) &&
    isText(value.taxRateId) &&
    isText(value.name) &&
    isNumber(value.rateBasisPoints) &&
    typeof value.isCompound === 'boolean'
  )
}

function isTaxAmount(value: unknown): boolean {
  return (
    isRecord(value, 5) &&
    isText(value.taxRateId) &&
    isText(value.name) &&
    isNumber(value.rateBasisPoints) &&
    isInt(value.taxableMinor) &&
    isInt(value.taxMinor)
  )
}

function isDiscount(value: unknown): boolean {
  if (!isRecord(value, 3) || !isText(value.reason)) return false
  return value.kind === 'percent'
    ? isNumber(value.rateBasisPoints)
    : value.kind === 'amount' && isInt(value.amountMinor)
}

function isTotals(value: unknown): boolean {
  return (
    isRecord(value, 6) &&
    isInt(value.grossMinor) &&
    isInt(value.discountMinor) &&
    isInt(value.netMinor) &&
    isInt(value.taxMinor) &&
    isList(value.taxes, isTaxAmount) &&
    isInt(value.totalMinor)
  )
}

function isPayment(value: unknown): boolean {
  return (
    isRecord(value, 5) &&
    isUuid(value.paymentId) &&
    isTender(value.tender) &&
    isInt(value.amountMinor) &&
    isInt(value.tenderedMinor) &&
    isInt(value.changeMinor)
  )
}

function isTender(value: unknown): boolean {
  return (
    value === 'cash' ||
    value === 'card' ||
    value === 'gift-card' ||
    value === 'store-credit' ||
    value === 'other'
  )
}

function isMovement(value: unknown): boolean {
  return (
    isRecord(value, 4) &&
    isUuid(value.movementId) &&
    isText(value.productId) &&
    isNullOr(isText, value.variantId) &&
    isInt(value.quantityMilli)
  )
}

/** `fields`: with all of them named beside it, no other fits in. */
function isRecord(value: unknown, fields: number): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  let count = 0
  for (const _ in value) count += 1
  return count === fields
}

function isList(value: unknown, isItem: (item: unknown) => boolean): value is unknown[] {
  if (!Array.isArray(value)) return false
  for (const item of value) if (!isItem(item)) return false
  return true
}

function isNullOr(isIt: (value: unknown) => boolean, value: unknown): boolean {
  return value === null || isIt(value)
}

/** As the schema's `z.int()`. */
function isInt(value: unknown): boolean {
  return Number.isSafeInteger(value)
}

function isNumber(value: unknown): boolean {
  return Number.isFinite(value)
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.length <= 1_000
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

function isUuid(value: unknown): boolean {
  return typeof value === 'string' && uuid.test(value)
}

const day = /^\d{4}-\d{2}-\d{2}$/

function isDay(value: unknown): boolean {
  return typeof value === 'string' && day.test(value)
}

function isHour(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 23
}
