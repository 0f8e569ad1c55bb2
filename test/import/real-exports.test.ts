import { describe, expect, test } from 'vitest'
import { buildOrders } from '../../src/import/build-orders.ts'
import type { ColumnMapping } from '../../src/import/column-mapping.ts'
import { decodeFile } from '../../src/import/decode-file.ts'
import type { ImportedLine, ImportedOrder, ImportedSales } from '../../src/import/imported-order.ts'
import { parseMap } from '../../src/import/parse-map.ts'
import { readTable } from '../../src/import/read-table.ts'
import { recogniseShape } from '../../src/import/recognise-shape.ts'
import { sharedData, sharedTruth } from '../shared-data.ts'

function tableOf(name: string) {
  const decoded = decodeFile(sharedData(name), name)
  if (!decoded.ok) throw new Error(decoded.failure.sentence)
  const read = readTable(decoded.value.text)
  if (!read.ok) throw new Error(read.failure.sentence)
  return read.value
}

function imported(name: string, mapping?: ColumnMapping, storeTimeZone = 'America/New_York'): ImportedSales {
  const table = tableOf(name)
  const outcome = buildOrders(table, mapping ?? recogniseShape(table.header).mapping, {
    storeTimeZone,
    currency: { exponent: 2 },
    fallbackStoreName: '',
    dateOrder: null,
    decimalMark: null,
  })
  if (!outcome.ok) throw new Error(outcome.failure.sentence)
  return outcome.value
}

type Amount = (line: ImportedLine) => number
const netOf: Amount = (line) => line.netMinor
const totalOf: Amount = (line) => line.totalMinor

function sumsBy(
  sales: ImportedSales,
  key: (line: ImportedLine, order: ImportedOrder) => string,
  amount: Amount,
) {
  const sums: Record<string, number> = {}
  for (const order of sales.orders)
    for (const line of order.lines) {
      const name = key(line, order)
      sums[name] = (sums[name] ?? 0) + amount(line)
    }
  return sums
}

const monthOf = (_: ImportedLine, order: ImportedOrder) => order.businessDay.slice(0, 7)
const storeOf = (_: ImportedLine, order: ImportedOrder) => order.storeName
const hourOf = (_: ImportedLine, order: ImportedOrder) => String(order.businessHour).padStart(2, '0')
const productOf = (line: ImportedLine) => line.productKey

type TopProduct = { readonly product: string; readonly revenue_minor: number; readonly quantity: number }

function expectTruth(sales: ImportedSales, truth: Record<string, unknown>): void {
  expect(sales.refused).toEqual([])
  expect(sales.summary).toMatchObject({
    rows: truth['rows'],
    rowsTaken: truth['rows'],
    orders: truth['distinct_transactions'],
    quantityMilli: (truth['quantity'] as number) * 1000,
    netMinor: truth['revenue_minor'],
    firstDay: truth['first_date'],
    lastDay: truth['last_date'],
    warnings: [],
  })
  expect(sumsBy(sales, monthOf, netOf)).toEqual(truth['by_month'])
  expect(sumsBy(sales, storeOf, netOf)).toEqual(truth['by_store'])
  expect(sumsBy(sales, hourOf, netOf)).toEqual(truth['by_hour'])
  expect(sales.products).toHaveLength(truth['distinct_products'] as number)
  const revenue = sumsBy(sales, productOf, netOf)
  const units = sumsBy(sales, productOf, (line) => line.quantityMilli)
  for (const top of truth['top_products'] as TopProduct[])
    expect([top.product, revenue[top.product], units[top.product]]).toEqual([
      top.product,
      top.revenue_minor,
      top.quantity * 1000,
    ])
}

describe('a coffee chain’s half year', () => {
  const name = 'coffee_shop_sales.csv.gz'

  test('has the independently known figures to the cent, in under 3 s of processor time', () => {
    const truth = sharedTruth(name)
    // Processor time, as other work on the machine must not fail this.
    const before = process.threadCpuUsage()
    const sales = imported(name)
    const used = process.threadCpuUsage(before)
    expectTruth(sales, truth)
    expect(sumsBy(sales, (line) => line.categoryName ?? '', netOf)).toEqual(truth['by_category'])
    const names = new Map(sales.products.map((product) => [product.productKey, product.productName]))
    for (const top of truth['top_products'] as { product: string; name: string }[])
      expect(names.get(top.product)).toBe(top.name)
    expect((used.user + used.system) / 1000).toBeLessThan(3000)
  })

  test('is recognised', () => {
    expect(recogniseShape(tableOf(name).header).shape).toBe('coffee-chain')
  })
})

describe.each([
  'square_items-2026-05-22-2026-05-30.csv',
  'square_items-2026-06-01-2026-06-12.csv',
  'square_items-2026-06-12-2026-06-17.csv',
])('%s', (name) => {
  // The zone of the device is of no matter: the export names its own.
  const sales = imported(name, undefined, 'Asia/Tokyo')
  const truth = sharedTruth(name)

  test('has the independently known figures to the cent', () => {
    expect(recogniseShape(tableOf(name).header).shape).toBe('square-items')
    expectTruth(sales, truth)
    expect(sales.summary).toMatchObject({
      grossMinor: truth['gross_minor'],
      discountMinor: -(truth['discounts_minor'] as number) + 0,
      taxMinor: truth['tax_minor'],
      totalMinor: truth['collected_before_tip_minor'],
    })
  })

  test('keeps refunds apart from sales', () => {
    const events = truth['by_event'] as Record<
      'Payment' | 'Refund',
      { rows: number; net_minor: number } | undefined
    >
    const refunds = sales.orders.filter((order) => order.isRefund)
    expect(refunds.flatMap((order) => order.lines)).toHaveLength(events.Refund?.rows ?? 0)
    expect(refunds.reduce((sum, order) => sum + order.totals.netMinor, 0)).toBe(events.Refund?.net_minor ?? 0)
    for (const line of refunds.flatMap((order) => order.lines)) expect(line.quantityMilli).toBeLessThan(0)
  })

  test('has the modifiers', () => {
    const counts: Record<string, number> = {}
    for (const order of sales.orders)
      for (const line of order.lines)
        for (const modifier of line.modifiers) counts[modifier] = (counts[modifier] ?? 0) + 1
    for (const [modifier, count] of truth['top_modifiers'] as [string, number][])
      expect([modifier, counts[modifier]]).toEqual([modifier, count])
  })

  test('places each sale at its instant in the zone that the export names', () => {
    for (const order of sales.orders) {
      const local = new Intl.DateTimeFormat('en-CA', {
        timeZone: 'America/New_York',
        dateStyle: 'short',
      }).format(order.occurredAt)
      expect(local).toBe(order.businessDay)
    }
  })
})

describe('a supermarket’s export with a map of its own', () => {
  const name = 'supermarket_sales.csv'
  const map =
    'date=Date,time=Time,transactionId=InvoiceID,store=Branch,product=Productline,quantity=Quantity,' +
    'unitPrice=Unitprice,tax=Tax,total=Total,tender=Payment'
  const truth = sharedTruth(name)

  function sales(): ImportedSales {
    const mapping = parseMap(map, tableOf(name).header)
    if (!mapping.ok) throw new Error(mapping.failure.sentence)
    return imported(name, mapping.value, 'Asia/Yangon')
  }

  test('rounds each row once: totals half up, net to the cent', () => {
    const { summary, refused } = sales()
    expect(refused).toEqual([])
    expect(summary).toMatchObject({
      rows: truth['rows'],
      orders: truth['distinct_transactions'],
      quantityMilli: (truth['quantity'] as number) * 1000,
      totalMinor: truth['revenue_minor_if_each_row_rounded_half_up'],
      netMinor: truth['cogs_net_minor'],
      grossMinor: truth['cogs_net_minor'],
      firstDay: truth['first_date'],
      lastDay: truth['last_date'],
      warnings: [],
    })
  })

  test('places rows by US dates, which only the whole column tells', () => {
    for (const [key, expected] of [
      [monthOf, truth['by_month']],
      [storeOf, truth['by_store']],
      [hourOf, truth['by_hour']],
      [
        productOf,
        Object.fromEntries(
          (truth['top_products'] as TopProduct[]).map((top) => [top.product, top.revenue_minor]),
        ),
      ],
    ] as const) {
      const sums = sumsBy(sales(), key, totalOf)
      expect(Object.keys(sums).sort()).toEqual(Object.keys(expected as object).sort())
      // The truth rounds each sum once, this import each row: at most half a cent a row apart.
      for (const [group, minor] of Object.entries(expected as Record<string, number>))
        expect(Math.abs((sums[group] ?? 0) - minor)).toBeLessThan(100)
    }
  })

  test('is asked about when only its unclear dates are left', () => {
    const table = tableOf(name)
    const column = table.header.indexOf('Date')
    const rows = table.rows.filter((cells) => Number(cells[column]?.split('/')[1]) <= 12)
    const mapping = parseMap(map, table.header)
    if (!mapping.ok) throw new Error(mapping.failure.sentence)
    const options = {
      storeTimeZone: 'Asia/Yangon',
      currency: { exponent: 2 as const },
      fallbackStoreName: '',
    }
    const outcome = buildOrders({ ...table, rows }, mapping.value, {
      ...options,
      dateOrder: null,
      decimalMark: null,
    })
    expect(!outcome.ok && outcome.questions.map((question) => question.kind)).toEqual(['date-order'])
  })
})

describe('exports of catalogues', () => {
  test.each(['loyverse_export_items_excerpt.csv', 'shopify_product_template.csv', 'pizza_types.csv'])(
    '%s is not taken for sales',
    (name) => {
      const { header } = tableOf(name)
      const outcome = buildOrders(tableOf(name), recogniseShape(header).mapping, {
        storeTimeZone: 'UTC',
        currency: { exponent: 2 },
        fallbackStoreName: 'Shop',
        dateOrder: null,
        decimalMark: null,
      })
      expect(!outcome.ok && outcome.failure.code).toBe('import/mapping-incomplete')
    },
  )
})
