import { randomUUID } from 'node:crypto'
import type { Product, Store } from '#domain/catalogue.ts'

export function aStore(): Store {
  return {
    storeId: randomUUID(),
    name: 'Main Street',
    address: '',
    timeZone: 'America/New_York',
    pricing: {
      currency: { code: 'USD', exponent: 2, cashRoundingMinor: 1 },
      taxMode: 'exclusive',
      taxRounding: 'line',
    },
    receiptFooter: '',
  }
}

export function aProduct(name: string, priceMinor: number): Product {
  return {
    productId: randomUUID(),
    name,
    categoryId: null,
    taxClassId: null,
    variants: [{ variantId: randomUUID(), name: '', sku: null, barcodes: [], priceMinor }],
    modifierSetIds: [],
    picture: null,
    isStockTracked: true,
    favouritePosition: null,
    isActive: true,
  }
}
