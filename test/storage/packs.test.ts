import { describe, expect, test } from 'vitest'
import { applyPage } from '../../src/storage/changes.ts'
import { dropOldOrders } from '../../src/storage/orders-drop.ts'
import { listOrders, type OrderSummary } from '../../src/storage/orders-list.ts'
import { listRefunds, loadOrder } from '../../src/storage/orders.ts'
import type { Inflate } from '../../src/storage/packs.ts'
import { commitSale } from '../../src/storage/sale.ts'
import { DAY_MS, idOf, type MemoryDevice, NOW, saleOf } from './memory-device.ts'
import {
  createPulledDevice,
  foreignOrder,
  inflate,
  orderCame,
  packOf,
  pageOf,
  pull,
  rowsOf,
} from './pulled-device.ts'

/** An order of the n-th minute. */
const orderAt = (minute: number) => foreignOrder(minute, { occurredAt: NOW + minute * 60_000 })

const all = () => true

async function numbersOf(
  { storage }: MemoryDevice,
  most = 100,
  isAsked: (order: OrderSummary) => boolean = all,
): Promise<number[]> {
  const orders = await listOrders(storage, { most, isAsked })
  return orders.map(({ orderId }) => Number(orderId.slice(-6)))
}

describe('the list of orders', () => {
  test('merges packs, which may overlap, and single rows, newest first', async () => {
    const device = await createPulledDevice({
      packs: [packOf('a', [2, 9, 5].map(orderAt)), packOf('b', [1, 7].map(orderAt))],
      orders: [6, 3, 8].map((minute) => orderCame(orderAt(minute), 4)),
    })
    await commitSale(device, saleOf(4, { occurredAt: NOW + 4 * 60_000 }))
    expect(await numbersOf(device)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1])
    expect(await numbersOf(device, 3)).toEqual([9, 8, 7])
    expect(await numbersOf(device, 2, ({ seq }) => seq === null)).toEqual([9, 8])
  })

  test('leaves none out where more orders than it reads at once have one moment', async () => {
    const numbers = Array.from({ length: 250 }, (_, index) => index + 1)
    const device = await createPulledDevice({
      orders: numbers.map((number) => orderCame(foreignOrder(number), 4)),
      packs: [packOf('a', [foreignOrder(900)])],
    })
    expect(new Set(await numbersOf(device, 1_000))).toEqual(new Set([...numbers, 900]))
  })

  test('tells of a packed order all that a card and the search need, without opening it', async () => {
    const order = orderAt(1)
    const device = await createPulledDevice({
      packs: [packOf('a', [order])],
      orders: [orderCame(orderAt(2), 4, { isRefunded: true })],
    })
    const [single, packed] = await listOrders(device.storage, { most: 5, isAsked: all })
    const shared = {
      registerId: 'other-register',
      totalMinor: 300,
      itemsMilli: 1000,
      lineNames: 'Coffee',
      seq: null,
    }
    expect(packed).toEqual({
      ...shared,
      orderId: order.orderId,
      receiptNumber: '9-1',
      occurredAt: order.occurredAt,
      refundOf: null,
      status: 'paid',
    })
    expect(single).toMatchObject({ ...shared, receiptNumber: '9-2', status: 'refunded' })
  })

  test('shows an order that changed after it was packed once, as it is now', async () => {
    const device = await createPulledDevice({ packs: [packOf('a', [orderAt(1), orderAt(2)])] })
    await pull(device, { orders: [orderCame(orderAt(1), 6, { isRefunded: true })] })
    const orders = await listOrders(device.storage, { most: 5, isAsked: all })
    expect(orders.map(({ status }) => status)).toEqual(['paid', 'refunded'])
  })

  test('shows an order once that two packs hold', async () => {
    const device = await createPulledDevice({
      packs: [packOf('a', [orderAt(1)]), packOf('b', [orderAt(1)], 4)],
    })
    expect(await numbersOf(device)).toEqual([1])
    expect(await loadOrder(device.storage, idOf(1), inflate)).toMatchObject({ v: 4 })
  })
})

describe('one order', () => {
  test('comes out of its pack, and only that pack is opened', async () => {
    const opened: number[] = []
    const counting: Inflate = (bytes) => {
      opened.push(bytes.length)
      return inflate(bytes)
    }
    const packs = ['a', 'b', 'c'].map((packId, place) =>
      packOf(packId, [orderAt(place), orderAt(10 + place)]),
    )
    const device = await createPulledDevice({ packs })
    expect(await loadOrder(device.storage, idOf(11), counting)).toEqual({
      orderId: idOf(11),
      generation: 1,
      v: 3,
      occurredAt: orderAt(11).occurredAt,
      receiptNumber: '9-11',
      status: 'paid',
      order: orderAt(11),
    })
    expect(opened).toHaveLength(1)
    expect(await loadOrder(device.storage, idOf(99), counting)).toBeNull()
    expect(opened).toHaveLength(1)
  })

  test('[L3] that was sold here is the one of the journal, whatever a pack says', async () => {
    const device = await createPulledDevice()
    await commitSale(device, saleOf(1))
    const sold = await loadOrder(device.storage, idOf(1), inflate)
    const other = await createPulledDevice({ packs: [packOf('a', [orderAt(1)])] })
    await other.storage.write(['orders'], 'strict', async (tx) => tx.put('orders', [sold!]))
    expect(await loadOrder(other.storage, idOf(1), inflate)).toEqual(sold)
    expect(await numbersOf(other)).toEqual([1])
  })

  test('[R1] finds its refunds in rows and packs', async () => {
    const refund = (number: number, refundOf: string) => foreignOrder(number, { refundOf })
    const device = await createPulledDevice({
      packs: [packOf('a', [orderAt(1), refund(2, idOf(1)), refund(3, idOf(9)), refund(4, idOf(1))])],
      orders: [orderCame(refund(5, idOf(1)), 4), orderCame(refund(4, idOf(1)), 5)],
    })
    const found = await listRefunds(device.storage, idOf(1), inflate)
    expect(found.map(({ orderId }) => orderId).toSorted()).toEqual([2, 4, 5].map(idOf))
    expect(found.every(({ order }) => order.refundOf === idOf(1))).toBe(true)
    expect(await listRefunds(device.storage, idOf(2), inflate)).toEqual([])
  })
})

describe('orders of days gone by', () => {
  const dayOf = (number: number, businessDay: string, days: number) =>
    foreignOrder(number, { businessDay, occurredAt: NOW + days * DAY_MS })

  test('leave with the day, packed or not; own ones stay', async () => {
    const device = await createPulledDevice({
      packs: [
        packOf('old', [dayOf(1, '2025-10-22', -30)]),
        packOf('both', [dayOf(2, '2025-10-22', -30), dayOf(3, '2025-10-23', -29)]),
      ],
      orders: [orderCame(dayOf(4, '2025-10-22', -30), 4), orderCame(dayOf(5, '2025-10-23', -29), 4)],
    })
    await commitSale(device, saleOf(6, { businessDay: '2025-10-22', occurredAt: NOW - 30 * DAY_MS }))
    await pull(device, { orders: [orderCame(dayOf(1, '', 0), 6, { isWithdrawn: true, doc: null })] })
    const before = await numbersOf(device)
    expect(before.toSorted((one, other) => one - other)).toEqual([2, 3, 4, 5, 6])
    // Negative control: on the same day nothing leaves.
    await dropOldOrders(device.storage)
    expect(await numbersOf(device)).toEqual(before)

    await applyPage(device.storage, pageOf({ from: 6, ordersSince: '2025-10-23' }), NOW)
    expect((await rowsOf(device, 'packs')).map(({ packId }) => packId)).toEqual(['both'])
    expect((await rowsOf(device, 'orders')).map(({ orderId }) => orderId)).toEqual([5, 6].map(idOf))
  })

  test('leave in portions, to the last one', async () => {
    const many = Array.from({ length: 1_100 }, (_, index) =>
      dayOf(index + 1, '2025-10-22', -30 + (index % 2) / 100),
    )
    const device = await createPulledDevice({ orders: many.map((order) => orderCame(order, 4)) })
    await pull(device, { ordersSince: '2025-10-23' })
    expect(await rowsOf(device, 'orders')).toEqual([])
  })
})
