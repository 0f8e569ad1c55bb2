import { describe, expect, test } from 'vitest'
import { createOrders } from '../../src/worker/orders.ts'
import { createRefunds } from '../../src/worker/refunds.ts'
import { createShift } from '../../src/worker/shift.ts'
import { createStock } from '../../src/worker/stock.ts'
import { createTill } from '../../src/worker/till.ts'
import { shareOldParked } from '../../src/worker/share-old-parked.ts'
import { idOf, installId, NOW, openOrderOf, saleOf } from '../storage/memory-device.ts'
import { createEditingDevice, flatWhite, place } from './office-device.ts'

async function createTillDevice() {
  const device = await createEditingDevice('cashier')
  const { dependencies } = device
  const register = {
    registerId: (await device.store.loadInstall())!.registerId!,
    storeId: place.storeId,
    name: 'Till 1',
  }
  await device.pullRecords(
    ['store', place.storeId, place],
    ['product', 'p1', flatWhite],
    ['register', register.registerId, register],
  )
  const { store, catalogue } = device
  const sign = async (text: string) => `signed ${text}`
  return {
    ...device,
    till: createTill(dependencies),
    refunds: createRefunds(dependencies),
    shift: createShift(dependencies),
    stock: createStock(dependencies),
    orders: createOrders({ store, catalogue, sign, origin: 'https://till.example' }),
  }
}

const line = (number: number, quantityMilli = 1000) => ({
  lineId: idOf(5_000 + number),
  productId: 'p1',
  variantId: 'large',
  categoryId: null,
  name: 'Flat white',
  variantName: 'Large',
  sku: null,
  quantityMilli,
  unitPriceMinor: 333,
  modifiers: [],
  discount: null,
  taxRates: [],
  note: null,
  catalogueVersion: 1,
  isStockTracked: true,
})

const orderOf = (number: number, quantityMilli = 1000) => ({
  ...openOrderOf(number),
  parkedAs: null,
  lines: [line(number, quantityMilli)],
})

describe('a refund', () => {
  test('[R1] gives back what was sold, at its price, in cash of coins that exist', async () => {
    const { till, refunds, lastOperation, orders } = await createTillDevice()
    const sold = await till.payOrder(orderOf(1, 3000), [
      { tender: 'cash', amountMinor: 1000, tenderedMinor: 1000 },
    ])
    expect(sold).toMatchObject({ ok: true })
    const choice = { lineId: idOf(5_001), quantityMilli: 1000 }
    expect(await refunds.refundOrder(idOf(1), [choice], 'cash')).toMatchObject({
      ok: true,
      value: { order: { refundOf: idOf(1), totals: { totalMinor: -333 }, cashRoundingMinor: -2 } },
    })
    expect(await lastOperation()).toMatchObject({
      kind: 'order.paid',
      payload: {
        receiptNumber: '7-2',
        payments: [{ tender: 'cash', amountMinor: -335, tenderedMinor: -335, changeMinor: 0 }],
        movements: [{ productId: 'p1', variantId: 'large', quantityMilli: 1000 }],
      },
    })
    expect(await orders.order(idOf(1))).toMatchObject({ status: 'paid' })
    const rest = [{ ...choice, quantityMilli: 2000 }]
    expect(await refunds.refundOrder(idOf(1), rest, 'card')).toMatchObject({ ok: true })
    expect(await orders.order(idOf(1))).toMatchObject({ status: 'refunded' })
    expect(await refunds.refundOrder(idOf(1), [choice], 'card')).toMatchObject({
      failure: { code: 'refund/more-than-sold' },
    })
  })

  test('[R1] is refused where the sale is not here, nothing is chosen, or it is a refund itself', async () => {
    const { till, refunds } = await createTillDevice()
    await till.payOrder(orderOf(1), [{ tender: 'card', amountMinor: 333, tenderedMinor: 333 }])
    const code = async (orderId: string, choices: Parameters<typeof refunds.refundOrder>[1]) => {
      const refunded = await refunds.refundOrder(orderId, choices, 'card')
      return refunded.ok ? refunded.value.order.orderId : refunded.failure.code
    }
    expect(await code(idOf(9), [])).toBe('refund/not-here')
    expect(await code(idOf(1), [])).toBe('refund/empty')
    const choices = [{ lineId: idOf(5_001), quantityMilli: 1000 }]
    const refundId = await code(idOf(1), choices)
    expect(await code(refundId, choices)).toBe('refund/of-refund')
  })
})

describe('the till', () => {
  test('[P5] a device taken out of use sells nothing more', async () => {
    const { till, refunds, store } = await createTillDevice()
    await store.noteRevoked(NOW)
    expect(
      await till.payOrder(orderOf(1), [{ tender: 'card', amountMinor: 333, tenderedMinor: 333 }]),
    ).toMatchObject({
      failure: { code: 'device/revoked' },
    })
    expect(await refunds.refundOrder(idOf(1), [], 'card')).toMatchObject({
      failure: { code: 'device/revoked' },
    })
  })

  test('[R4] parks for the whole store, hides what is open here, and takes off what is discarded', async () => {
    const { till, lastOperation } = await createTillDevice()
    expect(await till.parkOrder({ ...orderOf(1), parkedAs: 'Table 4' })).toEqual({ ok: true, value: null })
    expect(await till.parkedOrders()).toMatchObject([
      { isElsewhere: false, registerName: 'Till 1', order: { orderId: idOf(1), parkedAs: 'Table 4' } },
    ])
    expect(await till.resumeOrder(idOf(1))).toMatchObject({ ok: true, value: { parkedAs: null } })
    expect(await till.parkedOrders()).toEqual([])
    await till.parkOrder({ ...orderOf(1), parkedAs: 'Table 5' })
    await till.discardParkedOrder(idOf(1))
    expect(await lastOperation()).toMatchObject({ kind: 'order.voided', payload: { reason: 'discarded' } })
    expect(await till.parkedOrders()).toEqual([])
    expect(await till.resumeOrder(idOf(1))).toMatchObject({ failure: { code: 'park/gone' } })
  })

  test('[C5] a full disk is said of parking, resuming and discarding too, and changes nothing', async () => {
    const { till, memory } = await createTillDevice()
    await till.parkOrder({ ...orderOf(1), parkedAs: 'Table 4' })
    const before = memory.disk.image()
    memory.disk.setFull(true)
    const full = { ok: false, failure: { code: 'storage/full' } }
    expect(await till.parkOrder(orderOf(2))).toMatchObject(full)
    expect(await till.resumeOrder(idOf(1))).toMatchObject(full)
    expect(await till.discardParkedOrder(idOf(1))).toMatchObject(full)
    expect(memory.disk.image()).toEqual(before)
    memory.disk.setFull(false)
    expect(await till.discardParkedOrder(idOf(1))).toEqual({ ok: true, value: null })
  })

  test('[R4] does not park what is paid', async () => {
    const { till } = await createTillDevice()
    await till.payOrder(orderOf(1), [{ tender: 'card', amountMinor: 333, tenderedMinor: 333 }])
    expect(await till.parkOrder(orderOf(1))).toMatchObject({ failure: { code: 'park/paid' } })
  })

  test('[R4] orders parked by release 0.1 go to the park list of the store', async () => {
    const { till, memory, dependencies, lastOperation } = await createTillDevice()
    await memory.storage.write(['parked'], 'strict', async (tx) => tx.put('parked', [openOrderOf(3)]))
    await shareOldParked(dependencies)
    await shareOldParked(dependencies)
    expect(await lastOperation()).toMatchObject({ seq: 1, kind: 'order.parked' })
    expect(await till.parkedOrders()).toMatchObject([{ order: { orderId: idOf(3) } }])
  })

  test('a receipt proves its sale: place in the journal, hash and signature', async () => {
    const { orders, sell, store } = await createTillDevice()
    await sell(1)
    const { operations } = await store.loadRun(2, 1)
    const { hash } = operations[0]!
    const detail = await orders.order(idOf(1))
    expect(detail?.proof).toBe(
      `https://till.example/check#1.${installId.replaceAll('-', '')}.2.${hash}.signed evertill-receipt:${hash}`,
    )
    const cards = await orders.recentOrders({ text: 'coff', limit: 5, thisRegisterOnly: true })
    expect(cards).toMatchObject([
      { orderId: idOf(1), title: 'Coffee', isRefund: false, syncState: 'only-here' },
    ])
    expect(await orders.recentOrders({ text: 'tea', limit: 5, thisRegisterOnly: false })).toEqual([])
  })
})

describe('the shift', () => {
  test('[R6] [I10] closes with the sums of its facts, and says what is over or short', async () => {
    const { shift, store, lastOperation } = await createTillDevice()
    expect(await shift.closeShift(0)).toMatchObject({ failure: { code: 'shift/none' } })
    await store.commitSale(saleOf(1))
    expect(await shift.moveCash('paid-in', 5_000, 'Float')).toEqual({ ok: true, value: null })
    expect(await shift.moveCash('cash-drop', 1_000, 'Safe')).toEqual({ ok: true, value: null })
    expect(await shift.closeShift(4_200)).toEqual({
      ok: true,
      value: {
        zNumber: 1,
        orderCount: 1,
        netMinor: 300,
        expectedCashMinor: 4_300,
        countedCashMinor: 4_200,
        overShortMinor: -100,
      },
    })
    expect(await lastOperation()).toMatchObject({ kind: 'shift.closed', payload: { zNumber: 1 } })
    expect(await shift.moveCash('paid-out', 0, '')).toMatchObject({ failure: { code: 'cash/not-an-amount' } })
  })
})

describe('stock', () => {
  test('[R5] a count carries what its counter had seen, and names the variant as sales do', async () => {
    const { stock, sell, lastOperation } = await createTillDevice()
    await sell(1)
    expect(await stock.countStock({ productId: 'p1', variantId: 'large' }, 12_000)).toEqual({
      ok: true,
      value: null,
    })
    expect(await lastOperation()).toMatchObject({
      kind: 'stock.counted',
      payload: { productId: 'p1', variantId: 'large', countedMilli: 12_000, seenCursor: 11, seenSeq: 2 },
    })
  })

  test('[R5] goods come in above and are written off below zero', async () => {
    const { stock, lastOperation } = await createTillDevice()
    const hit = { productId: 'p1', variantId: 'small' }
    await stock.moveStock(hit, 5_000, 'received', null)
    expect(await lastOperation()).toMatchObject({ payload: { quantityMilli: 5_000, reason: 'received' } })
    await stock.moveStock(hit, 2_000, 'written-off', 'Broken')
    expect(await lastOperation()).toMatchObject({ payload: { quantityMilli: -2_000, note: 'Broken' } })
    expect(await stock.moveStock(hit, -1, 'received', null)).toMatchObject({
      failure: { code: 'stock/not-a-quantity' },
    })
    expect(await stock.countStock({ productId: 'gone', variantId: null }, 1)).toMatchObject({
      failure: { code: 'stock/no-product' },
    })
  })
})
