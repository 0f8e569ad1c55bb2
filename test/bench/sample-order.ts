import type { Product } from '#domain/catalogue.ts'
import { uuidV7 } from '#domain/id.ts'
import type { LineTaxRate, OrderLineInput, PricingRules } from '#domain/order.ts'

/** A shop with one sales tax, as in most of the United States. */
export const samplePricing: PricingRules = {
  currency: { code: 'USD', exponent: 2, cashRoundingMinor: 1 },
  taxMode: 'exclusive',
  taxRounding: 'line',
}

const salesTax: LineTaxRate = {
  taxRateId: '0b1f6a52-1f0e-4c5e-9d55-4d8f5e1a7c44',
  name: 'Sales tax',
  rateBasisPoints: 825,
  isCompound: false,
}

/** Always the same numbers from the same seed, 0 ≤ n < 1 (mulberry32, public domain). */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** As the product makes them: those made one after the other stand side by side in an index. */
export function newId(): string {
  return uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(16)))
}

/** A few sell often, most seldom: a place in a list of `count`, the first the likeliest. */
export function popularPlace(count: number, random: () => number): number {
  return Math.floor(count * random() ** 2.5)
}

export function sampleProducts(count: number): Product[] {
  return Array.from({ length: count }, (_, index) => ({
    productId: newId(),
    name: `Product ${index + 1}`,
    categoryId: null,
    taxClassId: null,
    variants: [
      {
        variantId: newId(),
        name: '',
        sku: `SKU-${10_000 + index}`,
        barcodes: [`40${String(index).padStart(11, '0')}`],
        priceMinor: 150 + ((index * 37) % 2_000),
      },
    ],
    modifierSetIds: [],
    picture: null,
    isStockTracked: true,
    favouritePosition: null,
    isActive: true,
  }))
}

/** Lines of an order of these products. */
export function sampleLines(
  products: readonly Product[],
  count: number,
  random: () => number,
): OrderLineInput[] {
  return Array.from({ length: count }, () => {
    const product = products[popularPlace(products.length, random)]!
    const variant = product.variants[0]!
    return {
      lineId: newId(),
      productId: product.productId,
      variantId: variant.variantId,
      categoryId: product.categoryId,
      name: product.name,
      variantName: null,
      sku: variant.sku,
      quantityMilli: random() < 0.8 ? 1000 : 2000,
      unitPriceMinor: variant.priceMinor,
      modifiers: [],
      discount: null,
      taxRates: [salesTax],
      note: null,
      catalogueVersion: 2,
      isStockTracked: product.isStockTracked,
    }
  })
}
