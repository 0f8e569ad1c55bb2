import { editableKinds } from '#domain/catalogue.ts'
import type { OpenOrder } from '#domain/order.ts'
import type { ConflictSettled, RecordEdit } from '#sync/edit.ts'
import * as z from 'zod/mini'

/*
 * Payloads of the operations beside `order.paid` and `shift.opened`. What doesn't fit is parked, never refused ([P4]).
 * A shape here never changes: another shape is another `kindVersion`, and this one is read for ever ([C3]).
 */

const minor = z.int()
const text = z.string().check(z.maxLength(1_000))
const optionalText = z.nullable(text)

const discount = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('percent'), rateBasisPoints: z.number(), reason: text }),
  z.object({ kind: z.literal('amount'), amountMinor: minor, reason: text }),
])

const openOrder = z.object({
  orderId: z.uuid(),
  openedAt: z.int(),
  lines: z
    .array(
      z.object({
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
      }),
    )
    .check(z.maxLength(2_000)),
  orderDiscount: z.nullable(discount),
  customerId: optionalText,
  note: optionalText,
  parkedAs: optionalText,
})

/** [R4] `baseV`: version of the park list's record that was seen, 0 when the order was not on it. */
export const orderParkedV1 = z.object({
  storeId: z.uuid(),
  registerId: z.uuid(),
  staffId: optionalText,
  parkedAt: z.int(),
  baseV: z.int().check(z.nonnegative()),
  order: openOrder,
})

/** Taken off the park list unpaid. `splitInto`: the orders that took its lines over. */
export const orderVoidedV1 = z.object({
  orderId: z.uuid(),
  storeId: z.uuid(),
  registerId: z.uuid(),
  reason: text,
  splitInto: z.array(z.uuid()).check(z.maxLength(100)),
})

/** [R6] [I10] Sums of the shift's facts as its register knows them. overShort = counted − expected. */
export const shiftClosedV1 = z.object({
  shiftId: z.uuid(),
  storeId: z.uuid(),
  registerId: z.uuid(),
  closedAt: z.int(),
  /** Gapless per register's install, from 1. */
  zNumber: z.int().check(z.positive()),
  orderCount: z.int(),
  netMinor: minor,
  /** Float + cash payments + paid in − paid out − drops. */
  expectedCashMinor: minor,
  countedCashMinor: minor,
})

/** Cash moved outside a sale; the amount is positive, the kind says where it went. */
export const cashMovedV1 = z.object({
  cashMovementId: z.uuid(),
  shiftId: z.uuid(),
  storeId: z.uuid(),
  registerId: z.uuid(),
  kind: z.enum(['paid-in', 'paid-out', 'cash-drop']),
  amountMinor: minor.check(z.positive()),
  reason: text,
})

/** [R5] A count, with what its counter had seen: the cursor in this epoch, and the own operations up to `seenSeq`. */
export const stockCountedV1 = z.object({
  movementId: z.uuid(),
  storeId: z.uuid(),
  productId: text,
  variantId: optionalText,
  countedMilli: z.int(),
  seenEpoch: z.string().check(z.maxLength(64)),
  seenCursor: z.int().check(z.nonnegative()),
  seenSeq: z.int().check(z.nonnegative()),
})

/** Goods in or out beside sales; negative leaves the store. */
export const stockMovedV1 = z.object({
  movementId: z.uuid(),
  storeId: z.uuid(),
  productId: text,
  variantId: optionalText,
  quantityMilli: z.int(),
  reason: z.enum(['received', 'written-off']),
  note: optionalText,
})

const recordEdit = z.object({
  kind: z.enum(editableKinds),
  id: z.string().check(z.minLength(1), z.maxLength(100)),
  action: z.enum(['create', 'change', 'delete']),
  baseV: z.int().check(z.nonnegative()),
  fields: z.record(
    z.string().check(z.maxLength(300)),
    z.union([
      z.object({ base: z.unknown(), value: z.unknown() }),
      z.object({ add: z.array(z.unknown()), remove: z.array(z.unknown()) }),
    ]),
  ),
})

/** [R2] */
export const recordEditedV1 = recordEdit

/** [R3] */
export const conflictSettledV1 = z.object({
  conflictId: z.string().check(z.maxLength(200)),
  seen: z.nullable(z.enum(['mine', 'theirs'])),
  keep: z.enum(['mine', 'theirs']),
  edit: z.nullable(recordEdit),
})

export const taskDoneV1 = z.object({ taskId: z.string().check(z.maxLength(300)) })

export type OrderParked = Omit<z.infer<typeof orderParkedV1>, 'order'> & { readonly order: OpenOrder }
export type OrderVoided = z.infer<typeof orderVoidedV1>
export type ShiftClosed = z.infer<typeof shiftClosedV1>
export type CashMoved = z.infer<typeof cashMovedV1>
export type StockCounted = z.infer<typeof stockCountedV1>
export type StockMoved = z.infer<typeof stockMovedV1>
export type RecordEdited = RecordEdit
export type { ConflictSettled }
export type TaskDone = z.infer<typeof taskDoneV1>
