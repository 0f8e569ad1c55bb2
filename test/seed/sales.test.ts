import { describe, expect, test } from 'vitest'
import { businessTime } from '#domain/business-time.ts'
import type { PaidOrder } from '#domain/order.ts'
import { priceOrder } from '#domain/price-order.ts'
import { readPaidOrder } from '#protocol/paid-order.ts'
import { makeShop } from '../../server/seed/make-shop.ts'
import { generateSales } from '../../server/seed/sales.ts'
import type { DayOfSales } from '../../server/seed/sales.ts'

const shop = makeShop(7)
const now = Date.parse('2026-11-20T18:20:00Z')

function history(
  options: { now?: number; days?: number; orders?: number; shop?: typeof shop } = {},
): DayOfSales[] {
  return [...generateSales({ shop, now, days: 365, orders: 12_000, firstReceiptSeries: 4, ...options })]
}

const year = history()
const orders = year.flatMap((day) => day.orders)
const sales = orders.filter((order) => order.refundOf === null)
const refunds = orders.filter((order) => order.refundOf !== null)

function countBy(keyOf: (order: PaidOrder) => string | number): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const order of orders) counts[keyOf(order)] = (counts[keyOf(order)] ?? 0) + 1
  return counts
}

function shareOf(part: number, whole: number): number {
  return Math.round((part / whole) * 1000) / 1000
}

describe('chance', () => {
  test('the same seed and moment give the same sales, another seed gives others', () => {
    expect(history({ days: 20, orders: 400 })).toEqual(history({ days: 20, orders: 400 }))
    const others = history({ days: 20, orders: 400, shop: makeShop(8) })
    expect(others[3]!.orders[0]!.totals).not.toEqual(history({ days: 20, orders: 400 })[3]!.orders[0]!.totals)
  })

  test('an hour later there are the same sales and those of the hour', () => {
    const before = history({ days: 20, orders: 2_000 }).flatMap((day) => day.orders)
    const after = history({ days: 20, orders: 2_000, now: now + 3_600_000 }).flatMap((day) => day.orders)
    expect(after.length).toBeGreaterThan(before.length)
    expect(after.filter(({ occurredAt }) => occurredAt <= now)).toEqual(before)
  })
})

describe('the shape of a year', () => {
  test('is about as many orders as wanted, none of them in the future', () => {
    expect(orders.length).toBeGreaterThan(11_600)
    expect(orders.length).toBeLessThan(12_400)
    expect(Math.max(...orders.map(({ occurredAt }) => occurredAt))).toBeLessThanOrEqual(now)
  })

  test('the last full months outsell the first, as the shop grows', () => {
    const months = countBy(({ businessDay }) => businessDay.slice(0, 7))
    expect(Object.keys(months)).toHaveLength(13)
    expect(months['2026-10']! / months['2026-02']!).toBeGreaterThan(1.1)
    for (const [month, count] of Object.entries(months))
      if (month !== '2025-11' && month !== '2026-11') expect(count).toBeGreaterThan(700)
  })

  test('mornings are busiest, lunch is busier than the hour before it, holidays are quiet', () => {
    const hours = countBy(({ businessHour }) => businessHour)
    const busiest = Math.max(...Object.values(hours))
    expect([8, 9].map((hour) => hours[hour])).toContain(busiest)
    expect(hours[12]).toBeGreaterThan(hours[11]!)
    expect(hours[18]).toBeLessThan(hours[12]! / 2)
    const days = countBy(({ businessDay }) => businessDay)
    expect(days['2025-12-25']).toBeLessThan(days['2025-12-18']! / 2)
  })

  test('iced drinks sell in summer and pumpkin in autumn only', () => {
    const linesOf = (months: RegExp) =>
      sales.filter(({ businessDay }) => months.test(businessDay)).flatMap(({ lines }) => lines)
    const shareIn = (months: RegExp, name: RegExp) =>
      linesOf(months).filter((line) => name.test(line.name)).length / linesOf(months).length
    expect(shareIn(/-0[678]-/, /^Iced|Cold brew/)).toBeGreaterThan(
      2 * shareIn(/-(12|01|02)-/, /^Iced|Cold brew/),
    )
    expect(shareIn(/-(10|11)-/, /Pumpkin/)).toBeGreaterThan(0.02)
    expect(shareIn(/-0[2-8]-/, /Pumpkin/)).toBe(0)
  })

  test('refunds, discounts and tenders have their usual shares', () => {
    const lines = sales.flatMap((order) => order.lines)
    const payments = sales.flatMap((order) => order.payments)
    const paid = (tender: string) => payments.filter((payment) => payment.tender === tender).length
    expect(shareOf(refunds.length, orders.length)).toBeCloseTo(0.006, 2)
    expect(shareOf(lines.filter(({ discount }) => discount !== null).length, lines.length)).toBeCloseTo(
      0.03,
      1,
    )
    expect(shareOf(sales.filter((sale) => sale.orderDiscount !== null).length, sales.length)).toBeCloseTo(
      0.02,
      1,
    )
    expect(shareOf(paid('cash'), payments.length)).toBeCloseTo(0.25, 1)
    expect(shareOf(paid('card'), payments.length)).toBeCloseTo(0.7, 1)
    expect(Math.max(...sales.map((sale) => sale.lines.length))).toBe(5)
  })
})

describe('every order', () => {
  test('is what the protocol takes', () => {
    for (const order of orders.slice(0, 2_000)) expect(readPaidOrder(order)).toEqual(order)
    for (const refund of refunds) expect(readPaidOrder(refund)).toEqual(refund)
  })

  test('[R7] a sale is priced as the till prices it', () => {
    for (const sale of sales) {
      const { lines, totals } = priceOrder(sale, sale.pricing)
      expect(lines).toEqual(sale.lines)
      expect(totals).toEqual(sale.totals)
    }
  })

  test('adds up: totals are the sum of lines, payments are the total and its rounding', () => {
    for (const { lines, totals, payments, cashRoundingMinor } of orders) {
      const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0)
      expect(sumOf(lines.map((line) => line.totalMinor))).toBe(totals.totalMinor)
      expect(totals.netMinor + totals.taxMinor).toBe(totals.totalMinor)
      expect(sumOf(payments.map((payment) => payment.amountMinor))).toBe(
        totals.totalMinor + cashRoundingMinor,
      )
      for (const { tenderedMinor, amountMinor, changeMinor } of payments)
        expect(tenderedMinor - changeMinor).toBe(amountMinor)
    }
  })

  test('lies on the day and in the hour that its store’s clock showed', () => {
    const zones = new Map(shop.stores.map(({ store }) => [store.storeId, store.timeZone]))
    for (const { occurredAt, storeId, businessDay, businessHour } of orders)
      expect(businessTime(occurredAt, zones.get(storeId)!)).toEqual({ day: businessDay, hour: businessHour })
  })

  test('keeps to the choices of its modifier sets', () => {
    const bySet = new Map(shop.catalogue.products.map((each) => [each.product.productId, each.modifierSets]))
    for (const line of sales.flatMap((sale) => sale.lines)) {
      for (const set of bySet.get(line.productId!)!) {
        const ids = set.modifiers.map(({ modifierId }) => modifierId)
        const chosen = line.modifiers.filter(({ modifierId }) => ids.includes(modifierId))
        expect(chosen.length).toBeGreaterThanOrEqual(set.leastChoices)
        expect(chosen.length).toBeLessThanOrEqual(set.mostChoices)
      }
    }
  })

  test('moves the stock of tracked goods, and a refund moves it back', () => {
    for (const order of orders)
      expect(order.movements.map(({ productId, quantityMilli }) => [productId, quantityMilli])).toEqual(
        order.lines
          .filter((line) => line.isStockTracked)
          .map((line) => [line.productId, 0 - line.quantityMilli]),
      )
    expect(orders.some(({ movements }) => movements.length > 0)).toBe(true)
  })

  test('a refund follows its sale at the same store and takes back no more than was sold', () => {
    expect(refunds.length).toBeGreaterThan(30)
    const byId = new Map(sales.map((sale) => [sale.orderId, sale]))
    for (const refund of refunds) {
      const sale = byId.get(refund.refundOf!)!
      expect(refund.storeId).toBe(sale.storeId)
      expect(refund.occurredAt).toBeGreaterThan(sale.occurredAt)
      expect(refund.totals.totalMinor).toBeLessThanOrEqual(0)
      expect(0 - refund.totals.totalMinor).toBeLessThanOrEqual(sale.totals.totalMinor)
    }
  })
})

describe('tills', () => {
  test('[C2] receipt numbers are gapless in each register’s own series, in the order of time', () => {
    const bySeries = Map.groupBy(orders, ({ receiptNumber }) => receiptNumber.split('-')[0]!)
    expect([...bySeries.keys()].toSorted()).toEqual(['4', '5', '6', '7', '8', '9'])
    for (const [series, ofSeries] of bySeries) {
      expect(ofSeries.map(({ receiptNumber }) => receiptNumber)).toEqual(
        ofSeries.map((_, index) => `${series}-${index + 1}`),
      )
      expect(new Set(ofSeries.map(({ registerId }) => registerId)).size).toBe(1)
      const times = ofSeries.map(({ occurredAt }) => occurredAt)
      expect(times).toEqual(times.toSorted((a, b) => a - b))
    }
  })

  test('a shift expects its float and the cash of its orders, and is counted nearly so', () => {
    const cash = new Map<string, number>()
    for (const { shiftId, payments } of orders)
      for (const { tender, amountMinor } of payments)
        if (tender === 'cash') cash.set(shiftId!, (cash.get(shiftId!) ?? 0) + amountMinor)
    const shifts = year.flatMap((day) => day.shifts)
    expect(shifts).toHaveLength(365 * 6)
    const closed = shifts.filter(({ closedAt }) => closedAt !== null)
    for (const shift of closed) {
      expect(shift.expectedCashMinor).toBe(shift.openingFloatMinor + (cash.get(shift.shiftId) ?? 0))
      expect(Math.abs(shift.countedCashMinor! - shift.expectedCashMinor!)).toBeLessThanOrEqual(2_000)
    }
    const overShort = closed.map(
      ({ countedCashMinor, expectedCashMinor }) => countedCashMinor! - expectedCashMinor!,
    )
    expect(overShort.filter((difference) => difference === 0).length).toBeGreaterThan(closed.length / 2)
    expect(overShort.some((difference) => difference !== 0)).toBe(true)
    expect(shifts.length - closed.length).toBe(6)
  })
})
