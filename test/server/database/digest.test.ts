import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Digest } from '#protocol/pull.ts'
import { digestKeys, digestOf, digestText } from '#sync/digest.ts'
import { createIngestStore } from '../../../server/database/ingest-store.ts'
import { sealPacks } from '../../../server/database/order-packs.ts'
import { writeRecords } from '../../../server/database/write-records.ts'
import { packing } from '../../../server/packing.ts'
import type { IngestStore, InstallState } from '../../../server/use-cases/ports.ts'
import type { ChangesReading } from '../../../server/use-cases/read-changes.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { type LoadedPage, readingOf, readPullPage, readWholeLoad, storeJournal } from '../reading-device.ts'
import { enrolRegister, openShop, type Shop, type VirtualRegister } from '../virtual-shop.ts'

let on: TestDatabase
let shop: Shop
let ingest: IngestStore
let reading: ChangesReading
let register: VirtualRegister
let install: InstallState
const dayAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)

beforeAll(async () => {
  on = await createTestDatabase()
  shop = await openShop(on.database)
  ingest = createIngestStore(on.database)
  reading = readingOf(on.database)
  register = await enrolRegister(on.database, shop)
  install = (await ingest.findInstall(register.installId))!
  for (const days of [0, 1, 29, 31, 40])
    for (let sale = 0; sale < 4; sale += 1) register.sell({ businessDay: dayAgo(days) })
  await storeJournal(ingest, register)
  await sealPacks(
    { database: on.database, packing, clock: Date.now, ordersAPack: 5 },
    shop.tenantId,
    shop.store.storeId,
  )
  // What a digest must get right: a row that is gone, one that was refunded, one of another store, a name beyond ASCII.
  const [product] = shop.products
  await on.database.asTenant(shop.tenantId, async (tx) => {
    await tx.query('select next_version($1)', [shop.tenantId])
    const gone = { kind: 'customer', id: 'Zoë 🥐' } as const
    await writeRecords(tx, [{ ...gone, doc: { customerId: gone.id, name: 'Zoë', phone: null, email: null } }])
    await writeRecords(tx, [{ kind: 'product', id: product!.productId, doc: null }])
  })
  register.append('task.done', {})
  await storeJournal(ingest, register, {
    refundedOrderIds: [register.orders[0]!.orderId],
    records: [shop.store.storeId, randomUUID()].map((storeId) => ({
      kind: 'task' as const,
      id: `fork/${storeId}/1`,
      storeId,
      isDeleted: false,
      writers: {},
      doc: {} as never,
    })),
  })
})
afterAll(() => on.drop())

/** Of what a device holds after its first load: a row counts before a pack's entry. */
function deviceDigest(pages: readonly LoadedPage[]): Digest {
  const orders = new Map<string, number>()
  for (const { packs } of pages)
    for (const { orderIds, vs, businessDays } of packs)
      for (const [index, id] of orderIds.entries())
        if (businessDays[index]! >= pages[0]!.ordersSince) orders.set(id, vs[index]!)
  for (const page of pages) for (const { id, v } of page.orders) orders.set(id, v)
  const lines = {
    records: pages.flatMap((page) =>
      page.records.map(({ kind, id, v }) => ({ key: digestKeys.record(kind, id), v })),
    ),
    segments: pages.flatMap((page) =>
      page.segments.map(({ storeId, month, v }) => ({ key: digestKeys.segment(storeId, month), v })),
    ),
    orders: [...orders].map(([id, v]) => ({ key: digestKeys.order(id), v })),
  }
  return {
    records: digestText(digestOf(lines.records)),
    segments: digestText(digestOf(lines.segments)),
    orders: digestText(digestOf(lines.orders)),
  }
}

async function serverDigest(of: InstallState): Promise<Digest | null> {
  const [first] = await readWholeLoad(reading, of)
  const { startVersion, epoch } = first!
  const page = await readPullPage(reading, of, { cursor: startVersion, epoch, wantsDigest: true })
  expect(page.next).toBe(page.head)
  return page.digest
}

test('[I9] the digest that PostgreSQL makes is the device’s, of a register and of an office device', async () => {
  const office: InstallState = { ...install, kind: 'office', storeId: null, registerId: null }
  for (const of of [install, office]) {
    const pages = await readWholeLoad(reading, of)
    expect(await serverDigest(of)).toEqual(deviceDigest(pages))
  }
  expect(deviceDigest(await readWholeLoad(reading, install)).orders).not.toBe('0000000000000000')
  expect(deviceDigest(await readWholeLoad(reading, office)).orders).toBe('0000000000000000')
})

test('[I9] one row that a device lacks, or holds at another version, makes its part of the digest differ', async () => {
  const digest = await serverDigest(install)
  const pages = await readWholeLoad(reading, install)
  const spoil = {
    records: (page: LoadedPage) => ({ ...page, records: page.records.slice(1) }),
    segments: (page: LoadedPage) => ({
      ...page,
      segments: page.segments.map((segment) => ({ ...segment, v: segment.v + 1 })),
    }),
    orders: (page: LoadedPage) => ({ ...page, orders: page.orders.slice(1) }),
  }
  for (const part of ['records', 'segments', 'orders'] as const) {
    const spoilt = deviceDigest(pages.map((page) => spoil[part](page)))
    expect(spoilt[part]).not.toBe(digest![part])
    expect({ ...spoilt, [part]: '' }).toEqual({ ...digest, [part]: '' })
  }
})

test('[I9] no digest comes unasked, nor before the last page', async () => {
  const [{ epoch, startVersion }] = (await readWholeLoad(reading, install)) as [LoadedPage]
  const asked = { cursor: startVersion, epoch }
  expect((await readPullPage(reading, install, asked)).digest).toBeNull()
  await on.database.asTenant(shop.tenantId, async (tx) => {
    for (let version = 0; version < 2; version += 1) {
      await tx.query('select next_version($1)', [shop.tenantId])
      const customers = Array.from({ length: 1_500 }, () => randomUUID())
      await writeRecords(
        tx,
        customers.map((id) => ({
          kind: 'customer',
          id,
          doc: { customerId: id, name: 'Guest', phone: null, email: null },
        })),
      )
    }
  })
  const page = await readPullPage(reading, install, { ...asked, wantsDigest: true })
  expect(page.next).toBeLessThan(page.head)
  expect(page.digest).toBeNull()
  const last = await readPullPage(reading, install, { cursor: page.next, epoch, wantsDigest: true })
  expect(last.digest).not.toBeNull()
})
