import type { Product } from '#domain/catalogue.ts'

/** How many products have each category, tax and set of options, by their ids. */
export function productCounts(products: readonly Product[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { categoryId, taxClassId, modifierSetIds } of products)
    for (const id of [categoryId, taxClassId, ...modifierSetIds])
      if (id !== null) counts.set(id, (counts.get(id) ?? 0) + 1)
  return counts
}
