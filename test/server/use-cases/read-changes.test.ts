import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PaidOrder } from '#domain/order.ts'
import { salesReport } from '#domain/sales-report.ts'
import type { PullPage } from '#protocol/pull.ts'
import { LEAST_PULL_PROTOCOL, PROTOCOL_VERSION } from '#protocol/version.ts'
import { createIngestStore } from '../../../server/database/ingest-store.ts'
import { createReportStore } from '../../../server/database/sales-report.ts'
import { writeRecords } from '../../../server/database/write-records.ts'
import type { IngestStore, InstallState } from '../../../server/use-cases/ports.ts'
import { type ChangesReading, loadPage } from '../../../server/use-cases/read-changes.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import {
  askPull,
  readingOf,
  readLoadPage,
  readPullPage,
  readWholeLoad,
  storeJournal,
} from '../reading-device.ts'
import { enrolRegister, openShop, type Shop, type VirtualRegister } from '../virtual-shop.ts'

let on: TestDatabase
let shop: Shop
let ingest: IngestStore
let reading: ChangesReading
let register: VirtualRegister
let install: InstallState
let epoch: string
const today = new Date().toISOString().slice(0, 10)

beforeAll(async () => {
  on = await createTestDatabase()
  shop = await openShop(on.database)
  ingest = createIngestStore(on.database)
  reading = readingOf(on.database)
  register = await enrolRegister(on.database, shop)
  install = (await ingest.findInstall(register.installId))!
  epoch = (await readLoadPage(reading, install, null)).epoch
})
afterAll(() => on.drop())

const send = (): Promise<void> => storeJournal(ingest, register)
const firstLoad = () => readWholeLoad(reading, install)
const pullPage = (cursor: number, of: InstallState = install): Promise<PullPage> =>
  readPullPage(reading, of, { cursor, epoch })

async function headNow(): Promise<number> {
  return (await readLoadPage(reading, install, null)).startVersion
}

async function rename(name: string): Promise<void> {
  await on.database.asTenant(shop.tenantId, async (tx) => {
    await tx.query('select next_version($1)', [shop.tenantId])
    const [product] = shop.products
    await writeRecords(tx, [{ kind: 'product', id: product!.productId, doc: { ...product!, name } }])
  })
}

describe('the first load', () => {
  test('[L4] brings catalogue, segments and recent orders, each with its own version', async () => {
    register.sell({ businessDay: today })
    await send()
    const pages = await firstLoad()
    const kinds = new Set(pages.flatMap((page) => page.records.map((record) => record.kind)))
    expect(kinds).toEqual(new Set(['business', 'store', 'register', 'staff', 'tax-class', 'product']))
    expect(pages.flatMap((page) => page.segments)).toMatchObject([
      { storeId: shop.store.storeId, month: today.slice(0, 7) },
    ])
    expect(pages.flatMap((page) => page.orders.map((order) => order.doc))).toEqual(register.orders)
    expect(pages.at(-1)!.share).toBe(1)
  })

  test('[L4] what changes while it runs comes with the pull from its start version', async () => {
    const first = await readLoadPage(reading, install, null)
    await rename('Renamed during the load')
    const rest = await readLoadPage(reading, install, first.after)
    expect(rest.startVersion).toBe(first.startVersion)
    expect(await pullPage(first.startVersion)).toMatchObject({
      records: [{ kind: 'product', doc: { name: 'Renamed during the load' } }],
    })
  })

  test('says once when registers were last heard, on its first page', async () => {
    const pages = await firstLoad()
    expect(pages.map((page) => page.registers.map(({ registerId }) => registerId))).toEqual([
      [shop.registerId],
      ...pages.slice(1).map(() => []),
    ])
  })

  test('[L7] names the scope that it is for', async () => {
    const page = await readLoadPage(reading, install, null)
    expect(page.scope).toEqual({
      id: `register ${shop.store.storeId} ${shop.registerId}`,
      storeId: shop.store.storeId,
      registerId: shop.registerId,
    })
  })
})

describe('a pull', () => {
  test('[L1] brings what is above the cursor and nothing else', async () => {
    const { head } = await pullPage(0)
    expect(await pullPage(head)).toMatchObject({
      from: head,
      next: head,
      records: [],
      orders: [],
      segments: [],
    })
    await rename('Once more')
    expect(await pullPage(head)).toMatchObject({ next: head + 1, records: [{ v: head + 1 }] })
  })

  test('[L1] never cuts a version: all its rows are in one page', async () => {
    const { head } = await pullPage(0)
    const many = Array.from({ length: 2_500 }, (_, index) => ({
      customerId: randomUUID(),
      name: `Guest ${index}`,
    }))
    await on.database.asTenant(shop.tenantId, async (tx) => {
      await tx.query('select next_version($1)', [shop.tenantId])
      await writeRecords(
        tx,
        many.map((each) => ({
          kind: 'customer',
          id: each.customerId,
          doc: { ...each, phone: null, email: null },
        })),
      )
    })
    await rename('After the many')
    const page = await pullPage(head)
    expect(page.records).toHaveLength(2_500)
    expect(page.next).toBe(head + 1)
    expect((await pullPage(page.next)).records).toMatchObject([{ doc: { name: 'After the many' } }])
  })

  test('[I8] a page with ackedSeq n holds the effects of every operation up to n, and of no later one', async () => {
    const { head } = await pullPage(0)
    register.sell({ businessDay: today })
    await send()
    const acked = register.head.seq
    const page = await pullPage(head)
    expect(page.ackedSeq).toBe(acked)
    expect(page.orders.map((order) => order.id)).toEqual([register.orders.at(-1)!.orderId])
    expect(page.segments[0]!.included[register.installId]).toBe(acked)
    // Negative control: at the version before the sale it isn’t claimed.
    const before = await reading.changes.inSnapshot(install, (snapshot) => snapshot.ackedSeq(head))
    expect(before).toBe(acked - 1)
  })

  test('[L5] another epoch, or a cursor above the head, means: load again', async () => {
    const { head } = await pullPage(0)
    const scope = { storeId: shop.store.storeId, registerId: shop.registerId }
    expect(await askPull(reading, install, { cursor: 0, epoch: randomUUID() })).toMatchObject({
      kind: 'load-again',
      reason: 'epoch-changed',
      epoch,
      scope,
    })
    expect(await askPull(reading, install, { cursor: head + 1, epoch })).toMatchObject({
      kind: 'load-again',
      reason: 'cursor-ahead',
    })
  })

  test('[P7] a release that is too old gets no changes, and is told what it takes', async () => {
    const protocol = LEAST_PULL_PROTOCOL - 1
    const upgrade = { kind: 'upgrade-required', leastProtocol: LEAST_PULL_PROTOCOL }
    expect(await askPull(reading, install, { cursor: 0, epoch, protocol })).toEqual(upgrade)
    const said = { protocol, appVersion: '0.1.0', journalSeq: 0, after: null }
    expect(await loadPage(reading, install, said)).toEqual(upgrade)
  })

  test('says the server’s time by the clock that it was given', async () => {
    const dreaming = readingOf(on.database, () => 1_700_000_000_000)
    expect(await askPull(dreaming, install, { cursor: 0, epoch })).toMatchObject({
      serverTime: 1_700_000_000_000,
      ordersSince: '2023-10-15',
    })
  })

  test('[R7] an order comes back as it was sold, to the byte of its document', async () => {
    const head = await headNow()
    const order: PaidOrder = register.sell({
      businessDay: today,
      quantity: 3,
      orderDiscount: { kind: 'percent', rateBasisPoints: 1000, reason: 'Regular' },
    })
    await send()
    const { orders } = await pullPage(head)
    expect(orders.find((each) => each.id === order.orderId)!.doc).toEqual(order)
  })

  test('[R4] a sale that was refunded in full comes again, as refunded', async () => {
    const order = register.sell({ businessDay: today })
    await send()
    const head = await headNow()
    register.append('task.done', {})
    await storeJournal(ingest, register, { refundedOrderIds: [order.orderId] })
    const { orders } = await pullPage(head)
    expect(orders).toMatchObject([{ id: order.orderId, v: head + 1, isRefunded: true, isWithdrawn: false }])
    const loaded = (await firstLoad()).flatMap((page) => page.orders)
    expect(loaded.filter(({ isRefunded }) => isRefunded).map(({ id }) => id)).toEqual([order.orderId])
  })

  test('orders older than devices hold travel as segments only', async () => {
    const head = await headNow()
    const { ordersSince } = await pullPage(head)
    register.sell({ businessDay: ordersSince })
    const kept = register.orders.at(-1)!
    register.sell({ businessDay: dayBefore(ordersSince) })
    await send()
    const page = await pullPage(head)
    expect(page.orders.map(({ id }) => id)).toEqual([kept.orderId])
    expect(page.segments.length).toBeGreaterThan(0)
    const months = page.segments.flatMap(({ hours }) => hours.orders)
    expect(months.reduce((sum, orders) => sum + orders, 0)).toBeGreaterThan(1)
  })
})

test('[D2] the report of the segments equals the report of the server’s SQL, to the minor unit', async () => {
  for (let sale = 0; sale < 120; sale += 1) {
    register.sell({
      businessDay: `2026-0${1 + (sale % 9)}-${String(1 + (sale % 28)).padStart(2, '0')}`,
      businessHour: sale % 24,
      quantity: 1 + (sale % 5),
      productIndex: sale % 3,
      ...(sale % 4 === 0
        ? { orderDiscount: { kind: 'amount' as const, amountMinor: 33, reason: 'Coupon' } }
        : {}),
    })
  }
  await send()
  const segments = (await firstLoad()).flatMap((page) => page.segments)
  const reports = createReportStore(on.database)
  for (const granularity of ['hour', 'day', 'week', 'month'] as const) {
    const query = {
      range: { from: '2026-02-10', to: '2026-08-20' },
      compareWith: { from: '2025-08-01', to: '2026-02-09' },
      storeIds: null,
      granularity,
    }
    const onServer = await reports.salesReport(shop.tenantId, query)
    expect(onServer.figures.orders).toBeGreaterThan(50)
    expect(salesReport(query, segments, [])).toEqual(onServer)
  }
})

test('a device that asks is noted with what it said of itself', async () => {
  const { head } = await pullPage(0)
  const asked = { cursor: head, epoch, journalSeq: register.head.seq + 3 }
  await askPull(reading, install, asked)
  const [row] = await on.database.asTenant(shop.tenantId, (tx) =>
    tx.query('select reported_seq, app_version from install where install_id = $1', [install.installId]),
  )
  expect(row).toEqual({ reported_seq: register.head.seq + 3, app_version: 'test' })
  expect(PROTOCOL_VERSION).toBeGreaterThanOrEqual(LEAST_PULL_PROTOCOL)
})

test('another tenant’s install sees nothing of this one', async () => {
  const strange: InstallState = { ...install, tenantId: randomUUID() }
  const page = await readLoadPage(reading, strange, null)
  expect([page.records, page.registers, page.startVersion]).toEqual([[], [], 0])
})

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)
}
