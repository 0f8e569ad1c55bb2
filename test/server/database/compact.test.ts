import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createIngestStore } from '../../../server/database/ingest-store.ts'
import { writeOrders } from '../../../server/database/write-orders.ts'
import { writeRecords } from '../../../server/database/write-records.ts'
import { compactAll } from '../../../server/use-cases/compact.ts'
import type { IngestStore, InstallState } from '../../../server/use-cases/ports.ts'
import type { ChangesReading } from '../../../server/use-cases/read-changes.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { askPull, readingOf, readLoadPage, readPullPage, readWholeLoad } from '../reading-device.ts'
import { enrolRegister, openShop, type Shop, type VirtualRegister } from '../virtual-shop.ts'

let on: TestDatabase
let shop: Shop
let ingest: IngestStore
let reading: ChangesReading
let epoch: string
let now: number
/** Two devices of the shop, of which the first is the slower to ask. */
let slow: InstallState
let quick: InstallState
let slowRegister: VirtualRegister
const dayMs = 86_400_000

beforeEach(async () => {
  now = Date.now()
  on = await createTestDatabase()
  shop = await openShop(on.database)
  ingest = createIngestStore(on.database)
  reading = readingOf(on.database, () => now)
  slowRegister = await enrolRegister(on.database, shop)
  slow = (await ingest.findInstall(slowRegister.installId))!
  const quickRegister = await enrolRegister(on.database, shop)
  quick = (await ingest.findInstall(quickRegister.installId))!
  // The register has one device at a time: the other sells as it too here, which is nothing to reading.
  await on.database.asSystem((tx) => tx.query('update install set revoked_at = null'))
  epoch = (await readLoadPage(reading, quick, null)).epoch
})
afterEach(() => on.drop())

const compact = (): Promise<number> => reading.changes.compact(shop.tenantId)
const headOf = async (): Promise<number> => (await readLoadPage(reading, quick, null)).startVersion
const pull = (install: InstallState, cursor: number, journalSeq = 0) =>
  askPull(reading, install, { cursor, epoch, journalSeq })

/** Makes customers and deletes them again; the version of the tombstones. */
async function deleteSome(count = 1): Promise<number> {
  return on.database.asTenant(shop.tenantId, async (tx) => {
    const ids = Array.from({ length: count }, () => randomUUID())
    await tx.query('select next_version($1)', [shop.tenantId])
    await writeRecords(
      tx,
      ids.map((id) => ({
        kind: 'customer',
        id,
        doc: { customerId: id, name: '', phone: null, email: null },
      })),
    )
    const [row] = await tx.query<{ v: number }>('select next_version($1) as v', [shop.tenantId])
    await writeRecords(
      tx,
      ids.map((id) => ({ kind: 'customer', id, doc: null })),
    )
    return row!.v
  })
}

describe('[L6] compaction', () => {
  test('spares the tombstones above the slowest live cursor, and drops the others', async () => {
    const seen = await deleteSome(2)
    await pull(slow, seen)
    const unseen = await deleteSome(3)
    await pull(quick, unseen)
    expect(await compact()).toBe(2)
    expect((await readPullPage(reading, slow, { cursor: seen, epoch })).records).toHaveLength(3)
    await pull(slow, unseen)
    expect([await compact(), await compact()]).toEqual([3, 0])
  })

  test('tells a cursor below what was dropped to load again, and no other', async () => {
    const v = await deleteSome()
    await pull(slow, v)
    await pull(quick, v)
    await compact()
    expect(await pull(slow, v - 1)).toMatchObject({ kind: 'load-again', reason: 'cursor-too-old' })
    expect(await pull(slow, v)).toMatchObject({ kind: 'page', from: v })
  })

  test('a load begun before it misses no tombstone', async () => {
    await pull(quick, await headOf())
    const begun = await readLoadPage(reading, slow, null)
    const v = await deleteSome()
    await pull(quick, v)
    expect(await compact()).toBe(0)
    const page = await readPullPage(reading, slow, { cursor: begun.startVersion, epoch })
    expect(page.records.filter(({ isDeleted }) => isDeleted)).toHaveLength(1)
    // Negative control: had it not begun, nothing would have held the tombstone.
    await on.database.asSystem((tx) =>
      tx.query('update install set cursor = null where install_id = $1', [slow.installId]),
    )
    expect(await compact()).toBe(1)
  })

  test('waits for what a device has not sent yet: it was done before the device saw the deletion', async () => {
    const before = await headOf()
    await pull(slow, before)
    const v = await deleteSome()
    await pull(quick, v)
    slowRegister.append('task.done', {})
    await pull(slow, v, slowRegister.head.seq)
    expect(await compact()).toBe(0)
    await on.database.asSystem((tx) =>
      tx.query('update install set last_seq = $2 where install_id = $1', [
        slow.installId,
        slowRegister.head.seq,
      ]),
    )
    await pull(slow, v, slowRegister.head.seq)
    expect(await compact()).toBe(1)
  })

  test('waits neither for a revoked device, nor for one that went on as another', async () => {
    for (const gone of ['revoked_at = now()', 'revoked_at = null, forked_into = gen_random_uuid()']) {
      await pull(slow, await headOf())
      const v = await deleteSome()
      await pull(quick, v)
      expect(await compact()).toBe(0)
      await on.database.asSystem((tx) =>
        tx.query(`update install set ${gone} where install_id = $1`, [slow.installId]),
      )
      expect(await compact()).toBe(1)
      await on.database.asSystem((tx) => tx.query('update install set revoked_at = null, forked_into = null'))
    }
  })

  test('does not wait longer than 90 days for a device that is silent', async () => {
    await pull(slow, await headOf())
    await deleteSome()
    now += 89 * dayMs
    await pull(quick, await headOf())
    expect(await compact()).toBe(0)
    now += 2 * dayMs
    await pull(quick, await headOf())
    expect(await compact()).toBe(1)
  })

  test('nor for one that is heard and never gets on', async () => {
    const stuck = await headOf()
    await pull(slow, stuck)
    await deleteSome()
    expect(await compact()).toBe(0)
    now += 91 * dayMs
    const young = await deleteSome()
    await pull(quick, young)
    await pull(slow, stuck)
    expect(await compact()).toBe(1)
    expect(await pull(slow, stuck)).toMatchObject({ reason: 'cursor-too-old' })
    expect(await pull(quick, young - 1)).toMatchObject({ kind: 'page' })
  })

  test('drops orders that were withdrawn, with their payments', async () => {
    const orders = [slowRegister.buildOrder({}), slowRegister.buildOrder({})]
    const v = await on.database.asTenant(shop.tenantId, async (tx) => {
      await tx.query('select next_version($1)', [shop.tenantId])
      const importId = randomUUID()
      const toStore = orders.map((order) => ({ order, installId: null, seq: null, importId, shiftId: null }))
      await writeOrders(tx, toStore, 'all-new')
      const [row] = await tx.query<{ v: number }>('select next_version($1) as v', [shop.tenantId])
      await tx.query(`update orders set status = 'withdrawn', v = current_version() where order_id = $1`, [
        orders[0]!.orderId,
      ])
      return row!.v
    })
    await pull(slow, v)
    await pull(quick, v)
    expect(await compact()).toBe(1)
    const [left] = await on.database.asTenant(shop.tenantId, (tx) =>
      tx.query(
        'select array(select order_id from orders) as orders, array(select order_id from payment) as payments',
      ),
    )
    expect(left).toEqual({ orders: [orders[1]!.orderId], payments: [orders[1]!.orderId] })
  })
})

describe('[I16] compaction changes no answer', () => {
  test('to devices whose cursor it has waited for, nor of a load', async () => {
    const v = await deleteSome(3)
    await pull(slow, v)
    await deleteSome(2)
    await pull(quick, await headOf())
    const answers = async () => [
      await pull(slow, v),
      await pull(quick, v),
      await askPull(reading, slow, { cursor: v, epoch, wantsDigest: true }),
      (await readWholeLoad(reading, quick)).map((page) => ({ ...page, startVersion: 0, after: '' })),
    ]
    const before = await answers()
    await pull(slow, v)
    expect(await compact()).toBe(3)
    const heardAt = (_: string, value: unknown) =>
      value instanceof Object && 'heardAt' in value ? { ...value, heardAt: 0 } : value
    expect(JSON.stringify(await answers(), heardAt)).toBe(JSON.stringify(before, heardAt))
  })
})

test('one tenant’s trouble keeps no other from compaction', async () => {
  const v = await deleteSome(2)
  await pull(slow, v)
  await pull(quick, v)
  const troubled: string[] = []
  const tenants = ['no tenant', shop.tenantId]
  expect(await compactAll(reading.changes, tenants, (_, tenantId) => troubled.push(tenantId))).toBe(2)
  expect(troubled).toEqual(['no tenant'])
})
