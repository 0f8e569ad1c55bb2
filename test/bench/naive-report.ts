import { weekdayOf } from '#domain/business-time.ts'
import type { DayRange, SalesQuery } from '#domain/report.ts'
import type { SalesFigures } from '#domain/rollups.ts'
import type { ReportedOrder } from './sample-year.ts'

type Sum = { netMinor: number; unitsMilli: number; orders: number }

/**
 * The figures of the standard report as one would write it down first: a loop over the orders, a map for each question.
 * It shares no code with the product, so that the bench also compares the results.
 */
export function naiveReport(
  { range, compareWith, storeIds, granularity }: SalesQuery,
  orders: readonly ReportedOrder[],
) {
  const keyOf = (order: ReportedOrder): string =>
    granularity === 'month' ? order.businessDay.slice(0, 7) : order.businessDay
  const now = sumRange(range, storeIds, orders, keyOf)
  const before = compareWith && sumRange(compareWith, storeIds, orders, keyOf)
  const ranked = (ranking: Map<string, Sum>, previous: Map<string, Sum> | undefined) =>
    [...ranking]
      .map(([id, sum]) => ({
        id,
        ...sum,
        previousNetMinor: previous ? (previous.get(id)?.netMinor ?? 0) : null,
      }))
      .sort((a, b) => b.netMinor - a.netMinor || (a.id < b.id ? -1 : 1))
  return {
    ...now,
    products: ranked(now.products, before?.products),
    categories: ranked(now.categories, before?.categories),
    stores: ranked(now.stores, before?.stores),
    registers: ranked(now.registers, before?.registers),
  }
}

function sumRange(
  range: DayRange,
  storeIds: readonly string[] | null,
  orders: readonly ReportedOrder[],
  keyOf: (order: ReportedOrder) => string,
) {
  const figures = noSales()
  const series = new Map<string, SalesFigures>()
  const heat = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0))
  const rankings = {
    products: newRanking(),
    categories: newRanking(),
    stores: newRanking(),
    registers: newRanking(),
  }
  const tenders = new Map<string, { payments: number; amountMinor: number }>()
  for (const order of orders) {
    if (order.businessDay < range.from || order.businessDay > range.to) continue
    if (storeIds && !storeIds.includes(order.storeId)) continue
    const { lines, totals } = order
    const unitsMilli = lines.reduce((units, line) => units + line.quantityMilli, 0)
    const key = keyOf(order)
    if (!series.has(key)) series.set(key, noSales())
    addOrder(figures, order, unitsMilli)
    addOrder(series.get(key)!, order, unitsMilli)
    heat[weekdayOf(order.businessDay)]![order.businessHour]! += totals.netMinor
    const count = order.refundOf === null ? 1 : 0
    addTo(rankings.stores, order.storeId, totals.netMinor, unitsMilli, count)
    addTo(rankings.registers, order.registerId, totals.netMinor, unitsMilli, count)
    for (const line of lines) {
      addTo(rankings.products, line.productId ?? '', line.netMinor, line.quantityMilli, 0)
      addTo(rankings.categories, line.categoryId ?? '', line.netMinor, line.quantityMilli, 0)
    }
    for (const { tender, amountMinor } of order.payments) {
      const sum = tenders.get(tender) ?? { payments: 0, amountMinor: 0 }
      tenders.set(tender, { payments: sum.payments + 1, amountMinor: sum.amountMinor + amountMinor })
    }
  }
  return { figures, series, heat, ...rankings, tenders }
}

function addOrder(figures: SalesFigures, { refundOf, totals }: ReportedOrder, unitsMilli: number): void {
  if (refundOf === null) figures.orders += 1
  else {
    figures.refunds += 1
    figures.refundMinor -= totals.netMinor
  }
  figures.unitsMilli += unitsMilli
  figures.grossMinor += totals.grossMinor
  figures.discountMinor += totals.discountMinor
  figures.netMinor += totals.netMinor
  figures.taxMinor += totals.taxMinor
}

function addTo(
  ranking: Map<string, Sum>,
  id: string,
  netMinor: number,
  unitsMilli: number,
  orders: number,
): void {
  const sum = ranking.get(id)
  if (!sum) ranking.set(id, { netMinor, unitsMilli, orders })
  else {
    sum.netMinor += netMinor
    sum.unitsMilli += unitsMilli
    sum.orders += orders
  }
}

function newRanking(): Map<string, Sum> {
  return new Map()
}

function noSales(): SalesFigures {
  return {
    orders: 0,
    refunds: 0,
    unitsMilli: 0,
    grossMinor: 0,
    discountMinor: 0,
    netMinor: 0,
    taxMinor: 0,
    refundMinor: 0,
  }
}
