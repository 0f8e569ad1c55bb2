import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SalesReport } from '#domain/report.ts'
import type { LoadPage, PullAnswer } from '#protocol/pull.ts'
import { PROTOCOL_VERSION } from '#protocol/version.ts'
import { packing } from '../../../server/packing.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { serve, type Answer, type Served } from '../served.ts'
import { openShop } from '../virtual-shop.ts'
import { deviceToken } from './device-token.ts'
import { anImportedOrder, fillEveryTable, openSecondShop, type Tenant } from './two-tenants.ts'

let on: TestDatabase
let ours: Tenant
let theirs: Tenant
let served: Served
let cookie: string | undefined

beforeAll(async () => {
  on = await createTestDatabase()
  const first = await openShop(on.database)
  ours = await fillEveryTable(on.database, first, 'ours@example.com')
  theirs = await fillEveryTable(on.database, await openSecondShop(on.database, first), 'theirs@example.com')
  served = await serve(on.database)
  const { email, password } = ours
  cookie = (await served.mutate('session.signIn', { email, password })).cookie
  expect(cookie).toBeDefined()
})
afterAll(async () => {
  await served.app.close()
  await on.drop()
})

const visible = async (tenant: Tenant): Promise<unknown> => {
  const [row] = await on.database.asTenant(tenant.tenantId, (tx) =>
    tx.query(
      `select (select v from sync_head) as v, (select count(*) from orders where status = 'paid') as orders,
         (select json_agg(record order by kind, id) from record) as records,
         (select json_agg(import_batch) from import_batch) as imports`,
    ),
  )
  return row
}

/** Every procedure of the owner that takes an id, made with the ids of a business. */
const procedures: readonly [name: string, input: (ids: Ids) => unknown][] = [
  ['register.add', ({ storeId }) => ({ storeId, name: 'Mine now' })],
  ['enrolment.createCode', ({ registerId }) => ({ registerId })],
  ['import.append', ({ importId }) => ({ importId, orders: [anImportedOrder('second', ours.store.name)] })],
  ['import.end', ({ importId }) => ({ importId, wasCancelled: true })],
  ['import.undo', ({ importId }) => ({ importId })],
]
type Ids = { storeId: string; registerId: string; importId: string }

const idsOf = (tenant: Tenant): Ids => ({
  storeId: tenant.store.storeId,
  registerId: tenant.registerId,
  importId: tenant.importId,
})

test.each(procedures)('%s answers another tenant’s id as one that does not exist', async (name, input) => {
  const before = [await visible(ours), await visible(theirs)]
  const foreign = await served.mutate(name, input(idsOf(theirs)), { cookie })
  const absent = await served.mutate(
    name,
    input({ storeId: randomUUID(), registerId: randomUUID(), importId: randomUUID() }),
    { cookie },
  )
  expect([foreign.status, foreign.value]).toEqual([absent.status, absent.value])
  expect([await visible(ours), await visible(theirs)]).toEqual(before)
})

test('a report of another tenant’s stores is empty, and the own one is not', async () => {
  const sales = (storeIds: string[] | null): Promise<Answer<SalesReport>> =>
    served.query(
      'report.sales',
      {
        range: { from: '2026-01-01', to: '2026-12-31' },
        compareWith: null,
        storeIds,
        granularity: 'month',
      },
      { cookie },
    )
  const foreign = (await sales([theirs.store.storeId])).value
  expect([foreign.figures.orders, foreign.products, foreign.stores]).toEqual([0, [], []])
  const own = (await sales(null)).value
  expect(own.figures.orders).toBe(2)
  expect(own.stores.map(({ id }) => id)).toEqual([ours.store.storeId])
})

test('the lists show nothing of another tenant', async () => {
  for (const list of ['register.list', 'import.list', 'session.me']) {
    const { body } = await served.query(list, undefined, { cookie })
    for (const id of [theirs.registerId, theirs.store.storeId, theirs.importId, 'Elsewhere', 'theirs@'])
      expect(body).not.toContain(id)
  }
})

test('a device loads and pulls its own tenant only', async () => {
  const token = await deviceToken(served, ours.register)
  const said = { protocol: PROTOCOL_VERSION, appVersion: 'test', journalSeq: 0 }
  const load = (after: string | null) =>
    served.mutate<LoadPage>('changes.load', { ...said, after }, { token })
  const first = await load(null)
  const later = await load(`0 segments ${theirs.store.storeId} 2000-01-01`)
  const pull = await served.mutate<PullAnswer>(
    'changes.pull',
    {
      ...said,
      epoch: first.value.epoch,
      scopeId: first.value.scope.id,
      cursor: 0,
      wantsDigest: true,
    },
    { token },
  )
  const rows = await Promise.all([first, later].map(({ value }) => packing.inflate(value.rows, 10_000_000)))
  expect(rows[0]).toContain(ours.store.storeId)
  for (const { status } of [first, later, pull]) expect(status).toBe(200)
  for (const text of [first.body, later.body, pull.body, ...rows]) {
    const secrets = [theirs.store.storeId, theirs.registerId, theirs.register.installId, 'Other Coffee']
    for (const id of secrets) expect(text).not.toContain(id)
  }
  expect(pull.body).toContain(ours.register.orders[0]!.orderId)
})

test('a sale that names another tenant’s store stays with the tenant of its device', async () => {
  const before = await visible(theirs)
  const order = ours.register.buildOrder({})
  ours.register.append('order.paid', {
    ...order,
    storeId: theirs.store.storeId,
    registerId: theirs.registerId,
  })
  const pushed = await served.mutate('operations.push', await ours.register.batch(3))
  expect(pushed.body).toContain('"applied"')
  expect(await visible(theirs)).toEqual(before)
})

test('another tenant’s order id neither overwrites theirs nor is refused', async () => {
  const before = await visible(theirs)
  ours.register.append('order.paid', {
    ...ours.register.buildOrder({}),
    orderId: theirs.register.orders[0]!.orderId,
    receiptNumber: '77-1',
  })
  const pushed = await served.mutate('operations.push', await ours.register.batch(4))
  expect(pushed.body).toContain('"flags":[]')
  expect(await visible(theirs)).toEqual(before)
})
