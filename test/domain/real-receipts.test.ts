import { describe, expect, test } from 'vitest'
import { mulDivRound, parseMoney } from '#domain/money.ts'
import type { Discount, OrderLineInput, PricedOrder } from '#domain/order.ts'
import { priceOrder } from '#domain/price-order.ts'
import { sharedRows, sharedTruth } from '../shared-data.ts'
import { line, pricing, rate } from './order-samples.ts'

describe('A supermarket: 1,000 receipts of one line with 5 % tax', () => {
  const name = 'supermarket_sales.csv'
  const truth = sharedTruth(name)
  const priced = sharedRows(name).map((row) => ({
    row,
    order: priceOrder(
      {
        lines: [
          line('only', minor(row['Unitprice']!), {
            quantityMilli: Number(row['Quantity']) * 1000,
            taxRates: [rate('tax', 500)],
          }),
        ],
        orderDiscount: null,
      },
      pricing(),
    ),
  }))

  test('each row’s net, tax and total are the export’s, rounded half up', () => {
    expect(priced).toHaveLength(1000)
    for (const { row, order } of priced)
      expect(order.totals).toMatchObject({
        netMinor: minor(row['cogs']!),
        taxMinor: halfUp(row['Tax']!),
        totalMinor: halfUp(row['Total']!),
      })
  })

  test('their sum is the independently known one, and rounding ties to even gives the other known one', () => {
    expect(sum(priced.map(({ order }) => order.totals.totalMinor))).toBe(
      truth['revenue_minor_if_each_row_rounded_half_up'],
    )
    const halfEven = priced.map(
      ({ order: { totals } }) => totals.netMinor + mulDivRound(totals.netMinor, 5, 100, 'half-even'),
    )
    expect(sum(halfEven)).toBe(truth['revenue_minor_if_each_row_rounded_half_even'])
  })
})

/**
 * The café charges 6.75 % on everything and 1 % more on what is prepared; an amount typed in without an item is untaxed. Found from
 * the exports' receipts of one line ($75.00 → 5.06, $8.00 → 0.62, $2.00 → 0.14); the tests below show that they give all others.
 */
const salesTax = rate('sales', 675)
const preparedFoodTax = rate('prepared', 100)
const merchandise = new Set(['sticker', 'Modern Fire Pottery Mug'])

describe.each([
  'square_items-2026-05-22-2026-05-30.csv',
  'square_items-2026-06-01-2026-06-12.csv',
  'square_items-2026-06-12-2026-06-17.csv',
])('A café’s receipts from Square: %s', (name) => {
  const truth = sharedTruth(name)
  const receipts = receiptsOf(sharedRows(name))

  test('the tax of each receipt is the export’s: per rate on the whole receipt, ties to even', () => {
    for (const { rows, order } of receipts)
      expect(order.totals.taxMinor).toBe(sum(rows.map((row) => minor(row['Tax']!))))
  })

  test('each line has the export’s gross, discount and net, and its tax within the unit that sharing gives', () => {
    for (const { rows, order } of receipts)
      for (const [index, row] of rows.entries()) {
        const { grossMinor, discountMinor, netMinor, taxMinor } = order.lines[index]!
        expect([grossMinor, 0 - discountMinor, netMinor]).toEqual(
          [row['Gross Sales']!, row['Discounts']!, row['Net Sales']!].map(minor),
        )
        expect(Math.abs(taxMinor - minor(row['Tax']!))).toBeLessThanOrEqual(1)
      }
  })

  test('the totals are the independently known ones', () => {
    const totalOf = (amount: 'grossMinor' | 'discountMinor' | 'netMinor' | 'taxMinor' | 'totalMinor') =>
      sum(receipts.map(({ order }) => order.totals[amount]))
    expect({
      gross_minor: totalOf('grossMinor'),
      discounts_minor: 0 - totalOf('discountMinor'),
      revenue_minor: totalOf('netMinor'),
      tax_minor: totalOf('taxMinor'),
      collected_before_tip_minor: totalOf('totalMinor'),
    }).toEqual({
      gross_minor: truth['gross_minor'],
      discounts_minor: truth['discounts_minor'],
      revenue_minor: truth['revenue_minor'],
      tax_minor: truth['tax_minor'],
      collected_before_tip_minor: truth['collected_before_tip_minor'],
    })
  })

  test('neither rounding per line nor ties away from zero would give these receipts', () => {
    const wrong = (taxes: (lines: readonly OrderLineInput[]) => PricedOrder) =>
      receipts.filter(({ order }) => taxes(order.lines).totals.taxMinor !== order.totals.taxMinor).length
    expect(
      wrong((lines) => priceOrder({ lines, orderDiscount: null }, pricing(), 'half-even')),
    ).toBeGreaterThan(0)
    expect(
      wrong((lines) => priceOrder({ lines, orderDiscount: null }, pricing({ taxRounding: 'order' }))),
    ).toBeGreaterThan(0)
  })
})

type Row = Record<string, string>

function receiptsOf(rows: readonly Row[]): { rows: Row[]; order: PricedOrder }[] {
  const byReceipt = Map.groupBy(rows, (row) => `${row['Transaction ID']} ${row['Event Type']}`)
  return [...byReceipt.values()].map((ofReceipt) => ({
    rows: ofReceipt,
    order: priceOrder(
      { lines: ofReceipt.map(lineOf), orderDiscount: null },
      pricing({ taxRounding: 'order' }),
      'half-even',
    ),
  }))
}

function lineOf(row: Row, index: number): OrderLineInput {
  const quantityMilli = Number(row['Qty']) * 1000
  const unitPriceMinor =
    mulDivRound(minor(row['Gross Sales']!), 1000, Math.abs(quantityMilli)) * Math.sign(quantityMilli)
  const item = row['Item']!.trim()
  const taxRates =
    item === 'Custom Amount' ? [] : merchandise.has(item) ? [salesTax] : [salesTax, preparedFoodTax]
  const staffDiscount: Discount = { kind: 'percent', rateBasisPoints: 2600, reason: '' }
  const discount = minor(row['Discounts']!) === 0 ? null : staffDiscount
  return line(String(index).padStart(3, '0'), unitPriceMinor, { quantityMilli, taxRates, discount })
}

function minor(text: string): number {
  const amount = parseMoney(text, 2, { decimalMark: '.' })
  if (!amount.ok) throw new Error(amount.failure.sentence)
  return amount.value
}

/** Decimal places beyond the second decide; worked on the digits alone, apart from the code under test. */
function halfUp(text: string): number {
  const [whole = '', decimals = ''] = text.split('.')
  const cents = Number(whole) * 100 + Number(decimals.slice(0, 2).padEnd(2, '0'))
  return Number(decimals[2] ?? '0') >= 5 ? cents + 1 : cents
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0)
}
