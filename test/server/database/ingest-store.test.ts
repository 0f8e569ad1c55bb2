import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { PaidOrder } from '#domain/order.ts'
import { noEffects } from '../reading-device.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { openShop, type Shop } from '../virtual-shop.ts'
import { ingestingOn, type Ingesting } from './ingesting.ts'

let on: TestDatabase
let shop: Shop
let store: Ingesting['store']
let register: Ingesting['register']
let install: Ingesting['install']
let accept: Ingesting['accept']
let sale: Ingesting['sale']
let known: Ingesting['known']
let one: Ingesting['one']
let ask: Ingesting['ask']
let wrongLevels: Ingesting['wrongLevels']

beforeAll(async () => {
  on = await createTestDatabase()
  shop = await openShop(on.database)
})
afterAll(() => on.drop())
beforeEach(async () => {
  ;({ store, register, install, accept, sale, known, one, ask, wrongLevels } = await ingestingOn(
    on.database,
    shop,
  ))
})

describe('a batch with its effects', () => {
  test('[I5] [I10] is stored as one: order, payment, movements, level, sums and document', async () => {
    const shiftId = randomUUID()
    const write = sale({ shiftId, quantity: 3, businessDay: '2026-04-01' })
    expect(await accept({ orders: [write] })).toBe(true)
    const { orderId, totals, payments } = write.order
    expect(
      await one(
        `select o.shift_late, o.doc, (select sum(amount_minor)::int from payment where order_id = $1) as paid,
           (select sum(quantity_milli)::int from stock_movement where order_id = $1) as moved,
           (select row (order_count, net_minor, cash_minor)::text from shift_sum s where s.shift_id = o.shift_id) as sums,
           (select sum(net_minor)::int from rollup_hour where day = '2026-04-01') as hour,
           (select row (sum(net_minor), sum(lines))::text from rollup_product where day = '2026-04-01') as product,
           (select sum(amount_minor)::int from rollup_tender where day = '2026-04-01') as tender,
           (select last_seq from segment_install where install_id = o.install_id) as included
         from orders o where order_id = $1`,
        [orderId],
      ),
    ).toEqual({
      shift_late: false,
      doc: null,
      paid: totals.totalMinor,
      moved: -3000,
      sums: `(1,${totals.netMinor},${payments[0]!.amountMinor})`,
      hour: totals.netMinor,
      product: `(${totals.netMinor},1)`,
      tender: totals.totalMinor,
      included: write.seq,
    })
    expect(await wrongLevels()).toEqual([])
  })

  test.each<[string, Partial<PaidOrder>]>([
    ['a day that does not exist', { businessDay: '2026-02-31' }],
    ['a time beyond all calendars', { occurredAt: Number.MAX_SAFE_INTEGER }],
    ['an hour that does not exist', { businessHour: 99 }],
  ])('[P4] with %s leaves nothing behind', async (_, order) => {
    const before = await one('select (select count(*) from operation) as n, (select v from sync_head) as v')
    expect(await accept({ orders: [sale(), sale({ order })] })).toBe(false)
    expect(await one('select (select count(*) from operation) as n, (select v from sync_head) as v')).toEqual(
      before,
    )
  })

  test('[P3] [I2] a payment or movement whose id is stored already counts no second time', async () => {
    const first = sale({ shiftId: randomUUID() })
    const second = sale({
      shiftId: randomUUID(),
      order: { payments: first.order.payments, movements: first.order.movements },
    })
    await accept({ orders: [first] })
    const tenders = () => one(`select sum(amount_minor)::int as n from rollup_tender`)
    const before = await tenders()
    expect(await accept({ orders: [second] })).toBe(true)
    expect(await tenders()).toEqual(before)
    expect(
      await one('select order_count, cash_minor from shift_sum where shift_id = $1', [second.shiftId]),
    ).toEqual({
      order_count: 1,
      cash_minor: 0,
    })
    expect(await wrongLevels()).toEqual([])
  })

  test('[P3] an order that is stored already is left as it is', async () => {
    const write = sale({ businessDay: '2026-04-02' })
    await accept({ orders: [write] })
    expect(await accept({ orders: [write, sale({ businessDay: '2026-04-02' })] })).toBe(true)
    expect(await one(`select sum(orders)::int as n from rollup_hour where day = '2026-04-02'`)).toEqual({
      n: 2,
    })
  })

  test('[P2] moves the head, keeps the signature and answers what was stored', async () => {
    await accept({}, { flags: ['totals-differ', 'negative-stock'] })
    const [operation] = register.journal
    await store.inIngest(install, (tx) =>
      tx.saveSignature({ seq: 1, chain: operation!.chain, signature: 's' }),
    )
    const again = (await store.findInstall(register.installId))!
    expect(again.head).toEqual({ seq: 1, chain: operation!.chain })
    const stored = await store.inIngest(again, (tx) => tx.storedOperations(1, 5))
    expect(stored.get(1)).toEqual({
      hash: operation!.hash,
      chain: operation!.chain,
      result: { seq: 1, status: 'applied', flags: ['totals-differ', 'negative-stock'] },
    })
    expect(
      await ask('select seq, chain, signature from batch_signature where install_id = $1', [
        install.installId,
      ]),
    ).toEqual([{ seq: 1, chain: operation!.chain, signature: 's' }])
    expect(await one('select signed_seq from install where install_id = $1', [install.installId])).toEqual({
      signed_seq: 1,
    })
  })

  test('[P2] of a fork is kept beside the journal, marks the install and raises the alarm', async () => {
    const operation = register.append('anything', {})
    const taskId = `fork/${install.installId}/1`
    const task = {
      kind: 'task' as const,
      id: taskId,
      storeId: shop.store.storeId,
      isDeleted: false,
      doc: null,
      writers: {},
    }
    await store.inIngest(install, (tx) => tx.keepFork([operation], [{ ...task, doc: { taskId } as never }]))
    expect(
      await one(
        `select i.forked_at is not null as is_marked, i.last_seq, (select count(*) from forked_operation f where f.install_id = i.install_id) as kept,
           (select store_id from record where id = $2) as store_id from install i where install_id = $1`,
        [install.installId, taskId],
      ),
    ).toEqual({ is_marked: true, last_seq: 0, kept: 1, store_id: shop.store.storeId })
  })
})

describe('orders', () => {
  test('[R1] [R4] what refunds give back is known before their sale comes, and a sale refunded in full says so', async () => {
    const saleId = randomUUID()
    const refund = sale({ quantity: -1, order: { refundOf: saleId } })
    await accept({ orders: [refund] })
    const backMinor = -refund.order.totals.totalMinor
    expect((await known({ orderIds: [saleId] })).refundedMinor).toEqual(new Map([[saleId, backMinor]]))
    const sold = sale({ order: { orderId: saleId } })
    await accept({ orders: [sold], refundedOrderIds: [saleId] })
    expect((await known({ orderIds: [saleId] })).orders.get(saleId)).toEqual({
      installId: install.installId,
      seq: sold.seq,
      totalMinor: sold.order.totals.totalMinor,
      status: 'refunded',
    })
  })

  test('[R4] paid twice count once; the second money counts in tenders and in its shift', async () => {
    const [first, other] = [randomUUID(), randomUUID()]
    const write = sale({ shiftId: first, businessDay: '2026-04-03' })
    await accept({ orders: [write] })
    const [payment] = write.order.payments
    const extra = {
      orderId: write.order.orderId,
      storeId: shop.store.storeId,
      businessDay: '2026-04-03',
      installId: install.installId,
      seq: 2,
      receiptNumber: '9-1',
      shiftId: other,
      payments: [{ ...payment!, paymentId: randomUUID() }],
    }
    await accept({ extraPayments: [extra] })
    await accept({ extraPayments: [{ ...extra, seq: 3 }] })
    expect(
      await one(
        `select (select sum(orders)::int from rollup_hour where day = '2026-04-03') as orders,
           (select sum(amount_minor)::int from rollup_tender where day = '2026-04-03') as paid,
           (select row (order_count, cash_minor)::text from shift_sum where shift_id = $1) as sums`,
        [other],
      ),
    ).toEqual({ orders: 1, paid: 2 * payment!.amountMinor, sums: `(0,${payment!.amountMinor})` })
  })
})

describe('records', () => {
  test('[R3] [L7] keep their store, their writers and, deleted, their last document', async () => {
    const id = randomUUID()
    const by = { actorId: null, installId: install.installId, at: 1 }
    const record = {
      kind: 'customer' as const,
      id,
      storeId: null,
      isDeleted: false,
      doc: { customerId: id, name: 'Ana', phone: null, email: null },
      writers: { name: { v: 3, by } },
    }
    await accept({ records: [record] })
    await accept({ records: [{ ...record, isDeleted: true }] })
    const found = await known({
      records: [
        ['customer', id],
        ['customer', 'nobody'],
      ],
    })
    expect([...found.records]).toEqual([
      [`customer/${id}`, { v: found.nextV - 1, isDeleted: true, doc: record.doc, writers: record.writers }],
    ])
    expect(await one('select doc, store_id from record where id = $1', [id])).toEqual({
      doc: null,
      store_id: null,
    })
  })
})

describe('a parked operation', () => {
  test('[P4] is listed, and taken once however many try; its bytes and version stay', async () => {
    await accept({}, { status: 'parked' })
    const parked = (await store.listParked()).filter(({ installId }) => installId === install.installId)
    expect(parked).toEqual([{ tenantId: shop.tenantId, installId: install.installId, seq: 1 }])
    const stored = () =>
      one(`select payload, hash, v from operation where install_id = $1`, [install.installId])
    const before = await stored()
    const write = sale({ businessDay: '2026-04-05' })
    const redrive = (): Promise<boolean> =>
      store.inRedrive(parked[0]!, (tx) => {
        expect(tx.operation).toEqual(register.journal[0])
        return tx.accept(
          { seq: 1, status: 'applied', flags: ['closed-shift'] },
          { ...noEffects, orders: [{ ...write, seq: 1 }] },
        )
      })
    expect(await Promise.all([redrive(), redrive()])).toEqual([true, true])
    expect(await one(`select sum(orders)::int as n from rollup_hour where day = '2026-04-05'`)).toEqual({
      n: 1,
    })
    expect(await stored()).toEqual(before)
    expect(
      await one('select status, flags from operation where install_id = $1', [install.installId]),
    ).toEqual({
      status: 'applied',
      flags: ['closed-shift'],
    })
  })
})
