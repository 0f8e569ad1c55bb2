import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PaidOrder } from '#domain/order.ts'
import { salesReport } from '#domain/sales-report.ts'
import type { LoadAnswer, PullAnswer, PullPage } from '#protocol/pull.ts'
import { createChangesStore } from '../../../server/database/changes-store.ts'
import { createIngestStore } from '../../../server/database/ingest-store.ts'
import { createReportStore } from '../../../server/database/sales-report.ts'
import { writeRecords } from '../../../server/database/write-records.ts'
import { acceptOperations } from '../../../server/use-cases/accept-operations.ts'
import type { ChangesStore, IngestStore, InstallState } from '../../../server/use-cases/ports.ts'
import { loadPage, pullChanges } from '../../../server/use-cases/read-changes.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { enrolRegister, openShop, type Shop, type VirtualRegister } from '../virtual-shop.ts'

let on: TestDatabase
let shop: Shop
let ingest: IngestStore
let changes: ChangesStore
let register: VirtualRegister
let install: InstallState
const today = new Date().toISOString().slice(0, 10)

beforeAll(async () => {
  on = await createTestDatabase()
  shop = await openShop(on.database)
  ingest = createIngestStore(on.database)
  changes = createChangesStore(on.database)
  register = await enrolRegister(on.database, shop)
  install = (await ingest.findInstall(register.installId))!
})
afterAll(() => on.drop())

async function send(from: VirtualRegister = register): Promise<void> {
  const answer = await acceptOperations(ingest, await from.batch(Math.max(1, from.head.seq - 499)))
  if (!answer.ok || answer.value.status !== 'accepted') throw new Error(JSON.stringify(answer))
}

async function firstLoad(): Promise<LoadAnswer[]> {
  const pages: LoadAnswer[] = []
  for (let after: string | null = null, left = 50; left > 0; left -= 1) {
    const page = await loadPage(changes, install, { protocol: 1, after })
    pages.push(page)
    after = page.after
    if (after === null) return pages
  }
  throw new Error('the first load never ends')
}

const pull = (cursor: number, epoch: string): Promise<PullAnswer> =>
  pullChanges(changes, install, { protocol: 1, cursor, epoch })

async function pullPage(cursor: number): Promise<PullPage> {
  const [{ epoch }] = (await firstLoad()) as [LoadAnswer]
  const answer = await pull(cursor, epoch)
  if (answer.kind !== 'page') throw new Error(answer.reason)
  return answer
}

async function headNow(): Promise<number> {
  return (await loadPage(changes, install, { protocol: 1, after: null })).startVersion
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
    const first = await loadPage(changes, install, { protocol: 1, after: null })
    await rename('Renamed during the load')
    const rest = await loadPage(changes, install, { protocol: 1, after: first.after })
    expect(rest.startVersion).toBe(first.startVersion)
    const page = await pull(first.startVersion, first.epoch)
    expect(page).toMatchObject({
      kind: 'page',
      records: [{ kind: 'product', doc: { name: 'Renamed during the load' } }],
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
    const page = await pullPage(head)
    expect(page).toMatchObject({ next: head + 1, records: [{ v: head + 1 }] })
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
    const before = await changes.inSnapshot(install, (snapshot) => snapshot.ackedSeq(head))
    expect(before).toBe(acked - 1)
  })

  test('[L5] another epoch, or a cursor above the head, means: load again', async () => {
    const { head, epoch } = await pullPage(0)
    expect(await pull(0, randomUUID())).toEqual({ kind: 'load-again', reason: 'epoch-changed', epoch })
    expect(await pull(head + 1, epoch)).toEqual({ kind: 'load-again', reason: 'cursor-ahead', epoch })
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

  test('a register hears of its own store only, an office device of all, without orders', async () => {
    const office: InstallState = { ...install, kind: 'office', storeId: null, registerId: null }
    const elsewhere: InstallState = { ...install, storeId: randomUUID() }
    const cursor = await headNow()
    const { epoch } = await pullPage(cursor)
    register.sell({ businessDay: today })
    await send()
    const ofOffice = await pullChanges(changes, office, { protocol: 1, cursor, epoch })
    const ofElsewhere = await pullChanges(changes, elsewhere, { protocol: 1, cursor, epoch })
    if (ofOffice.kind !== 'page' || ofElsewhere.kind !== 'page') throw new Error('no page')
    expect([ofOffice.segments.length, ofOffice.orders.length]).toEqual([1, 0])
    expect([ofElsewhere.segments.length, ofElsewhere.orders.length]).toEqual([0, 0])
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

test('another tenant’s install sees nothing of this one', async () => {
  const strange: InstallState = { ...install, tenantId: randomUUID() }
  const page = await loadPage(changes, strange, { protocol: 1, after: null })
  expect([page.records, page.registers, page.startVersion]).toEqual([[], [], 0])
})
