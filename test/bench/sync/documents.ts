import type { Product, Store } from '#domain/catalogue.ts'
import { uuidV7 } from '#domain/id.ts'
import type { Discount, LineTaxRate, OrderLineInput, PaidOrder } from '#domain/order.ts'
import { priceOrder } from '#domain/price-order.ts'
import type { SaleToCommit } from '../../../src/storage/sale.ts'
import { buildSale } from '../../../src/worker/build-sale.ts'
import { popularPlace, seededRandom } from '../sample-order.ts'

/** Where it was sold, and by whom. */
export type SampleShop = {
  readonly store: Store
  readonly registerId: string
  readonly staffId: string
  readonly taxRate: LineTaxRate
}

/** Names documents without holding them: each side makes the very same ones from it. Plain data, as it crosses processes. */
export type DataSet = {
  readonly shop: SampleShop
  readonly orderCount: number
  readonly productCount: number
  /** When the last order was paid, ms since 1970; the first was `daysOfOrders` before. */
  readonly lastAt: number
  /** Of the orders; the products are always the same. */
  readonly seed: number
}

/** Shorter than a register keeps its orders. */
const daysOfOrders = 28
const dayMs = 86_400_000

/** Dearer than a coffee are the beans. Prices in cents. */
const menu: readonly (readonly [name: string, priceMinor: number])[] = [
  ['Flat white', 450],
  ['Latte', 475],
  ['Drip coffee', 325],
  ['Cappuccino', 450],
  ['Espresso', 300],
  ['Almond croissant', 425],
  ['Iced latte', 525],
  ['Cold brew', 495],
  ['Banana bread', 375],
  ['Chai latte', 495],
  ['Earl grey, pot', 400],
  ['Cinnamon roll', 450],
  ['Hot chocolate', 475],
  ['Oat cookie', 325],
  ['Cortado', 425],
  ['Egg and cheddar bun', 750],
  ['Sparkling water', 275],
  ['Avocado toast', 1050],
  ['Orange juice', 550],
  ['House blend, 250 g', 1650],
  ['Single origin, 250 g', 1950],
  ['Filter papers', 850],
]

/** Products that orders are made of: a till that only sends needs no others. */
export const menuLength = menu.length

const oatMilk = { modifierId: '0b1f6a52-1f0e-7c5e-9d55-4d8f5e1a7c61', name: 'Oat milk', priceMinor: 75 }
/** Shares of orders with one line, two lines, …: 1.9 on average. */
const linesOfOrders = [0.45, 0.31, 0.15, 0.06, 0.03]

/** What the shop sells comes first, then what its storeroom lists. */
export function makeProducts({ productCount }: Pick<DataSet, 'productCount'>): Product[] {
  const random = seededRandom(1)
  const newId = idsFrom(random, () => Date.UTC(2025, 0, 1))
  return Array.from({ length: productCount }, (_, place): Product => {
    const [name, priceMinor] = menu[place] ?? [`Storeroom item ${place}`, 200 + ((place * 37) % 4_000)]
    const variant = {
      variantId: newId(),
      name: '',
      sku: `SKU-${10_000 + place}`,
      barcodes: [`40${String(place).padStart(11, '0')}`],
      priceMinor,
    }
    return {
      productId: newId(),
      name,
      categoryId: null,
      taxClassId: null,
      variants: [variant],
      modifierSetIds: [],
      picture: null,
      isStockTracked: true,
      favouritePosition: null,
      isActive: true,
    }
  })
}

/** The orders one after the other, as they leave the cashier's hands: a till gives them their receipt number and shift. */
export function* makeSales({
  shop,
  orderCount,
  productCount,
  lastAt,
  seed,
}: DataSet): Generator<SaleToCommit> {
  const random = seededRandom(seed)
  const products = makeProducts({ productCount }).slice(0, menu.length)
  const stepMs = (daysOfOrders * dayMs) / orderCount
  for (let left = orderCount - 1; left >= 0; left -= 1) {
    const now = Math.round(lastAt - left * stepMs)
    yield makeSale(shop, products, now, random)
  }
}

/** The same order as a till has written it down: the document that every contender syncs. */
function paidOrder({ order }: SaleToCommit, number: number): PaidOrder {
  const dayStart = order.occurredAt - (order.occurredAt % dayMs)
  return { ...order, receiptNumber: `7-${number}`, shiftId: uuidV7(dayStart, new Uint8Array(16)) }
}

export function* makeOrders(data: DataSet): Generator<PaidOrder> {
  let number = 0
  for (const sale of makeSales(data)) yield paidOrder(sale, (number += 1))
}

/** Proves that what came is what was sent: how many, and what they are worth together. */
export type Tally = { readonly orders: number; readonly totalMinor: number; readonly products: number }

export function tallyOf(data: DataSet): Tally {
  let totalMinor = 0
  for (const { order } of makeSales(data)) totalMinor += order.totals.totalMinor
  return { orders: data.orderCount, totalMinor, products: data.productCount }
}

function makeSale(
  { store, registerId, staffId, taxRate }: SampleShop,
  products: readonly Product[],
  now: number,
  random: () => number,
): SaleToCommit {
  const newId = idsFrom(random, () => now)
  const lines = Array.from({ length: lineCount(random) }, () =>
    makeLine(products[popularPlace(products.length, random)]!, taxRate, newId, random),
  )
  const order = {
    orderId: newId(),
    openedAt: now,
    lines,
    orderDiscount: random() < 0.03 ? staffDiscount : null,
    customerId: null,
    note: null,
    parkedAs: null,
  }
  const { totalMinor } = priceOrder(order, store.pricing).totals
  const isCash = random() < 0.3
  const tenderedMinor = isCash ? Math.ceil(totalMinor / 500) * 500 : totalMinor
  const built = buildSale(
    order,
    [{ tender: isCash ? 'cash' : 'card', amountMinor: totalMinor, tenderedMinor }],
    { store, registerId, staffId, now, newId },
  )
  if (!built.ok) throw new Error(built.failure.sentence)
  return built.value
}

const staffDiscount: Discount = { kind: 'percent', rateBasisPoints: 1_000, reason: 'Staff' }

function lineCount(random: () => number): number {
  let left = random()
  const place = linesOfOrders.findIndex((share) => (left -= share) < 0)
  return place === -1 ? linesOfOrders.length : place + 1
}

function makeLine(
  product: Product,
  taxRate: LineTaxRate,
  newId: () => string,
  random: () => number,
): OrderLineInput {
  const variant = product.variants[0]!
  return {
    lineId: newId(),
    productId: product.productId,
    variantId: variant.variantId,
    categoryId: product.categoryId,
    name: product.name,
    variantName: null,
    sku: variant.sku,
    quantityMilli: random() < 0.9 ? 1000 : 2000,
    unitPriceMinor: variant.priceMinor,
    modifiers: /latte|white|cappuccino/i.test(product.name) && random() < 0.15 ? [oatMilk] : [],
    discount: null,
    taxRates: [taxRate],
    note: null,
    catalogueVersion: 2,
    isStockTracked: product.isStockTracked,
  }
}

function idsFrom(random: () => number, now: () => number): () => string {
  return () =>
    uuidV7(
      now(),
      Uint8Array.from({ length: 16 }, () => Math.floor(random() * 256)),
    )
}
