import type { ColumnMapping } from './column-mapping.ts'
import { suggestMapping } from './suggest-mapping.ts'

export type ImportShape = 'square-items' | 'coffee-chain' | 'unknown'

export type RecognisedShape = { readonly shape: ImportShape; readonly mapping: ColumnMapping }

/** Which program wrote a file with this header, with the meaning of its columns; for an unknown one, a suggestion. */
export function recogniseShape(header: readonly string[]): RecognisedShape {
  const present = new Set(header.map((name) => name.trim()))
  for (const { shape, mapping, needed } of knownShapes)
    if (needed.every((name) => present.has(name))) return { shape, mapping: keepPresent(mapping, present) }
  return { shape: 'unknown', mapping: suggestMapping(header) }
}

type KnownShape = {
  readonly shape: ImportShape
  readonly needed: readonly string[]
  readonly mapping: ColumnMapping
}

const knownShapes: readonly KnownShape[] = [
  {
    // Square Dashboard, Reports, Transactions, Export "Items detail CSV".
    shape: 'square-items',
    needed: ['Date', 'Time', 'Item', 'Qty', 'Gross Sales', 'Net Sales', 'Transaction ID', 'Event Type'],
    mapping: {
      date: 'Date',
      time: 'Time',
      timeZone: 'Time Zone',
      transactionId: 'Transaction ID',
      store: 'Location',
      register: 'Device Name',
      product: 'Item',
      variant: 'Price Point Name',
      category: 'Category',
      sku: 'SKU',
      barcode: 'GTIN',
      quantity: 'Qty',
      gross: 'Gross Sales',
      discount: 'Discounts',
      net: 'Net Sales',
      tax: 'Tax',
      tender: 'Card Brand',
      eventType: 'Event Type',
      modifiers: 'Modifiers Applied',
      customer: 'Customer Name',
      note: 'Notes',
    },
  },
  {
    // The published flat shape of the Maven Roasters data.
    shape: 'coffee-chain',
    needed: [
      'transaction_id',
      'transaction_date',
      'transaction_time',
      'transaction_qty',
      'product_id',
      'product_detail',
      'unit_price',
    ],
    mapping: {
      date: 'transaction_date',
      time: 'transaction_time',
      transactionId: 'transaction_id',
      store: 'store_location',
      product: 'product_detail',
      productId: 'product_id',
      category: 'product_category',
      quantity: 'transaction_qty',
      unitPrice: 'unit_price',
    },
  },
]

function keepPresent(mapping: ColumnMapping, present: ReadonlySet<string>): ColumnMapping {
  return Object.fromEntries(Object.entries(mapping).filter(([, column]) => present.has(column)))
}
