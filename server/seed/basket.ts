import type { Discount, LineModifier, OrderLineInput } from '#domain/order.ts'
import { categoryNames, categoryWeights, seasonFactor } from './demand.ts'
import type { DemoCatalogue, DemoProduct } from './make-catalogue.ts'
import { runningSumsOf } from './random.ts'
import type { Random } from './random.ts'

/** What is on offer on one day, laid out so that a choice is a look-up. */
export type DayMenu = {
  readonly day: string
  readonly shelves: readonly { readonly products: readonly DemoProduct[]; readonly sums: readonly number[] }[]
  /** Running sums over the categories, by hour 0–23. */
  readonly categorySums: readonly (readonly number[])[]
}

export function menuOf(catalogue: DemoCatalogue, day: string): DayMenu {
  return {
    day,
    shelves: categoryNames.map((name) => {
      const products = catalogue.products.filter(({ category }) => category === name)
      const weights = products.map(({ popularity, season }) => popularity * seasonFactor(season, day))
      return { products, sums: runningSumsOf(weights) }
    }),
    categorySums: Array.from({ length: 24 }, (_, hour) => runningSumsOf(categoryWeights(day, hour))),
  }
}

/** One to five lines, as a customer would order them at this hour. */
export function fillBasket(
  menu: DayMenu,
  hour: number,
  occurredAt: number,
  random: Random,
): OrderLineInput[] {
  const count = 1 + random.weighted(lineCountSums)
  const chosen = new Set<DemoProduct>()
  while (chosen.size < count) {
    const shelf = menu.shelves[random.weighted(menu.categorySums[hour]!)]!
    chosen.add(shelf.products[random.weighted(shelf.sums)]!)
  }
  return [...chosen].map((product) => lineOf(product, occurredAt, random))
}

/** Line discounts are for the day's end and for staff; whole orders get one for regulars and vouchers. */
export function orderDiscountOf(random: Random): Discount | null {
  return random.isChance(0.02) ? random.pick(orderDiscounts) : null
}

const lineCountSums = runningSumsOf([46, 30, 14, 7, 3])

const lineDiscounts: readonly Discount[] = [
  { kind: 'percent', rateBasisPoints: 2000, reason: 'End of day' },
  { kind: 'percent', rateBasisPoints: 5000, reason: 'Staff' },
  { kind: 'percent', rateBasisPoints: 1000, reason: 'Own cup' },
  { kind: 'amount', amountMinor: 100, reason: 'Wait was long' },
]

const orderDiscounts: readonly Discount[] = [
  { kind: 'percent', rateBasisPoints: 1000, reason: 'Regular' },
  { kind: 'percent', rateBasisPoints: 1500, reason: 'Harbor festival' },
  { kind: 'amount', amountMinor: 300, reason: 'Voucher' },
]

/** Version of the catalogue that the demo's sales were made with: the first. */
const catalogueVersion = 1

function lineOf(chosen: DemoProduct, occurredAt: number, random: Random): OrderLineInput {
  const { product, taxClass } = chosen
  // The middle size sells best, whole cakes and big bags seldom.
  const variant = product.variants[random.weighted(variantSums[product.variants.length]!)]!
  return {
    lineId: random.idAt(occurredAt),
    productId: product.productId,
    variantId: variant.variantId,
    categoryId: product.categoryId,
    name: product.name,
    variantName: variant.name || null,
    sku: variant.sku,
    quantityMilli: 1000 * (1 + random.weighted(pieceSums)),
    unitPriceMinor: variant.priceMinor,
    modifiers: chooseModifiers(chosen, random),
    discount: random.isChance(0.03) ? random.pick(lineDiscounts) : null,
    taxRates: taxClass.taxRates,
    note: random.isChance(0.01) ? random.pick(notes) : null,
    catalogueVersion,
    isStockTracked: product.isStockTracked,
  }
}

const pieceSums = runningSumsOf([86, 11, 2, 1])

const variantSums: Record<number, readonly number[]> = {
  1: [1],
  2: runningSumsOf([9, 2]),
  3: runningSumsOf([4, 5, 2]),
  4: runningSumsOf([3, 5, 4, 1]),
}

const notes = ['No foam', 'Extra napkins', 'For here', 'Cut in half', 'Light ice', 'Name: Alex']

function chooseModifiers({ modifierSets }: DemoProduct, random: Random): LineModifier[] {
  return modifierSets.flatMap((set) => {
    if (set.leastChoices === 1) return [set.modifiers[skewed(set.modifiers.length, random)]!]
    return random.isChance(0.18) ? [random.pick(set.modifiers)] : []
  })
}

/** The first ones most. */
function skewed(length: number, random: Random): number {
  return Math.floor(length * random.next() ** 2.2)
}
