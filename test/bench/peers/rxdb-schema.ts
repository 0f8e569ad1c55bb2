import type { RxJsonSchema } from 'rxdb/plugins/core'
import type { Product } from '../../../src/domain/catalogue.ts'
import type { PaidOrder } from '../../../src/domain/order.ts'

const text = { type: 'string' } as const
const textOrNull = { type: ['string', 'null'] } as const
const whole = { type: 'integer' } as const
const list = { type: 'array' } as const
const anyObject = { type: 'object' } as const

/** No index of its own: that is the fastest that RxDB can be. */
export const orderSchema = {
  version: 0,
  primaryKey: 'orderId',
  type: 'object',
  properties: {
    orderId: { type: 'string', maxLength: 36 },
    storeId: text,
    registerId: text,
    shiftId: textOrNull,
    receiptNumber: text,
    status: text,
    occurredAt: whole,
    businessDay: text,
    businessHour: whole,
    staffId: textOrNull,
    customerId: textOrNull,
    refundOf: textOrNull,
    pricing: anyObject,
    lines: list,
    orderDiscount: { type: ['object', 'null'] },
    totals: anyObject,
    cashRoundingMinor: whole,
    payments: list,
    movements: list,
    note: textOrNull,
  },
  required: [
    'orderId',
    'storeId',
    'registerId',
    'receiptNumber',
    'occurredAt',
    'lines',
    'totals',
    'payments',
  ],
} as unknown as RxJsonSchema<PaidOrder>

export const productSchema = {
  version: 0,
  primaryKey: 'productId',
  type: 'object',
  properties: {
    productId: { type: 'string', maxLength: 36 },
    name: text,
    categoryId: textOrNull,
    taxClassId: textOrNull,
    variants: list,
    modifierSetIds: list,
    picture: textOrNull,
    isStockTracked: { type: 'boolean' },
    favouritePosition: { type: ['integer', 'null'] },
    isActive: { type: 'boolean' },
  },
  required: ['productId', 'name', 'variants'],
} as unknown as RxJsonSchema<Product>
