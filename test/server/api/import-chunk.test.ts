import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Result } from '#domain/failure.ts'
import type { ImportedOrderWire } from '#protocol/import.ts'
import { listRegisters } from '../../../server/office/registers.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { anImportedOrder } from '../security/two-tenants.ts'
import { serve, valueOf, type Answer, type Served } from '../served.ts'
import { aBusiness, enrolRegister, openShop, type Shop } from '../virtual-shop.ts'

let on: TestDatabase
let shop: Shop
let served: Served
let cookie: string | undefined

beforeAll(async () => {
  on = await createTestDatabase()
  shop = await openShop(on.database)
  served = await serve(on.database)
  const { email, password } = aBusiness
  cookie = (await served.mutate('session.signIn', { email, password })).cookie
})
afterAll(async () => {
  await served.app.close()
  await on.drop()
})

type Taken = Result<{ taken: number; known: number }>

async function append(orders: readonly ImportedOrderWire[]): Promise<Answer<Taken>> {
  const begun = await served.mutate<Result<{ importId: string }>>(
    'import.begin',
    { fileName: 'a.csv', source: 'own', rowsRefused: 0 },
    { cookie },
  )
  return served.mutate('import.append', { importId: valueOf(begun).importId, orders }, { cookie })
}

const order = (externalId: string): ImportedOrderWire => anImportedOrder(externalId, shop.store.name)

test('an order that comes twice in one chunk counts once', async () => {
  expect(valueOf(await append([order('twice'), order('once'), order('twice')]))).toEqual({
    taken: 2,
    known: 1,
  })
})

test.each([
  ['a day that does not exist', { businessDay: '2026-02-30' }],
  ['a time beyond every calendar', { occurredAt: -9_000_000_000_000_000 }],
])('%s is refused as what it is, not failed at', async (_, wrong) => {
  expect((await append([{ ...order('wrong'), ...wrong }])).status).toBe(400)
})

test('a NUL in the text of a file is left out', async () => {
  const answer = await append([{ ...order('with a \u0000 in it'), customerName: 'Ada\u0000' }])
  expect(valueOf(answer)).toEqual({ taken: 1, known: 0 })
})

test('undoing an import leaves the register that a device was enrolled as meanwhile', async () => {
  const begun = await served.mutate<Result<{ importId: string }>>(
    'import.begin',
    { fileName: 'b.csv', source: 'own', rowsRefused: 0 },
    { cookie },
  )
  const { importId } = valueOf(begun)
  const orders = ['In use', 'Nobody’s'].map((registerName) => ({ ...order(registerName), registerName }))
  valueOf(await served.mutate<Taken>('import.append', { importId, orders }, { cookie }))
  const names = async (): Promise<string[]> =>
    (await listRegisters(on.database, shop.tenantId)).map(({ name }) => name)
  const made = (await listRegisters(on.database, shop.tenantId)).find(({ name }) => name === 'In use')!
  await enrolRegister(on.database, { ...shop, registerId: made.registerId })
  await served.mutate('import.undo', { importId }, { cookie })
  expect(await names()).toContain('In use')
  expect(await names()).not.toContain('Nobody’s')
})
