import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { decide } from '../../../server/use-cases/decide.ts'
import { decode } from '../../../server/use-cases/decode.ts'
import type { Known } from '../../../server/use-cases/ports.ts'
import { productIds, staffIds, storeIds } from '../../simulation/shop.ts'
import { aSale, cash, type MemoryDevice, type MemoryShop, NOW, openMemoryShop } from './memory-shop.ts'

let shop: MemoryShop
let one: MemoryDevice
let two: MemoryDevice

beforeEach(async () => {
  shop = await openMemoryShop()
  one = await shop.enrol(0)
  two = await shop.enrol(1)
})

describe('an order that two devices took payment for', () => {
  test('[R4] counts once, both payments are kept, and the owner is asked to look', async () => {
    const order = aSale(shop, one)
    one.append('order.paid', order)
    await one.send()
    const level = shop.level(productIds[0]!)
    const again = { ...order, receiptNumber: two.nextReceipt(), payments: [cash(order.totals.totalMinor)] }
    two.append('order.paid', again)
    expect(await two.send()).toEqual([['overpaid-order']])

    expect(shop.database.view.list('orders')).toHaveLength(1)
    expect(shop.level(productIds[0]!)).toBe(level)
    expect(shop.database.view.list('payments').map(([id]) => id)).toEqual(
      [order, again].map(({ payments }) => payments[0]!.paymentId),
    )
    expect(shop.records('task')).toMatchObject([
      { reason: 'overpaid-order', orderId: order.orderId, receiptNumber: again.receiptNumber },
    ])
  })

  test('[R4] in one batch too', async () => {
    const order = aSale(shop, one)
    one.append('order.paid', order)
    one.append('order.paid', { ...order, receiptNumber: one.nextReceipt(), payments: [cash(1)] })
    expect(await one.send()).toEqual([[], ['payments-differ', 'overpaid-order']])
    expect(shop.database.view.list('payments')).toHaveLength(2)
  })

  test('[P3] with the same payments is the same order: nothing is kept twice, nobody has to look', async () => {
    const order = aSale(shop, one)
    one.append('order.paid', order)
    two.append('order.paid', order)
    await one.send()
    const before = shop.state({ withVersions: false })
    expect(await two.send()).toEqual([['duplicate-order']])
    const after = shop.state({ withVersions: false })
    for (const table of ['orders', 'payments', 'movements', 'stock', 'segments', 'records'])
      expect(after[table], table).toEqual(before[table])
  })

  test('[P3] of several payments only the new ones are kept', async () => {
    const order = aSale(shop, one)
    const [payment] = order.payments
    one.append('order.paid', order)
    await one.send()
    const more = cash(700)
    two.append('order.paid', { ...order, payments: [payment, more] })
    expect((await two.send())[0]).toContain('overpaid-order')
    expect(shop.database.view.list('payments').map(([id]) => id)).toEqual([
      payment!.paymentId,
      more.paymentId,
    ])
  })
})

test('[P2] what a device offers again after a fork has its place in the new journal, and takes effect no second time', async () => {
  const order = aSale(shop, one)
  one.append('order.paid', order)
  one.append('moon.landed', {})
  one.append('task.done', { taskId: 'none' })
  const batch = one.journal.map(decode)
  const known = { ...nothingKnown, operations: new Map(one.journal.map((each) => [each.opId, each])) }
  const install = (await shop.parts.store.findInstall(one.installId))!
  const { judged, effects } = decide(batch, known, { install, raisedAt: NOW })
  expect(judged.map(({ result, isRepeat }) => [result.status, result.flags, isRepeat])).toEqual(
    batch.map(() => ['applied', [], true]),
  )
  expect(Object.values(effects).flat()).toEqual([])
  // Negative control: of somebody else it would count.
  const fresh = decide(batch, nothingKnown, { install, raisedAt: NOW })
  expect(fresh.effects.orders).toHaveLength(1)
})

const nothingKnown: Known = {
  nextV: 2,
  epoch: '',
  operations: new Map(),
  activeStaff: new Map(),
  orders: new Map(),
  refundedMinor: new Map(),
  payments: new Set(),
  receiptNumbers: new Set(),
  shifts: new Map(),
  openShifts: new Map(),
  waiting: new Map(),
  records: new Map(),
  stock: new Map(),
  seenStockMilli: new Map(),
}

describe('what looks wrong', () => {
  test('[P4] is taken all the same, and becomes a task that says what and where', async () => {
    const unknown = randomUUID()
    const sale = aSale(shop, one)
    const order = { ...sale, lines: [{ ...sale.lines[0]!, productId: unknown }], staffId: randomUUID() }
    const { opId, seq } = one.append('order.paid', order)
    expect(await one.send()).toEqual([['unknown-product', 'dismissed-staff']])
    expect(shop.database.view.get('orders', order.orderId)).toBeDefined()
    expect(shop.record('task', `unknown-product/${opId}`)).toMatchObject({
      storeId: storeIds[0],
      doc: {
        productId: unknown,
        orderId: order.orderId,
        installId: one.installId,
        seq,
        raisedAt: NOW,
        state: 'open',
      },
    })
    expect(shop.record('task', `dismissed-staff/${opId}`)?.doc).toMatchObject({ productId: null })
  })

  test('[R7] a price that has changed since is kept as it was sold, and is nobody’s task', async () => {
    const sale = aSale(shop, one)
    const { variantId, priceMinor: base } = shop.record('product', productIds[0]!)!.doc!.variants[0]!
    one.edit(
      {
        kind: 'product',
        id: productIds[0]!,
        action: 'change',
        baseV: 1,
        fields: { [`variants.${variantId}.priceMinor`]: { base, value: base + 50 } },
      },
      staffIds[0]!,
    )
    one.append('order.paid', sale)
    expect(await one.send()).toEqual([[], ['price-not-on-list']])
    expect(shop.database.view.get('orders', sale.orderId)!.order).toEqual(sale)
    expect(shop.records('task')).toEqual([])
  })

  test('[I12] a receipt number that was given out before is flagged', async () => {
    const { receiptNumber } = aSale(shop, one)
    one.append('order.paid', aSale(shop, one, { receiptNumber }))
    one.append('order.paid', aSale(shop, one, { receiptNumber }))
    expect(await one.send()).toEqual([[], ['duplicate-receipt-number']])
  })

  test('[P5] what a revoked device sold arrives flagged, and counts', async () => {
    await shop.revoke(one)
    const sale = aSale(shop, one)
    one.append('order.paid', sale)
    expect(await one.send()).toEqual([['revoked-install']])
    expect(shop.database.view.get('orders', sale.orderId)).toBeDefined()
    expect(shop.records('task')).toMatchObject([{ reason: 'revoked-install', installId: one.installId }])
  })

  test('[P4] what can’t be read is parked with a task, and what follows counts', async () => {
    const { opId } = one.append('order.paid', { not: 'an order' })
    one.append('order.paid', aSale(shop, one))
    expect(await one.push(1, 2)).toMatchObject({ results: [{ status: 'parked' }, { status: 'applied' }] })
    expect(shop.record('task', `parked-operation/${opId}`)?.doc).toMatchObject({ state: 'open', seq: 1 })
  })
})
