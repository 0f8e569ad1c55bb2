import type { Product } from '#domain/catalogue.ts'
import type { ProductQuery } from './api-lists.ts'
import { haveWords, wordsOf } from '#domain/search-words.ts'

export type ProductFilter = Pick<ProductQuery, 'categoryId' | 'saleState'>

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
  return haveWords(words, asked)
}
