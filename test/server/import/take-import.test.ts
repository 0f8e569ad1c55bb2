import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SalesReport } from '#domain/report.ts'
import { appendToImport, listImports, undoImport } from '../../../server/import/take-import.ts'
import { readSales } from '../../../server/import/import-sales.ts'
import { createIngestStore } from '../../../server/database/ingest-store.ts'
import type { InstallState } from '../../../server/use-cases/ports.ts'
import { readingOf, readLoadPage, readPullPage } from '../reading-device.ts'
import { sharedData } from '../../shared-data.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { enrolRegister, openShop, type Shop } from '../virtual-shop.ts'
import { importFile, loadDevice, sayNothing, serverReport } from './imported-shop.ts'

const square = {
  name: 'square.csv',
  bytes: sharedData('square_items-2026-06-01-2026-06-12.csv'),
}
const june = {
  range: { from: '2026-06-01', to: '2026-06-30' },
  compareWith: null,
  storeIds: null,
  granularity: 'day',
} as const

let on: TestDatabase
let shop: Shop
beforeAll(async () => {
  on = await createTestDatabase()
  shop = await openShop(on.database)
})
afterAll(() => on.drop())

const report = (): Promise<SalesReport> => serverReport(on.database, shop.tenantId, june)
const deviceReport = async (): Promise<SalesReport> =>
  (await loadDevice(on.database, shop.tenantId)).report(june)

async function countRows(): Promise<Record<string, number>> {
  const [row] = await on.database.asTenant(shop.tenantId, (tx) =>
    tx.query<Record<string, number>>(
      `select (select count(*) from orders where status = 'paid') as orders, (select sum(lines) from rollup_product) as lines,
         (select count(*) from payment) as payments, (select count(*) from record where not is_deleted) as records`,
    ),
  )
  return row!
}

describe('importing the same file twice', () => {
  test('changes nothing: no order, no line, no record, no sum', async () => {
    const first = await importFile(on.database, shop.tenantId, square)
    const [rows, sums] = [await countRows(), await report()]
    const second = await importFile(on.database, shop.tenantId, square)
    expect([first.ordersTaken, first.ordersKnown]).toEqual([140, 0])
    expect([second.ordersTaken, second.ordersKnown]).toEqual([0, 140])
    expect(await countRows()).toEqual(rows)
    expect(await report()).toEqual(sums)
    expect(await deviceReport()).toEqual(sums)
  })

  test('negative control: as sales of another store they are other orders', async () => {
    const before = await report()
    const elsewhere = { ...square, bytes: renamed('Sunrise Social Club LLC', 'Another Club') }
    const taken = await importFile(on.database, shop.tenantId, elsewhere)
    expect(taken.ordersTaken).toBe(140)
    expect((await report()).figures.netMinor).toBe(before.figures.netMinor * 2)
    expect(await undoImport(on.database, shop.tenantId, taken.importId)).toMatchObject({ ok: true })
    expect(await report()).toEqual(before)
  })

  test('a piece that comes again, as its answer was lost, counts as taken', async () => {
    const elsewhere = { ...square, bytes: renamed('Sunrise Social Club LLC', 'Lost Answer Club') }
    const read = await readSales(on.database, shop.tenantId, elsewhere, sayNothing)
    if (!read.ok || !read.value.sales) throw new Error('not read')
    const taken = await importFile(on.database, shop.tenantId, elsewhere)
    await reopen(taken.importId)
    const piece = read.value.sales.orders.slice(0, 50) as never
    expect(await appendToImport(on.database, shop.tenantId, taken.importId, piece)).toEqual({
      ok: true,
      value: { taken: 50, known: 0 },
    })
    await undoImport(on.database, shop.tenantId, taken.importId)
  })
})

describe('undoing an import', () => {
  test('[D1] takes its orders out of every report and its records away; importing again brings all back', async () => {
    const [rowsBefore, before] = [await countRows(), await report()]
    const elsewhere = { ...square, bytes: renamed('Sunrise Social Club LLC', 'Undo Club') }
    const taken = await importFile(on.database, shop.tenantId, elsewhere)
    const after = await report()
    expect((await storeNames()).has('Undo Club')).toBe(true)

    await undoImport(on.database, shop.tenantId, taken.importId)
    expect(await report()).toEqual(before)
    expect(await deviceReport()).toEqual(before)
    expect(await countRows()).toMatchObject({ orders: rowsBefore['orders'], records: rowsBefore['records'] })
    expect((await storeNames()).has('Undo Club')).toBe(false)
    expect(await stateOf(taken.importId)).toBe('undone')
    // Undoing twice takes nothing off twice.
    await undoImport(on.database, shop.tenantId, taken.importId)
    expect(await report()).toEqual(before)

    const again = await importFile(on.database, shop.tenantId, elsewhere)
    expect(again.ordersTaken).toBe(140)
    expect(await report()).toEqual(after)
    expect(await deviceReport()).toEqual(after)
    expect((await storeNames()).has('Undo Club')).toBe(true)
    await undoImport(on.database, shop.tenantId, again.importId)
  })

  test('[L6] a register of the store hears that the orders are withdrawn', async () => {
    const day = new Date(Date.now() - 24 * 3_600_000).toISOString().slice(0, 10)
    const csv = [
      'Date,Time,Store,Item,Quantity,Price,Order ID',
      `${day},10:00,${shop.store.name},Scone,1,3.50,W-1`,
      `${day},11:00,${shop.store.name},Scone,2,3.50,W-2`,
    ].join('\n')
    const install = await anInstall()
    const reading = readingOf(on.database)
    const { epoch } = await readLoadPage(reading, install, null)
    const pullFrom = (cursor: number) => readPullPage(reading, install, { cursor, epoch })
    const { head } = await pullFrom(0)
    const taken = await importFile(on.database, shop.tenantId, {
      name: 'recent.csv',
      bytes: Buffer.from(csv),
    })
    const brought = await pullFrom(head)
    expect(brought.orders.map(({ isWithdrawn }) => isWithdrawn)).toEqual([false, false])
    await undoImport(on.database, shop.tenantId, taken.importId)
    const withdrawn = await pullFrom(brought.head)
    expect(withdrawn.orders).toMatchObject([
      { isWithdrawn: true, doc: null },
      { isWithdrawn: true, doc: null },
    ])
    expect(withdrawn.orders.map(({ id }) => id).sort()).toEqual(brought.orders.map(({ id }) => id).sort())
    expect(withdrawn.records.filter(({ isDeleted }) => isDeleted).map(({ kind }) => kind)).toContain(
      'product',
    )
    expect(withdrawn.segments).toHaveLength(1)
  })

  test('an unknown import is a failure, not a crash', async () => {
    expect(await undoImport(on.database, shop.tenantId, crypto.randomUUID())).toMatchObject({
      ok: false,
      failure: { code: 'import/unknown' },
    })
  })
})

test('a cancelled import keeps what it took, is listed as cancelled, and can go on or be undone', async () => {
  const before = await report()
  const elsewhere = { ...square, bytes: manyOrders(2_500) }
  const cancelling = new AbortController()
  const taken = await importFile(
    on.database,
    shop.tenantId,
    elsewhere,
    {},
    {
      cancelled: cancelling.signal,
      progress: () => cancelling.abort(),
    },
  )
  expect(taken).toMatchObject({ wasCancelled: true, ordersTaken: 1_000 })
  expect(await stateOf(taken.importId)).toBe('cancelled')
  expect((await report()).figures.orders).toBe(before.figures.orders + 1_000)

  const rest = await importFile(on.database, shop.tenantId, elsewhere)
  expect([rest.ordersTaken, rest.ordersKnown]).toEqual([1_500, 1_000])
  await undoImport(on.database, shop.tenantId, taken.importId)
  expect((await report()).figures.orders).toBe(before.figures.orders + 1_500)
  await undoImport(on.database, shop.tenantId, rest.importId)
  expect(await report()).toEqual(before)
})

test('rows with barcodes that a spreadsheet damaged, or days that never were, are refused; all others are taken', async () => {
  const file = {
    name: 'damaged-barcodes.csv',
    bytes: readFileSync(new URL('../../fixtures/import-sales/damaged-barcodes.csv', import.meta.url)),
  }
  const taken = await importFile(on.database, shop.tenantId, file)
  expect(taken.refused.map(({ row, code }) => [row, code])).toEqual([
    [2, 'import/barcode-damaged'],
    [4, 'import/barcode-damaged'],
    [6, 'import/time-unreadable'],
    [7, 'import/date-impossible'],
  ])
  expect(taken.refused[0]!.reason).toContain('7.48485E+11')
  expect(taken.ordersTaken).toBe(3)
  const march = { ...june, range: { from: '2026-03-01', to: '2026-03-31' } }
  const { figures } = await serverReport(on.database, shop.tenantId, march)
  expect(figures).toMatchObject({ orders: 3, netMinor: 2 * 25_000 + 31_050 + 3 * 725, unitsMilli: 6_000 })
  const products = (await loadDevice(on.database, shop.tenantId)).names('product')
  const barcodes = [...products.values()].flatMap(({ variants }) => variants.flatMap((each) => each.barcodes))
  expect(barcodes).not.toContainEqual(expect.stringContaining('E+'))
})

function renamed(from: string, to: string): Buffer {
  return Buffer.from(square.bytes.toString('utf8').replaceAll(from, to))
}

function manyOrders(count: number): Buffer {
  const rows = Array.from(
    { length: count },
    (_, index) => `2026-06-${String(1 + (index % 28)).padStart(2, '0')},12:00,Big Club,Tea,1,2.00,B-${index}`,
  )
  return Buffer.from(['Date,Time,Store,Item,Quantity,Price,Order ID', ...rows].join('\n'))
}

async function storeNames(): Promise<Set<string>> {
  const stores = (await loadDevice(on.database, shop.tenantId)).names('store')
  return new Set([...stores.values()].map(({ name }) => name))
}

async function stateOf(importId: string): Promise<string | undefined> {
  return (await listImports(on.database, shop.tenantId)).find((each) => each.importId === importId)?.state
}

function reopen(importId: string): Promise<unknown> {
  return on.database.asTenant(shop.tenantId, (tx) =>
    tx.query(`update import_batch set state = 'running' where import_id = $1`, [importId]),
  )
}

async function anInstall(): Promise<InstallState> {
  const { installId } = await enrolRegister(on.database, shop)
  return (await createIngestStore(on.database).findInstall(installId))!
}
