import type { ModifierSet, Product, Variant } from '#domain/catalogue.ts'
import type { LineModifier, OrderLineInput } from '#domain/order.ts'
import type { ShopRecords } from '../../worker/api-lists.ts'

/** Whether there is anything to choose; it can be chosen on the line as well. */
export function hasChoices(product: Product): boolean {
  return product.variants.length > 1 || product.modifierSetIds.length > 0
}

/** Whether a tap, which names the product only, has to ask first. What may be left out is left out. */
export function mustChoose(product: Product, catalogue: ShopRecords): boolean {
  return product.variants.length > 1 || mustChooseModifiers(product, catalogue)
}

/** Whether a scan, which names the variant, still leaves something that must be chosen. */
export function mustChooseModifiers(product: Product, catalogue: ShopRecords): boolean {
  return modifierSetsOf(product, catalogue).some((set) => set.leastChoices > 0)
}

export function modifierSetsOf(product: Product, catalogue: ShopRecords): ModifierSet[] {
  return product.modifierSetIds.flatMap(
    (id) => catalogue.modifierSets.find((set) => set.modifierSetId === id) ?? [],
  )
}

/** The order line for a choice, with prices, names and taxes as they stand in the catalogue now ([R7]). */
export function lineOf(
  choice: {
    readonly product: Product
    readonly variant: Variant
    readonly modifiers: readonly LineModifier[]
  },
  catalogue: ShopRecords,
  lineId: string,
): OrderLineInput {
  const { product, variant, modifiers } = choice
  const taxClass = catalogue.taxClasses.find(({ taxClassId }) => taxClassId === product.taxClassId)
  return {
    lineId,
    productId: product.productId,
    variantId: variant.variantId,
    categoryId: product.categoryId,
    name: product.name,
    variantName: variant.name === '' ? null : variant.name,
    sku: variant.sku,
    quantityMilli: 1000,
    unitPriceMinor: variant.priceMinor,
    modifiers: modifiers.map(({ modifierId, name, priceMinor }) => ({ modifierId, name, priceMinor })),
    discount: null,
    taxRates: taxClass?.taxRates ?? [],
    note: null,
    catalogueVersion: catalogue.version,
    isStockTracked: product.isStockTracked,
  }
}
