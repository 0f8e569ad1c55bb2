import * as z from 'zod/mini'

/** Orders per request of a running import. */
export const IMPORT_CHUNK_ORDERS = 1_000

const minor = z.int()
const shortText = z.string().check(z.maxLength(500))

const importedLine = z.object({
  productKey: shortText,
  productName: shortText,
  variantName: z.nullable(shortText),
  categoryName: z.nullable(shortText),
  sku: z.nullable(shortText),
  barcode: z.nullable(shortText),
  modifiers: z.array(shortText),
  quantityMilli: z.int(),
  unitPriceMinor: minor,
  grossMinor: minor,
  discountMinor: minor,
  netMinor: minor,
  taxMinor: minor,
  totalMinor: minor,
  note: z.nullable(shortText),
})

export const importedOrder = z.object({
  externalId: shortText,
  storeName: shortText,
  registerName: z.nullable(shortText),
  businessDay: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/)),
  businessHour: z.int().check(z.gte(0), z.lte(23)),
  occurredAt: z.int(),
  isRefund: z.boolean(),
  refundOfExternalId: z.nullable(shortText),
  tender: z.enum(['cash', 'card', 'gift-card', 'store-credit', 'other']),
  customerName: z.nullable(shortText),
  lines: z.array(importedLine).check(z.minLength(1)),
  totals: z.object({
    grossMinor: minor,
    discountMinor: minor,
    netMinor: minor,
    taxMinor: minor,
    totalMinor: minor,
  }),
})

export const importBegin = z.object({ fileName: shortText, source: shortText, rowsRefused: z.int() })
export const importAppend = z.object({
  importId: z.uuid(),
  orders: z.array(importedOrder).check(z.minLength(1), z.maxLength(IMPORT_CHUNK_ORDERS)),
})
export const importEnd = z.object({ importId: z.uuid(), wasCancelled: z.boolean() })

export type ImportedOrderWire = z.infer<typeof importedOrder>
