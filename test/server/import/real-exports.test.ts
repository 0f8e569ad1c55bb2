import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SalesQuery, SalesReport } from '#domain/report.ts'
import { salesReport } from '#domain/sales-report.ts'
import { sharedData, sharedTruth } from '../../shared-data.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { openShop } from '../virtual-shop.ts'
import { importFile, loadDevice, serverReport, type LoadedDevice } from './imported-shop.ts'

type Truth = {
  readonly rows: number
  readonly distinct_transactions: number
  readonly revenue_minor: number
  readonly quantity: number
  readonly first_date: string
  readonly last_date: string
  readonly by_month: Record<string, number>
  readonly by_store: Record<string, number>
  readonly by_hour: Record<string, number>
  readonly by_category?: Record<string, number>
  readonly distinct_products: number
  readonly top_products: readonly {
    readonly product: string
    readonly name?: string
    readonly revenue_minor: number
    readonly quantity: number
  }[]
}

const exports = [
  { name: 'coffee_shop_sales.csv.gz', refunds: 0 },
  { name: 'square_items-2026-05-22-2026-05-30.csv', refunds: 1 },
  { name: 'square_items-2026-06-01-2026-06-12.csv', refunds: 0 },
  { name: 'square_items-2026-06-12-2026-06-17.csv', refunds: 0 },
] as const

describe.each(exports)('[D2] after importing $name', ({ name, refunds }) => {
  const truth = sharedTruth(name) as unknown as Truth
  const range = { from: truth.first_date, to: truth.last_date }
  let on: TestDatabase
  let tenantId: string
  let device: LoadedDevice
  let byMonth: SalesReport
  let byHour: SalesReport
  let refusedRows: number
  let ordersTaken: number

  const ask = (granularity: SalesQuery['granularity']): SalesQuery => ({
    range,
    compareWith: null,
    storeIds: null,
    granularity,
  })

  beforeAll(async () => {
    on = await createTestDatabase()
    tenantId = (await openShop(on.database)).tenantId
    const taken = await importFile(on.database, tenantId, { name, bytes: sharedData(name) })
    refusedRows = taken.refused.length
    ordersTaken = taken.ordersTaken
    byMonth = await serverReport(on.database, tenantId, ask('month'))
    byHour = await serverReport(on.database, tenantId, ask('hour'))
    device = await loadDevice(on.database, tenantId)
  }, 300_000)
  afterAll(() => on.drop())

  test('all its rows are in, each transaction as one order', async () => {
    const lines = await on.database.asTenant(tenantId, (tx) =>
      tx.query<{ count: number }>('select sum(lines)::int as count from rollup_product'),
    )
    expect([lines[0]!.count, refusedRows]).toEqual([truth.rows, 0])
    expect(ordersTaken).toBe(truth.distinct_transactions + (refunds > 0 ? await refundsOfOwn() : 0))
    expect(byMonth.figures.refunds).toBe(refunds)
    expect(byMonth.figures.orders + refunds).toBe(ordersTaken)
  })

  /** A refund that shares its sale's transaction id is an order of its own. */
  async function refundsOfOwn(): Promise<number> {
    const [row] = await on.database.asTenant(tenantId, (tx) =>
      tx.query<{ count: number }>('select count(*) as count from orders where refund_of is not null'),
    )
    return row!.count
  }

  test('revenue and units are the file’s, to the cent, by month, store and hour', () => {
    expect(byMonth.figures).toMatchObject({
      netMinor: truth.revenue_minor,
      unitsMilli: truth.quantity * 1000,
    })
    expect(sums(byMonth)).toEqual(truth.by_month)
    expect(sums(byHour)).toEqual(truth.by_hour)
    const stores = device.names('store')
    expect(Object.fromEntries(byMonth.stores.map((row) => [stores.get(row.id)!.name, row.netMinor]))).toEqual(
      truth.by_store,
    )
  })

  test('so are the top products, with names and quantities, and the categories', () => {
    const products = device.names('product')
    expect(byMonth.products).toHaveLength(truth.distinct_products)
    expect(
      byMonth.products.slice(0, truth.top_products.length).map((row) => ({
        name: products.get(row.id)!.name,
        revenue_minor: row.netMinor,
        quantity: row.unitsMilli / 1000,
      })),
    ).toEqual(
      truth.top_products.map(({ product, name: given, revenue_minor, quantity }) => ({
        name: (given ?? product).trim(),
        revenue_minor,
        quantity,
      })),
    )
    if (truth.by_category) {
      const categories = device.names('category')
      expect(
        Object.fromEntries(byMonth.categories.map((row) => [categories.get(row.id)!.name, row.netMinor])),
      ).toEqual(truth.by_category)
    }
  })

  test('the device’s dashboard is the server’s report', async () => {
    for (const granularity of ['hour', 'day', 'week', 'month'] as const) {
      const query = { ...ask(granularity), compareWith: { from: '2023-01-01', to: '2023-02-15' } }
      expect(device.report(query)).toEqual(await serverReport(on.database, tenantId, query))
    }
    // Negative control: a device that misses a segment shows something else.
    const [, ...others] = device.segments
    expect(salesReport(ask('month'), others, [])).not.toEqual(byMonth)
  })
})

function sums(report: SalesReport): Record<string, number> {
  return Object.fromEntries(
    report.series
      .filter(({ figures }) => figures.netMinor !== 0)
      .map(({ key, figures }) => [key, figures.netMinor]),
  )
}
