import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Result } from '#domain/failure.ts'
import type { PushAnswer, PushRequest, PushRequestV1 } from '#protocol/push.ts'
import { acceptOperations, type IngestParts } from '../../../server/use-cases/accept-operations.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { aBareRegister, enrolRegister, ingestPartsOn, openShop, type Shop } from '../virtual-shop.ts'

let on: TestDatabase
let shop: Shop
let ingest: IngestParts

beforeAll(async () => {
  on = await createTestDatabase({ max: 20 })
  shop = await openShop(on.database)
  ingest = ingestPartsOn(on.database)
})
afterAll(() => on.drop())

async function push(request: PushRequest | PushRequestV1): Promise<PushAnswer> {
  return value(await acceptOperations(ingest, request))
}

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.code)
  return result.value
}

const count = async (sql: string, values: unknown[] = []): Promise<number> => {
  const [row] = await on.database.asTenant(shop.tenantId, (tx) => tx.query<{ n: number }>(sql, values))
  return row!.n
}
const ordersOf = (installId: string): Promise<number> =>
  count('select count(*) as n from orders where install_id = $1', [installId])

const forkTasks = (installId: string) =>
  on.database.asTenant(shop.tenantId, (tx) =>
    tx.query(
      `select (doc ->> 'seq')::int as "atSeq",
         (select count(*)::int from forked_operation where install_id = $1) as kept
       from record where kind = 'task' and doc ->> 'reason' = 'fork' and doc ->> 'installId' = $1::text order by 1`,
      [installId],
    ),
  )

describe('a batch of a journal', () => {
  test('[P1] [C1] stores order, lines, payments, movements and rollups together', async () => {
    const register = await enrolRegister(on.database, shop)
    const order = register.sell({ quantity: 3, businessDay: '2026-01-05', businessHour: 7 })
    expect(await push(await register.batch())).toEqual({
      status: 'accepted',
      ackedSeq: 1,
      results: [{ seq: 1, status: 'applied', flags: [] }],
    })
    const [stored] = await on.database.asTenant(shop.tenantId, (tx) =>
      tx.query(
        `select (select net_minor::int from rollup_product where day = '2026-01-05') as lines,
           (select sum(amount_minor)::int from payment where order_id = $1) as paid,
           (select sum(quantity_milli)::int from stock_movement where order_id = $1) as moved,
           (select net_minor::int from rollup_hour where day = '2026-01-05' and hour = 7) as rolled`,
        [order.orderId],
      ),
    )
    const { netMinor, totalMinor } = order.totals
    expect(stored).toEqual({ lines: netMinor, paid: totalMinor, moved: -3000, rolled: netMinor })
  })

  test('[P1] is refused when another key signed it', async () => {
    const register = await enrolRegister(on.database, shop)
    const stranger = await enrolRegister(on.database, shop)
    register.sell()
    const batch = await register.batch()
    const forged = { ...batch, signature: await stranger.sign(`evertill-push:${batch.chain}`) }
    expect(await acceptOperations(ingest, forged)).toMatchObject({
      ok: false,
      failure: { code: 'push/bad-signature' },
    })
    expect(await ordersOf(register.installId)).toBe(0)
  })

  test('[P2] [I4] replayed whole answers the stored results and doubles nothing', async () => {
    const register = await enrolRegister(on.database, shop)
    register.sell({ businessDay: '2026-02-01' })
    register.sell({ businessDay: '2026-02-01' })
    const batch = await register.batch()
    const first = await push(batch)
    const sums = () => count(`select sum(net_minor) as n from rollup_hour where day = '2026-02-01'`)
    const before = await sums()
    expect(await push(batch)).toEqual(first)
    expect(await push(await register.batch(1, 1))).toMatchObject({ status: 'accepted', ackedSeq: 2 })
    expect(await ordersOf(register.installId)).toBe(2)
    expect(await sums()).toBe(before)
  })

  test('[P2] that overlaps what is stored takes only the new part', async () => {
    const register = await enrolRegister(on.database, shop)
    register.sell()
    await push(await register.batch())
    register.sell()
    expect(await push(await register.batch(1, 2))).toMatchObject({ status: 'accepted', ackedSeq: 2 })
    expect(await ordersOf(register.installId)).toBe(2)
  })

  test('[P2] with a gap before it is answered with what is expected, and nothing is stored', async () => {
    const register = await enrolRegister(on.database, shop)
    register.sell()
    register.sell()
    expect(await push(await register.batch(2, 2))).toEqual({ status: 'gap', expectedSeq: 1 })
    expect(await ordersOf(register.installId)).toBe(0)
  })

  test('[P2] that differs from what is stored is a fork: kept, marked, not applied', async () => {
    const register = await enrolRegister(on.database, shop)
    const twin = register.twinAfter(0)
    register.sell()
    await push(await register.batch())
    twin.sell()
    expect(await push(await twin.batch())).toEqual({ status: 'fork', atSeq: 1 })
    expect(
      await count('select count(*) as n from forked_operation where install_id = $1', [register.installId]),
    ).toBe(1)
    expect(await ordersOf(register.installId)).toBe(1)
  })

  test('[P2] whose chain goes another way is a fork from where it does, and the owner is told once', async () => {
    const register = await enrolRegister(on.database, shop)
    for (let sale = 0; sale < 3; sale += 1) register.sell()
    await push(await register.batch())
    const twin = register.twinAfter(1)
    for (let sale = 0; sale < 4; sale += 1) twin.sell()
    expect(await push(await twin.batch())).toEqual({ status: 'fork', atSeq: 2 })
    expect(await push(await twin.batch(4))).toEqual({ status: 'fork', atSeq: 4 })
    expect(await push(await twin.batch())).toEqual({ status: 'fork', atSeq: 2 })
    expect(await forkTasks(register.installId)).toEqual([
      { atSeq: 2, kept: 4 },
      { atSeq: 4, kept: 4 },
    ])
    expect(await push(await register.batch())).toMatchObject({ status: 'accepted', ackedSeq: 3 })
    expect(await ordersOf(register.installId)).toBe(3)
  })

  test('[P2] whose bytes were changed on the way is not applied', async () => {
    const register = await enrolRegister(on.database, shop)
    register.sell()
    const batch = await register.batchV1()
    const [operation] = batch.operations
    const changed = {
      ...operation!,
      payload: operation!.payload.replace('"quantityMilli":1000', '"quantityMilli":9000'),
    }
    expect(await acceptOperations(ingest, { ...batch, operations: [changed] })).toMatchObject({
      ok: false,
      failure: { code: 'push/damaged', dataSafe: true },
    })
    expect(await ordersOf(register.installId)).toBe(0)
    expect(await push(batch)).toMatchObject({ status: 'accepted' })
  })

  test('[P7] is taken as release 0.1 sends it, and a newer client goes on from there', async () => {
    const register = await enrolRegister(on.database, shop)
    register.sell()
    expect(await push(await register.batchV1())).toMatchObject({ status: 'accepted', ackedSeq: 1 })
    register.sell()
    expect(await push(await register.batch())).toMatchObject({ status: 'accepted', ackedSeq: 2 })
  })

  test('[P1] leaves the device’s signature over its end for an auditor', async () => {
    const register = await enrolRegister(on.database, shop)
    register.sell()
    register.sell()
    const batch = await register.batch()
    await push(batch)
    await push(batch)
    const kept = await on.database.asTenant(shop.tenantId, (tx) =>
      tx.query('select seq, chain, signature from batch_signature where install_id = $1', [
        register.installId,
      ]),
    )
    expect(kept).toEqual([{ seq: 2, chain: batch.chain, signature: batch.signature }])
  })

  test('of a device that is not enrolled is refused', async () => {
    const { register } = await aBareRegister(shop)
    register.sell()
    expect(await acceptOperations(ingest, await register.batch())).toMatchObject({
      ok: false,
      failure: { code: 'push/unknown-install', dataSafe: true },
    })
  })

  test('[P3] brings an order that is stored already: it counts once and is flagged', async () => {
    const register = await enrolRegister(on.database, shop)
    const order = register.sell()
    register.append('order.paid', order)
    const answer = await push(await register.batch())
    expect(answer).toMatchObject({ results: [{ flags: [] }, { flags: ['duplicate-order'] }] })
    expect(await ordersOf(register.installId)).toBe(1)
  })

  test('[P2] [P3] both copies of a cloned profile hand over what both held: it counts once, and neither waits', async () => {
    const one = await enrolRegister(on.database, shop)
    const two = await enrolRegister(on.database, shop)
    const opId = randomUUID()
    const order = one.buildOrder({})
    one.append('order.paid', order, opId)
    two.append('order.paid', order, opId)
    two.sell()
    await push(await one.batch())
    const answer = { status: 'accepted', results: [{ status: 'applied', flags: [] }, { flags: [] }] }
    expect(await push(await two.batch())).toMatchObject(answer)
    expect(await push(await two.batch())).toMatchObject(answer)
    expect([await ordersOf(one.installId), await ordersOf(two.installId)]).toEqual([1, 1])
  })

  test('[P3] brings an operation whose id stands for something else: a fork', async () => {
    const one = await enrolRegister(on.database, shop)
    const two = await enrolRegister(on.database, shop)
    const opId = randomUUID()
    one.append('order.paid', one.buildOrder({}), opId)
    two.append('order.paid', two.buildOrder({}), opId)
    await push(await one.batch())
    expect(await push(await two.batch())).toEqual({ status: 'fork', atSeq: 1 })
  })

  test('[P4] parks what it can’t decode, and what follows still arrives', async () => {
    const register = await enrolRegister(on.database, shop)
    register.append('order.paid', { not: 'an order' })
    register.append('moon.landed', { year: 1969 })
    register.sell()
    const answer = await push(await register.batch())
    expect(answer).toMatchObject({
      status: 'accepted',
      ackedSeq: 3,
      results: [{ status: 'parked' }, { status: 'parked' }, { status: 'applied' }],
    })
    expect(await ordersOf(register.installId)).toBe(1)
  })

  test('[P4] flags an unknown product, a price off the list and totals that don’t add up, and takes them', async () => {
    const register = await enrolRegister(on.database, shop)
    register.sell({ productId: randomUUID() })
    const fair = register.buildOrder({})
    const line = { ...fair.lines[0]!, unitPriceMinor: 1 }
    register.append('order.paid', { ...fair, lines: [line] })
    register.append('order.paid', { ...register.buildOrder({}), payments: [] })
    const answer = await push(await register.batch())
    expect(answer).toMatchObject({
      results: [
        { flags: ['unknown-product'] },
        { flags: ['price-not-on-list', 'totals-differ'] },
        { flags: ['payments-differ'] },
      ],
    })
    expect(await ordersOf(register.installId)).toBe(3)
  })

  test('[P5] of a dismissed cashier still arrives, flagged', async () => {
    const register = await enrolRegister(on.database, shop)
    const gone = { ...register.buildOrder({}), staffId: randomUUID() }
    register.append('order.paid', gone)
    expect(await push(await register.batch())).toMatchObject({
      results: [{ status: 'applied', flags: ['dismissed-staff'] }],
    })
  })

  test('[P5] of a revoked install arrives flagged', async () => {
    const register = await enrolRegister(on.database, shop)
    register.sell()
    await on.database.asTenant(shop.tenantId, (tx) =>
      tx.query('update install set revoked_at = now() where install_id = $1', [register.installId]),
    )
    expect(await push(await register.batch())).toMatchObject({ results: [{ flags: ['revoked-install'] }] })
  })
})
