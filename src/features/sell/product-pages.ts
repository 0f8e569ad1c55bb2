import type { Category, Product } from '#domain/catalogue.ts'
import type { Catalogue } from '../../worker/api-selling.ts'

/** One entry of the category rail with its products in the order of their tiles. */
export type ProductPage = {
  /** Category id, `favourites` or `other`. */
  readonly pageId: string
  readonly name: string
  readonly category: Category | null
  readonly products: readonly Product[]
}

/** Favourites first, then categories by place, then what has no category; pages without products are left out. */
export function productPages(catalogue: Catalogue, locale: string): ProductPage[] {
  const byName = new Intl.Collator(locale, { numeric: true }).compare
  const active = catalogue.products.filter((product) => product.isActive && product.variants.length > 0)
  const named = active.toSorted((a, b) => byName(a.name, b.name))
  const inCategory = groupedByCategory(named)
  const known = new Set(catalogue.categories.map(({ categoryId }) => categoryId))
  const pages: ProductPage[] = [
    { pageId: 'favourites', name: 'Favorites', category: null, products: favourites(active) },
    ...catalogue.categories
      .toSorted((a, b) => a.position - b.position)
      .map((category) => ({
        pageId: category.categoryId,
        name: category.name,
        category,
        products: inCategory.get(category.categoryId) ?? [],
      })),
    {
      pageId: 'other',
      name: 'Other',
      category: null,
      products: named.filter(({ categoryId }) => categoryId === null || !known.has(categoryId)),
    },
  ]
  return pages.filter(({ products }) => products.length > 0)
}

function favourites(products: readonly Product[]): Product[] {
  return products
    .filter(({ favouritePosition }) => favouritePosition !== null)
    .toSorted((a, b) => (a.favouritePosition ?? 0) - (b.favouritePosition ?? 0))
}

function groupedByCategory(products: readonly Product[]): Map<string | null, Product[]> {
  const groups = new Map<string | null, Product[]>()
  for (const product of products) {
    const group = groups.get(product.categoryId)
    if (group) group.push(product)
    else groups.set(product.categoryId, [product])
  }
  return groups
}
