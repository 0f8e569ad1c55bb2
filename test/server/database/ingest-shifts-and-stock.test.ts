import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { openShop, type Shop } from '../virtual-shop.ts'
import { ingestingOn, type Ingesting } from './ingesting.ts'

let on: TestDatabase
let shop: Shop
let register: Ingesting['register']
let install: Ingesting['install']
let accept: Ingesting['accept']
let sale: Ingesting['sale']
let known: Ingesting['known']
let wrongLevels: Ingesting['wrongLevels']

beforeAll(async () => {
  on = await createTestDatabase()
  shop = await openShop(on.database)
})
afterAll(() => on.drop())
beforeEach(async () => {
  ;({ register, install, accept, sale, known, wrongLevels } = await ingestingOn(on.database, shop))
})

describe('shifts', () => {
  const opened = (shiftId: string) => ({
    shiftId,
    storeId: shop.store.storeId,
    registerId: shop.registerId,
    installId: install.installId,
    openedAt: Date.now(),
    openingFloatMinor: 10_000,
  })
  const closed = (shiftId: string) => ({
    shiftId,
    storeId: shop.store.storeId,
    registerId: shop.registerId,
    closedAt: Date.now(),
    zNumber: 1,
    orderCount: 1,
    netMinor: 2,
    expectedCashMinor: 3,
    countedCashMinor: 4,
  })
  const moved = (shiftId: string, kind: 'paid-in' | 'paid-out' | 'cash-drop', amountMinor: number) => ({
    cashMovementId: randomUUID(),
    shiftId,
    storeId: shop.store.storeId,
    registerId: shop.registerId,
    kind,
    amountMinor,
    reason: 'change',
  })

  test('[I10] sum up the facts held, in whatever order these came', async () => {
    const shiftId = randomUUID()
    const write = sale({ shiftId })
    const drop = moved(shiftId, 'cash-drop', 300)
    await accept({ orders: [write] })
    await accept({ shiftsOpened: [opened(shiftId)], cashMoved: [moved(shiftId, 'paid-in', 500), drop] })
    await accept({ cashMoved: [drop, moved(shiftId, 'paid-out', 50)] })
    const { netMinor, totalMinor } = write.order.totals
    const found = await known({ shiftIds: [shiftId], registerIds: [shop.registerId] })
    expect(found.shifts.get(shiftId)).toEqual({
      installId: install.installId,
      registerId: shop.registerId,
      isClosed: false,
      orderCount: 1,
      netMinor,
      expectedCashMinor: 10_000 + totalMinor + 500 - 300 - 50,
    })
    expect(found.openShifts.get(shop.registerId)).toBe(shiftId)
    await accept({ shiftsClosed: [closed(shiftId)] })
    const after = await known({ shiftIds: [shiftId], registerIds: [shop.registerId] })
    expect(after.shifts.get(shiftId)).toMatchObject({ isClosed: true, orderCount: 1 })
    expect(after.openShifts.get(shop.registerId)).not.toBe(shiftId)
  })

  test('[R6] what came too late counts in the register’s next shift, its money too, and once', async () => {
    const late = sale()
    const write = { ...late, order: { ...late.order, shiftId: randomUUID() } }
    await accept({ orders: [write] })
    const [payment] = write.order.payments
    await accept({
      extraPayments: [
        {
          orderId: write.order.orderId,
          storeId: shop.store.storeId,
          businessDay: '2026-04-04',
          installId: install.installId,
          seq: 2,
          receiptNumber: '9-2',
          shiftId: null,
          payments: [{ ...payment!, paymentId: randomUUID() }],
        },
      ],
    })
    await accept({ cashMoved: [{ ...moved(randomUUID(), 'paid-out', 70), shiftId: null }] })
    const [brief, next, later] = [randomUUID(), randomUUID(), randomUUID()]
    await accept({ shiftsOpened: [opened(brief)], shiftsClosed: [closed(brief)] })
    const { registerId } = shop
    const waiting = async () => (await known({ openingRegisterIds: [registerId] })).waiting.get(registerId)
    const { netMinor } = write.order.totals
    expect(await waiting()).toEqual({ orderCount: 1, netMinor, cashMinor: 2 * payment!.amountMinor - 70 })
    await accept({ shiftsOpened: [opened(next)], adoptions: [{ shiftId: next, registerId }] })
    expect(await waiting()).toBeUndefined()
    await accept({ shiftsClosed: [closed(next)], shiftsOpened: [opened(later)] })
    const { shifts } = await known({ shiftIds: [brief, next, later] })
    expect(shifts.get(brief)).toMatchObject({ orderCount: 0 })
    expect(shifts.get(next)).toMatchObject({
      orderCount: 1,
      netMinor: write.order.totals.netMinor,
      expectedCashMinor: 10_000 + 2 * payment!.amountMinor - 70,
    })
    expect(shifts.get(later)).toMatchObject({ orderCount: 0, expectedCashMinor: 10_000 })
  })

  test('[R6] closed before their opening can be read keep both', async () => {
    const shiftId = randomUUID()
    await accept({ shiftsClosed: [closed(shiftId)] })
    await accept({ shiftsOpened: [opened(shiftId)] })
    expect((await known({ shiftIds: [shiftId] })).shifts.get(shiftId)).toMatchObject({
      installId: install.installId,
      isClosed: true,
      expectedCashMinor: 10_000,
    })
  })
})

describe('stock', () => {
  test('[R5] a count is told what its counter had seen: up to its cursor, and its own operations up to its seq', async () => {
    const productId = randomUUID()
    const key = { storeId: shop.store.storeId, productId, variantId: '' }
    const move = (quantityMilli: number, from = install, seq = register.head.seq + 1) => ({
      ...key,
      movementId: randomUUID(),
      kind: 'received' as const,
      quantityMilli,
      installId: from.installId,
      seq,
    })
    const other = { ...install, installId: randomUUID() }
    await accept({ movements: [move(10_000)] })
    const seen = await known({})
    await accept({ movements: [move(-1000)] })
    const ownSeq = register.head.seq
    await accept({ movements: [move(-2000)] })
    await accept({ movements: [move(-4000, other, 1)] })
    const count = (more: object) => ({
      movementId: randomUUID(),
      storeId: shop.store.storeId,
      productId,
      variantId: null,
      countedMilli: 0,
      seenEpoch: seen.epoch,
      seenCursor: seen.nextV - 1,
      seenSeq: ownSeq,
      ...more,
    })
    const counts = [
      count({}),
      count({ seenSeq: ownSeq + 1 }),
      count({ seenCursor: 0, seenSeq: 0 }),
      count({ seenEpoch: randomUUID() }),
      count({ seenCursor: 1_000_000 }),
      count({ productId: randomUUID() }),
    ]
    const found = await known({ counts, stock: [key] })
    expect(counts.map(({ movementId }) => found.seenStockMilli.get(movementId))).toEqual([
      9000,
      7000,
      0,
      null,
      null,
      0,
    ])
    expect([...found.stock]).toEqual([[`${key.storeId}/${productId}/`, { levelMilli: 3000, isKept: true }]])
    expect(await wrongLevels()).toEqual([])
  })

  test('negative control: a level that is not the sum of its movements is found', async () => {
    await accept({ orders: [sale()] })
    await on.database.asSystem((tx) => tx.query('update stock_level set level_milli = level_milli + 1'))
    expect((await wrongLevels()).length).toBeGreaterThan(0)
    await on.database.asSystem((tx) => tx.query('update stock_level set level_milli = level_milli - 1'))
  })
})
