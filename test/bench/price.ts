import type { OrderLineInput } from '#domain/order.ts'
import { priceOrder } from '#domain/price-order.ts'
import type { Bench } from './bench.ts'
import { measureRounds, rowsOf, timed } from './measure.ts'
import { sampleLines, samplePricing, sampleProducts, seededRandom } from './sample-order.ts'

const limit = 'the sums alone'
const linesAnOrder = 5

export const price: Bench = {
  name: 'price',
  about: 'pricing orders of five lines with a sales tax: no storage, no screen',
  limit: 'the same sums in a plain loop, which knows no discount and keeps nothing of a line',
  rounds: 7,
  async run(options) {
    const orders = sampleOrders(options.size === 'full' ? 2_000 : 20)
    if (orders.some((lines) => priced(lines) !== sumsAlone(lines)))
      throw new Error('The two do not come to the same totals')
    const contenders = {
      [limit]: () => ordersPerSecond(orders, sumsAlone),
      evertill: () => ordersPerSecond(orders, priced),
    }
    const measured = await measureRounds(contenders, options.size === 'full' ? 15 : 2, options)
    return rowsOf(measured, 'orders/s', limit)
  },
}

type Lines = readonly OrderLineInput[]

function sampleOrders(count: number): Lines[] {
  const random = seededRandom(1)
  const products = sampleProducts(200)
  return Array.from({ length: count }, () => sampleLines(products, linesAnOrder, random))
}

function priced(lines: Lines): number {
  return priceOrder({ lines, orderDiscount: null }, samplePricing).totals.totalMinor
}

function sumsAlone(lines: Lines): number {
  let totalMinor = 0
  for (const { quantityMilli, unitPriceMinor, taxRates } of lines) {
    const grossMinor = Math.round((quantityMilli * unitPriceMinor) / 1000)
    totalMinor += grossMinor
    for (const { rateBasisPoints } of taxRates)
      totalMinor += Math.round((grossMinor * rateBasisPoints) / 10_000)
  }
  return totalMinor
}

async function ordersPerSecond(orders: readonly Lines[], work: (lines: Lines) => number): Promise<number> {
  let sumMinor = 0
  const elapsedMs = await timed(() => {
    for (const lines of orders) sumMinor += work(lines)
  })
  if (sumMinor === 0) throw new Error('Nothing was priced')
  return (orders.length / elapsedMs) * 1000
}
