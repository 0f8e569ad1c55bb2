import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { registerIds, storeIds } from '../../simulation/shop.ts'
import {
  aRefund,
  aSale,
  cash,
  type MemoryDevice,
  type MemoryShop,
  NOW,
  openMemoryShop,
} from './memory-shop.ts'

const place = { storeId: storeIds[0], registerId: registerIds[0]! }
let shop: MemoryShop
let register: MemoryDevice
let shiftId: string

beforeEach(async () => {
  shop = await openMemoryShop()
  register = await shop.enrol(0)
  shiftId = open(register)
})

function open(device: MemoryDevice, id: string = randomUUID()): string {
  device.append('shift.opened', { ...place, shiftId: id, openedAt: NOW, openingFloatMinor: 10_000 })
  return id
}

function close(device: MemoryDevice, id: string, sums: { orders: number; net: number; cash: number }): void {
  device.append('shift.closed', {
    ...place,
    shiftId: id,
    closedAt: NOW,
    zNumber: 1,
    orderCount: sums.orders,
    netMinor: sums.net,
    expectedCashMinor: sums.cash,
    countedCashMinor: sums.cash,
  })
}

const shiftOf = (orderId: string) => shop.database.view.get('orders', orderId)?.shiftId

describe('the close of a shift', () => {
  test.each([1, 2, 500])('[I10] agrees with the sum of its facts, sent %i at a time', async (perBatch) => {
    const sale = aSale(shop, register, { shiftId, quantityMilli: 4000 })
    const refund = aRefund(register, sale, 1000)
    const card = aSale(shop, register, { shiftId })
    register.append('order.paid', sale)
    register.append('order.paid', refund)
    register.append('order.paid', { ...card, payments: [{ ...card.payments[0]!, tender: 'card' }] })
    for (const [kind, amountMinor] of [
      ['paid-in', 300],
      ['paid-out', 120],
      ['cash-drop', 5000],
    ] as const)
      register.append('cash.moved', {
        ...{ ...place, cashMovementId: randomUUID(), shiftId, kind, amountMinor, reason: '' },
      })
    close(register, shiftId, {
      orders: 3,
      net: sale.totals.netMinor + refund.totals.netMinor + card.totals.netMinor,
      cash: 10_000 + sale.totals.totalMinor + refund.totals.totalMinor + 300 - 120 - 5000,
    })
    expect((await register.send(perBatch)).flat()).toEqual([])
    expect(shop.database.view.get('shifts', shiftId)).toMatchObject({ isClosed: true, zNumber: 1 })
  })

  test('[I10] is flagged where it differs by one minor unit, and holds', async () => {
    const sale = aSale(shop, register, { shiftId })
    register.append('order.paid', sale)
    close(register, shiftId, {
      orders: 1,
      net: sale.totals.netMinor,
      cash: 10_001 + sale.totals.totalMinor,
    })
    expect((await register.send()).at(-1)).toEqual(['totals-differ'])
    expect(shop.database.view.get('shifts', shiftId)?.isClosed).toBe(true)
  })

  test('[R6] stands: a second one changes nothing', async () => {
    close(register, shiftId, { orders: 0, net: 0, cash: 10_000 })
    close(register, shiftId, { orders: 9, net: 9, cash: 9 })
    expect((await register.send()).slice(1)).toEqual([[], ['closed-shift']])
    expect(shop.database.view.get('shifts', shiftId)?.countedCashMinor).toBe(10_000)
  })
})

describe('[R6] a fact from elsewhere for a closed shift', () => {
  test('counts in the open one of its register', async () => {
    close(register, shiftId, { orders: 0, net: 0, cash: 10_000 })
    const next = open(register)
    await register.send()
    const elsewhere = await shop.enrol(1)
    const late = aSale(shop, elsewhere, { shiftId })
    elsewhere.append('order.paid', late)
    expect(await elsewhere.send()).toEqual([['closed-shift']])
    expect(shiftOf(late.orderId)).toBe(next)
    close(register, next, {
      orders: 1,
      net: late.totals.netMinor,
      cash: 10_000 + late.totals.totalMinor,
    })
    expect(await register.send()).toEqual([[]])
  })

  test('waits for the next one where none is open', async () => {
    close(register, shiftId, { orders: 0, net: 0, cash: 10_000 })
    await register.send()
    const elsewhere = await shop.enrol(1)
    const late = aSale(shop, elsewhere, { shiftId })
    elsewhere.append('order.paid', late)
    expect(await elsewhere.send()).toEqual([['closed-shift']])
    expect(shiftOf(late.orderId)).toBeNull()
    const next = open(register)
    await register.send()
    expect(shiftOf(late.orderId)).toBe(next)
  })

  test.each([false, true])(
    'does the same with cash that was moved, a next one open: %s',
    async (isNextOpen) => {
      close(register, shiftId, { orders: 0, net: 0, cash: 10_000 })
      const before = isNextOpen ? open(register) : null
      await register.send()
      // A copy of the register that had the shift still open.
      const copy = await shop.enrol(1)
      const cashMovementId = randomUUID()
      copy.append('cash.moved', {
        ...{ ...place, cashMovementId, shiftId, kind: 'paid-in', amountMinor: 700, reason: '' },
      })
      expect(await copy.send()).toEqual([['closed-shift']])
      expect(shop.database.view.get('cash', cashMovementId)?.shiftId).toBe(before)
      const next = before ?? open(register)
      await register.send()
      expect(shop.database.view.get('cash', cashMovementId)?.shiftId).toBe(next)
      close(register, next, { orders: 0, net: 0, cash: 10_700 })
      expect(await register.send()).toEqual([[]])
    },
  )

  test.each([1, 500])(
    '[P1] [I10] differs from what that one says at its close, sent %i at a time',
    async (perBatch) => {
      close(register, shiftId, { orders: 0, net: 0, cash: 10_000 })
      await register.send()
      const elsewhere = await shop.enrol(1)
      const late = aSale(shop, elsewhere, { shiftId })
      elsewhere.append('order.paid', late)
      await elsewhere.send()
      const next = open(register)
      close(register, next, { orders: 0, net: 0, cash: 10_000 })
      expect((await register.send(perBatch)).flat()).toEqual(['totals-differ'])
      expect(shiftOf(late.orderId)).toBe(next)
    },
  )

  test('does the same with money that was taken twice', async () => {
    const sale = aSale(shop, register, { shiftId })
    register.append('order.paid', sale)
    close(register, shiftId, {
      orders: 1,
      net: sale.totals.netMinor,
      cash: 10_000 + sale.totals.totalMinor,
    })
    const next = open(register)
    await register.send()
    const elsewhere = await shop.enrol(1)
    const payment = cash(sale.totals.totalMinor)
    elsewhere.append('order.paid', {
      ...{ ...sale, receiptNumber: elsewhere.nextReceipt(), payments: [payment] },
    })
    expect(await elsewhere.send()).toEqual([['overpaid-order', 'closed-shift']])
    expect(shop.database.view.get('payments', payment.paymentId)?.shiftId).toBe(next)
  })
})

test.each([1, 500])(
  '[R6] a shift that is opened again, sent %i at a time, has its float once',
  async (perBatch) => {
    open(register, shiftId)
    close(register, shiftId, { orders: 0, net: 0, cash: 10_000 })
    expect((await register.send(perBatch)).flat()).toEqual([])
  },
)

test('[R6] while it is open, a shift takes facts of other devices, and only its own install opens it', async () => {
  await register.send()
  const elsewhere = await shop.enrol(1)
  open(elsewhere, shiftId)
  const sale = aSale(shop, elsewhere, { shiftId })
  elsewhere.append('order.paid', sale)
  expect(await elsewhere.send()).toEqual([[], []])
  expect(shiftOf(sale.orderId)).toBe(shiftId)
  expect(shop.database.view.get('shifts', shiftId)?.installId).toBe(register.installId)
})
