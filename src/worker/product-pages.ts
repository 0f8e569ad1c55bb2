import type { Category, Product } from '#domain/catalogue.ts'
import type { ProductPage } from './api-lists.ts'

export type FilledPage = ProductPage & {
  readonly products: readonly Product[]
  /** What has no place of its own on the page stands by name. */
  readonly isByName: boolean
}

/** Favourites first, then categories by place, then what has no category; pages without products are left out. */
export function productPages(
  categories: readonly Category[],
  products: readonly Product[],
): readonly FilledPage[] {
  const active = products.filter((product) => product.isActive && product.variants.length > 0)
  const known = new Set(categories.map(({ categoryId }) => categoryId))
  const inCategory = groupedByCategory(active, known)
  const pages: FilledPage[] = [
    {
      ...{ pageId: 'favourites', name: 'Favorites', category: null, isByName: false },
      products: favourites(active),
    },
    ...categories
      .toSorted((a, b) => a.position - b.position)
      .map((category) => ({
        ...{ pageId: category.categoryId, name: category.name, category, isByName: true },
        products: inCategory.get(category.categoryId) ?? [],
      })),
    {
      ...{ pageId: 'other', name: 'Other', category: null, isByName: true },
      products: inCategory.get(null) ?? [],
    },
  ]
  return pages.filter((page) => page.products.length > 0)
}

/** Under null what has no category, or one that is not there any more. */
function groupedByCategory(
  products: readonly Product[],
  known: ReadonlySet<string>,
): Map<string | null, Product[]> {
  const groups = new Map<string | null, Product[]>()
  for (const product of products) {
    const key = product.categoryId !== null && known.has(product.categoryId) ? product.categoryId : null
    const group = groups.get(key)
    if (group) group.push(product)
    else groups.set(key, [product])
  }
  return groups
}

function favourites(products: readonly Product[]): Product[] {
  return products
    .filter(({ favouritePosition }) => favouritePosition !== null)
    .toSorted((a, b) => (a.favouritePosition ?? 0) - (b.favouritePosition ?? 0))
}
