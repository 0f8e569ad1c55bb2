import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PaidOrder } from '#domain/order.ts'
import type { Result } from '#domain/failure.ts'
import type { PushAnswer } from '#protocol/push.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { serve, valueOf, type Served } from '../served.ts'
import { enrolRegister, openShop, type Shop, type VirtualRegister } from '../virtual-shop.ts'

let on: TestDatabase
let shop: Shop
let served: Served

beforeAll(async () => {
  on = await createTestDatabase({ max: 20 })
  shop = await openShop(on.database)
  served = await serve(on.database)
})
afterAll(async () => {
  await served.app.close()
  await on.drop()
})

const push = async (register: VirtualRegister): Promise<PushAnswer> =>
  valueOf(await served.mutate<Result<PushAnswer>>('operations.push', await register.batch()))

const poisons: Record<string, (order: PaidOrder) => unknown> = {
  'a name with a NUL': (order) => withLine(order, { name: 'Lat\u0000te' }),
  'a day that does not exist': (order) => ({ ...order, businessDay: '2026-02-30' }),
  'a time before the Stone Age': (order) => ({ ...order, occurredAt: -9_000_000_000_000_000 }),
  'amounts whose sum fits nowhere': (order) => ({
    ...order,
    lines: Array.from({ length: 2_000 }, () => ({
      ...order.lines[0]!,
      lineId: crypto.randomUUID(),
      quantityMilli: Number.MAX_SAFE_INTEGER,
    })),
  }),
  'forty thousand payments': (order) => ({
    ...order,
    payments: Array.from({ length: 40_000 }, () => ({
      ...order.payments[0]!,
      paymentId: crypto.randomUUID(),
    })),
  }),
}

const withLine = (order: PaidOrder, change: object): unknown => ({
  ...order,
  lines: [{ ...order.lines[0]!, ...change }],
})

describe('[P4] what the database can’t hold never blocks the journal behind it', () => {
  test.each(Object.entries(poisons))('%s', async (_, poison) => {
    const register = await enrolRegister(on.database, shop)
    register.sell()
    register.append('order.paid', poison(register.buildOrder({})))
    const after = register.sell()
    const answer = await push(register)
    expect(answer).toMatchObject({ status: 'accepted', ackedSeq: 3 })
    expect(answer).toMatchObject({ results: [{ status: 'applied' }, { seq: 2 }, { status: 'applied' }] })
    const rows = await on.database.asTenant(shop.tenantId, (tx) =>
      tx.query<{ order_id: string }>('select order_id from orders where install_id = $1 and seq = 3', [
        register.installId,
      ]),
    )
    expect(rows).toEqual([{ order_id: after.orderId }])
    expect(await push(register)).toEqual(answer)
  })

  test('a sale with a NUL in its text is taken without it, and its journal keeps it', async () => {
    const register = await enrolRegister(on.database, shop)
    register.append('order.paid', { ...register.buildOrder({}), receiptNumber: '9\u0000-1' })
    expect(await push(register)).toMatchObject({ results: [{ status: 'applied', flags: [] }] })
    const [stored] = await on.database.asTenant(shop.tenantId, (tx) =>
      tx.query(
        `select o.receipt_number, p.payload = $2 as is_kept
         from operation p join orders o using (tenant_id, install_id, seq) where p.install_id = $1`,
        [register.installId, register.journal[0]!.payload],
      ),
    )
    expect(stored).toEqual({ receipt_number: '9-1', is_kept: true })
  })

  test('nor does what no release knows, whatever is in it', async () => {
    const register = await enrolRegister(on.database, shop)
    register.append('moon.landed', { note: 'raw \u0000 inside' })
    register.sell()
    expect(await push(register)).toMatchObject({ status: 'accepted', ackedSeq: 2 })
  })
})

test('[P3] two devices that send one operation at the same moment: one has it, the other is a fork', async () => {
  for (let round = 0; round < 10; round += 1) {
    const pair = [await enrolRegister(on.database, shop), await enrolRegister(on.database, shop)]
    const opId = crypto.randomUUID()
    for (const register of pair) register.append('order.paid', register.buildOrder({}), opId)
    const answers = await Promise.all(pair.map((register) => push(register)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual(['accepted', 'fork'])
  }
})

test('[P3] two devices that send one order at the same moment: it counts once and is flagged once', async () => {
  for (let round = 0; round < 10; round += 1) {
    const pair = [await enrolRegister(on.database, shop), await enrolRegister(on.database, shop)]
    const order = pair[0]!.buildOrder({})
    for (const register of pair) register.append('order.paid', order)
    const answers = await Promise.all(pair.map((register) => push(register)))
    const flags = answers.flatMap((answer) => (answer.status === 'accepted' ? answer.results[0]!.flags : []))
    expect(flags).toEqual(['duplicate-order'])
  }
})
