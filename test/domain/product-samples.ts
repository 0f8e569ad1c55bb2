import type { Product, Variant } from '#domain/catalogue.ts'

/** Called as its id says, with one variant. */
export function product(
  productId: string,
  { priceMinor = 100, ...change }: Partial<Product> & { readonly priceMinor?: number } = {},
): Product {
  return {
    productId,
    name: productId,
    categoryId: null,
    taxClassId: null,
    variants: [variant(`${productId}-v`, { priceMinor })],
    modifierSetIds: [],
    picture: null,
    isStockTracked: false,
    favouritePosition: null,
    isActive: true,
    ...change,
  }
}

export function variant(variantId: string, change: Partial<Variant> = {}): Variant {
  return { variantId, name: '', sku: null, barcodes: [], priceMinor: 100, ...change }
}
