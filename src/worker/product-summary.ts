import type { Product, TaxClass } from '#domain/catalogue.ts'
import type { ProductSummary } from './api-lists.ts'

export function summarise(products: readonly Product[], taxClasses: readonly TaxClass[]): ProductSummary {
  const counts: Record<string, number> = {}
  let nextFavourite = 0
  for (const { categoryId, taxClassId, modifierSetIds, favouritePosition } of products) {
    for (const id of [categoryId, taxClassId, ...modifierSetIds])
      if (id !== null) counts[id] = (counts[id] ?? 0) + 1
    nextFavourite = Math.max(nextFavourite, (favouritePosition ?? -1) + 1)
  }
  const used = (taxClass: TaxClass | undefined): number => counts[taxClass?.taxClassId ?? ''] ?? 0
  const usual = taxClasses.reduce<TaxClass | undefined>(
    (most, each) => (most === undefined || used(each) > used(most) ? each : most),
    undefined,
  )
  return { total: products.length, counts, usualTaxClassId: usual?.taxClassId ?? null, nextFavourite }
}
