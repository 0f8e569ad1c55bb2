import type { Product } from '#domain/catalogue.ts'

export type SaleState = 'on-sale' | 'off-sale' | 'all'

export type ProductFilter = {
  /** Null: of any category; '': of none. */
  readonly categoryId: string | null
  readonly saleState: SaleState
}

/**
 * The products that pass. `hits` are those on sale that the device found for the text (null: no text); what is not on
 * sale has no place in its index and is looked through here.
 */
export function filterProducts(
  products: readonly Product[],
  { categoryId, saleState }: ProductFilter,
  text: string,
  hits: ReadonlySet<string> | null,
  categoryIds: ReadonlySet<string>,
): readonly Product[] {
  if (categoryId === null && saleState === 'all' && hits === null) return products
  const asked = wordsOf(text)
  const isFound = (product: Product): boolean =>
    hits === null || (product.isActive ? hits.has(product.productId) : hasWords(product, asked))
  return products.filter(
    (product) =>
      (saleState === 'all' || product.isActive === (saleState === 'on-sale')) &&
      (categoryId === null || knownCategory(product, categoryIds) === categoryId) &&
      isFound(product),
  )
}

/** '' where the product has no category, or one that is not there any more. */
function knownCategory({ categoryId }: Product, categoryIds: ReadonlySet<string>): string {
  return categoryId !== null && categoryIds.has(categoryId) ? categoryId : ''
}

/** Every word asked for begins a word of the name, a variant, a SKU or a barcode: the rule of the device's own search. */
function hasWords({ name, variants }: Product, asked: readonly string[]): boolean {
  const words = [
    name,
    ...variants.flatMap((variant) => [variant.name, variant.sku ?? '', ...variant.barcodes]),
  ].flatMap(wordsOf)
  return asked.every((beginning) => words.some((word) => word.startsWith(beginning)))
}

function wordsOf(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

/** From the cheapest variant to the dearest. */
export function priceSpan({ variants }: Product): {
  readonly leastMinor: number
  readonly mostMinor: number
} {
  const prices = variants.map(({ priceMinor }) => priceMinor)
  return { leastMinor: Math.min(...prices), mostMinor: Math.max(...prices) }
}
