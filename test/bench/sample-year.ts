import { eachDay } from '#domain/business-time.ts'
import type { PaidOrder } from '#domain/order.ts'
import { addCells, type CellSums, cellsOfOrder, emptyCells, listCells } from '#domain/reduce-sales.ts'
import type { Segment } from '#domain/rollups.ts'
import { paidOrder, segmentOf } from '../domain/sales-samples.ts'
import { checkTime } from './measure.ts'
import { popularPlace, seededRandom } from './sample-order.ts'

/** What reports read of an order: a million lines with everything on them would not fit in memory. */
export type ReportedOrder = Pick<
  PaidOrder,
  'storeId' | 'registerId' | 'businessDay' | 'businessHour' | 'refundOf' | 'totals' | 'payments'
> & {
  readonly lines: readonly Pick<
    PaidOrder['lines'][number],
    'productId' | 'categoryId' | 'quantityMilli' | 'netMinor'
  >[]
}

export type SampleYear = {
  readonly orders: readonly ReportedOrder[]
  readonly segments: readonly Segment[]
  readonly lineCount: number
}

const productCount = 2_000
const categoryCount = 20

/**
 * Orders of three stores with two registers each, spread over 2025, and the segments that hold their sums: a year for
 * each of the sizes, smallest first, every one with the orders of those before it.
 */
export async function* sampleYears(
  orderCounts: readonly number[],
  signal: AbortSignal,
): AsyncGenerator<SampleYear> {
  const random = seededRandom(2)
  const days = [...eachDay('2025-01-01', '2025-12-31')]
  const orders: ReportedOrder[] = []
  const sums = new Map<string, CellSums>()
  let lineCount = 0
  for (const orderCount of orderCounts) {
    while (orders.length < orderCount) {
      if (orders.length % 10_000 === 0) await checkTime(signal)
      const order = sampleSale(days[Math.floor(random() * days.length)]!, random)
      addSale(sums, order)
      orders.push(reportedPart(order))
      lineCount += order.lines.length
    }
    yield { orders, segments: [...sums].map(toSegment), lineCount }
  }
}

function addSale(sums: Map<string, CellSums>, order: PaidOrder): void {
  const key = `${order.storeId} ${order.businessDay.slice(0, 7)}`
  let cells = sums.get(key)
  if (!cells) sums.set(key, (cells = emptyCells()))
  addCells(cells, cellsOfOrder(order))
}

function toSegment([key, cells]: [string, CellSums]): Segment {
  const [storeId = '', month = ''] = key.split(' ')
  return segmentOf(storeId, month, listCells(cells))
}

function sampleSale(day: string, random: () => number): PaidOrder {
  return paidOrder({
    store: `store-${Math.floor(random() * 3)}`,
    register: `register-${Math.floor(random() * 2)}`,
    day,
    hour: 7 + Math.floor(random() * 14),
    isRefund: random() < 0.01,
    // 1 to 8 lines, 4.5 on average.
    lines: Array.from({ length: 1 + Math.floor(random() * 8) }, () => {
      const product = popularPlace(productCount, random)
      return {
        productId: `product-${product}`,
        categoryId: `category-${product % categoryCount}`,
        quantityMilli: random() < 0.8 ? 1000 : 2000,
        netMinor: 150 + ((product * 37) % 2_000),
      }
    }),
    tender: random() < 0.6 ? 'card' : 'cash',
  })
}

function reportedPart(order: PaidOrder): ReportedOrder {
  const { storeId, registerId, businessDay, businessHour, refundOf, totals, payments } = order
  const lines = order.lines.map(({ productId, categoryId, quantityMilli, netMinor }) => ({
    productId,
    categoryId,
    quantityMilli,
    netMinor,
  }))
  return { storeId, registerId, businessDay, businessHour, refundOf, totals, payments, lines }
}
