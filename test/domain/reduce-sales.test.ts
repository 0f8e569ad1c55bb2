import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PaidOrder, Payment } from '#domain/order.ts'
import { priceOrder, totalsOf } from '#domain/price-order.ts'
import { addCells, cellsOfOrder, emptyCells, listCells } from '#domain/reduce-sales.ts'
import { refundLines } from '#domain/refund.ts'
import { line, orders, paidOrder, pricing, rate } from './order-samples.ts'

function payment(tender: Payment['tender'], amountMinor: number): Payment {
  return {
    paymentId: `${tender} ${amountMinor}`,
    tender,
    amountMinor,
    tenderedMinor: amountMinor,
    changeMinor: 0,
  }
}

function refundOf(sale: PaidOrder): PaidOrder {
  const lines = refundLines(sale, sale.lines)
  if (!lines.ok) throw new Error(lines.failure.sentence)
  const payments = sale.payments.map(({ tender, amountMinor }) => payment(tender, 0 - amountMinor))
  return paidOrder(
    { lines: lines.value, totals: totalsOf(lines.value) },
    { refundOf: sale.orderId, payments },
  )
}

const sale = paidOrder(
  priceOrder(
    {
      lines: [
        line('1', 700, {
          productId: 'latte',
          categoryId: 'coffee',
          quantityMilli: 2000,
          taxRates: [rate('vat', 1000)],
        }),
        line('2', 500, { productId: 'latte', categoryId: 'coffee' }),
        line('3', 500, { productId: 'latte', categoryId: 'specials' }),
        line('4', 300, { productId: null, discount: { kind: 'amount', amountMinor: 50, reason: '' } }),
      ],
      orderDiscount: null,
    },
    pricing(),
  ),
  { payments: [payment('cash', 2000), payment('card', 700), payment('card', 90)] },
)

describe('[D2] cellsOfOrder', () => {
  test('a sale counts in its hour, its products and its tenders', () => {
    expect(cellsOfOrder(sale)).toEqual({
      hours: [
        {
          day: '2025-06-15',
          hour: 15,
          registerId: 'register-1',
          orders: 1,
          refunds: 0,
          unitsMilli: 5000,
          grossMinor: 2700,
          discountMinor: 50,
          netMinor: 2650,
          taxMinor: 140,
          refundMinor: 0,
        },
      ],
      products: [
        { day: '2025-06-15', productId: '', categoryId: '', unitsMilli: 1000, netMinor: 250 },
        { day: '2025-06-15', productId: 'latte', categoryId: 'coffee', unitsMilli: 3000, netMinor: 1900 },
        { day: '2025-06-15', productId: 'latte', categoryId: 'specials', unitsMilli: 1000, netMinor: 500 },
      ],
      tenders: [
        { day: '2025-06-15', tender: 'card', payments: 2, amountMinor: 790 },
        { day: '2025-06-15', tender: 'cash', payments: 1, amountMinor: 2000 },
      ],
    })
  })

  test('a whole refund takes everything off again and says how much went back', () => {
    const sums = emptyCells()
    addCells(sums, cellsOfOrder(sale))
    addCells(sums, cellsOfOrder(refundOf(sale)))
    const { hours, products, tenders } = listCells(sums)
    expect(hours).toMatchObject([
      {
        orders: 1,
        refunds: 1,
        unitsMilli: 0,
        grossMinor: 0,
        discountMinor: 0,
        netMinor: 0,
        taxMinor: 0,
        refundMinor: 2650,
      },
    ])
    expect(products.every(({ unitsMilli, netMinor }) => unitsMilli === 0 && netMinor === 0)).toBe(true)
    expect(tenders).toMatchObject([
      { payments: 4, amountMinor: 0 },
      { payments: 2, amountMinor: 0 },
    ])
  })
})

describe('[D2] addCells', () => {
  const sales = fc.array(
    fc.record({
      order: orders,
      businessDay: fc.constantFrom('2025-06-14', '2025-06-15'),
      businessHour: fc.integer({ min: 0, max: 23 }),
      registerId: fc.constantFrom('register-1', 'register-2'),
      tender: fc.constantFrom('cash' as const, 'card' as const),
      isRefunded: fc.boolean(),
    }),
    { maxLength: 8 },
  )
  const paid = sales.map((list) =>
    list.flatMap(({ order, tender, isRefunded, ...when }) => {
      const priced = priceOrder(order, pricing())
      const sold = paidOrder(priced, { ...when, payments: [payment(tender, priced.totals.totalMinor)] })
      return isRefunded ? [sold, refundOf(sold)] : [sold]
    }),
  )

  test('the sum of the cells is the sum of the orders, in whatever order they come', () => {
    fc.assert(
      fc.property(paid, (list) => {
        const { hours, products, tenders } = summed(list)
        const net = total(list.map((order) => order.totals.netMinor))
        expect(total(hours.map((cell) => cell.netMinor))).toBe(net)
        expect(total(products.map((cell) => cell.netMinor))).toBe(net)
        expect(total(hours.map((cell) => cell.orders + cell.refunds))).toBe(list.length)
        expect(total(tenders.map((cell) => cell.amountMinor))).toBe(
          total(list.map((order) => order.totals.totalMinor)),
        )
        expect(summed(list.toReversed())).toEqual({ hours, products, tenders })
      }),
    )
  })

  test('sums of sums are the sum, and what is added stays as it was', () => {
    fc.assert(
      fc.property(paid, fc.nat({ max: 8 }), (list, cut) => {
        const parts = [summed(list.slice(0, cut)), summed(list.slice(cut))]
        const before = structuredClone(parts)
        const sums = emptyCells()
        for (const part of parts) addCells(sums, part)
        expect(listCells(sums)).toEqual(summed(list))
        expect(parts).toEqual(before)
      }),
    )
  })
})

function summed(list: readonly PaidOrder[]) {
  const sums = emptyCells()
  for (const order of list) addCells(sums, cellsOfOrder(order))
  return listCells(sums)
}

function total(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0)
}
