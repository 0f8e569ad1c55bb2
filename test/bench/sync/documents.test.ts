import { describe, expect, test } from 'vitest'
import { readPaidOrder } from '#protocol/paid-order.ts'
import { samplePricing } from '../sample-order.ts'
import { type DataSet, makeOrders, makeProducts, makeSales, tallyOf } from './documents.ts'

const id = (last: number) => `0b1f6a52-1f0e-4c5e-9d55-4d8f5e1a7c0${last}`
const data: DataSet = {
  shop: {
    store: {
      storeId: id(1),
      name: 'Main Street',
      address: '',
      timeZone: 'America/New_York',
      pricing: samplePricing,
      receiptFooter: '',
    },
    registerId: id(2),
    staffId: id(3),
    taxRate: { taxRateId: id(4), name: 'Sales tax', rateBasisPoints: 825, isCompound: false },
  },
  orderCount: 2_000,
  productCount: 50,
  lastAt: Date.UTC(2026, 5, 1),
  seed: 7,
}

describe('the documents that every contender syncs', () => {
  const orders = [...makeOrders(data)]

  test('are the same whoever makes them, and others with another seed', () => {
    expect(JSON.stringify([...makeOrders(data)])).toBe(JSON.stringify(orders))
    const [other] = makeSales({ ...data, seed: 8 })
    expect(orders.map(({ orderId }) => orderId)).not.toContain(other!.order.orderId)
  })

  test('are orders that the protocol takes, of about two lines of known products', () => {
    const products = new Set(makeProducts(data).map(({ productId }) => productId))
    const lines = orders.flatMap((order) => order.lines)
    expect(lines.length / orders.length).toBeGreaterThan(1.7)
    expect(lines.length / orders.length).toBeLessThan(2.2)
    expect(lines.every(({ productId }) => products.has(productId!))).toBe(true)
    for (const order of orders.slice(0, 100)) expect(readPaidOrder(order)).toEqual(order)
  })

  test('each pays what it costs, once, within the days that a register keeps', () => {
    for (const { payments, totals, cashRoundingMinor } of orders)
      expect(payments.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(
        totals.totalMinor + cashRoundingMinor,
      )
    expect(new Set(orders.map(({ orderId }) => orderId)).size).toBe(data.orderCount)
    expect(new Set(orders.map(({ receiptNumber }) => receiptNumber)).size).toBe(data.orderCount)
    expect(orders.at(-1)!.occurredAt).toBe(data.lastAt)
    expect(data.lastAt - orders[0]!.occurredAt).toBeLessThan(30 * 86_400_000)
    expect(tallyOf(data)).toMatchObject({ orders: data.orderCount, products: data.productCount })
  })
})
