import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  createDeviceShop,
  type DeviceShop,
  exchange,
  reportOf,
  sell,
  signInOwner,
  status,
  wake,
} from './device-shop.ts'

let shop: DeviceShop

beforeAll(async () => {
  shop = await createDeviceShop()
})

afterAll(() => shop?.remove())
afterEach(() => shop.closeRegisters())

describe('two registers of a store', () => {
  test('[R2] [R3] edit one record with no network; what was unseen is a conflict that one tap reverses', async () => {
    const [one, other] = [await shop.openRegister('Editor one'), await shop.openRegister('Editor two')]
    await signInOwner(one)
    await signInOwner(other)
    const productId = await one.evaluate(async () => {
      const { device, valueOf } = devicePage
      const id = crypto.randomUUID()
      const variants = [{ variantId: 'only', name: '', sku: null, barcodes: [], priceMinor: 300 }]
      const doc = {
        productId: id,
        name: 'Tea',
        categoryId: null,
        taxClassId: null,
        variants,
        modifierSetIds: [],
        picture: null,
        isStockTracked: false,
        favouritePosition: null,
        isActive: true,
      }
      valueOf(await device.saveRecord({ kind: 'product', id, opened: null, doc }))
      return id
    })
    await exchange(one, other)
    const reprice = (priceMinor: number, name: string) => [{ id: productId, priceMinor, name }] as const
    const edit = async ([change]: ReturnType<typeof reprice>) => {
      const { device, valueOf } = devicePage
      const opened = await device.openRecord('product', change.id)
      const [variant] = opened!.doc.variants
      const doc = {
        ...opened!.doc,
        name: change.name,
        variants: [{ ...variant!, priceMinor: change.priceMinor }],
      }
      valueOf(await device.saveRecord({ kind: 'product', id: change.id, opened, doc }))
    }
    await one.context().setOffline(true)
    await other.context().setOffline(true)
    await one.evaluate(edit, reprice(350, 'Tea'))
    await other.evaluate(edit, reprice(400, 'Green tea'))
    await one.context().setOffline(false)
    await wake(one)
    await other.context().setOffline(false)
    await exchange(other, one)

    const read = async (id: string) => {
      const { device } = devicePage
      const record = await device.openRecord('product', id)
      const conflicts = await device.conflicts()
      return {
        name: record!.doc.name,
        priceMinor: record!.doc.variants[0]!.priceMinor,
        conflicts: conflicts.map(({ conflictId, fieldName, base, mine, theirs, outcome, state }) => ({
          conflictId,
          fieldName,
          base,
          mine,
          theirs,
          outcome,
          state,
        })),
      }
    }
    const seen = await one.evaluate(read, productId)
    // The price that came first stays until somebody decides; the name that nobody else touched is the new one.
    expect(seen).toMatchObject({
      name: 'Green tea',
      priceMinor: 350,
      conflicts: [{ base: 300, mine: 400, theirs: 350, outcome: 'refused', state: 'open' }],
    })
    expect(seen.conflicts[0]!.fieldName).toMatch(/^Price of /)
    expect(await other.evaluate(read, productId)).toEqual(seen)
    expect(await status(one)).toMatchObject({ openInbox: 1 })
    await one.evaluate(async (id) => {
      devicePage.valueOf(await devicePage.device.settleConflict(id, 'mine'))
    }, seen.conflicts[0]!.conflictId)
    await exchange(one, other)
    expect(await other.evaluate(read, productId)).toMatchObject({
      priceMinor: 400,
      conflicts: [{ state: 'settled' }],
    })
    expect(await status(other)).toMatchObject({ openInbox: 0, unsentCount: 0 })
  })

  test('[R4] park, resume and pay one order between them', async () => {
    const [one, other] = [await shop.openRegister('Parker'), await shop.openRegister('Payer')]
    const orderId = await one.evaluate(async () => {
      const order = { ...devicePage.orderOf(2), parkedAs: 'Table 4' }
      devicePage.valueOf(await devicePage.device.parkOrder(order))
      return order.orderId
    })
    await exchange(one, other)
    const parked = () => devicePage.device.parkedOrders()
    expect(await other.evaluate(parked)).toMatchObject([
      { isElsewhere: true, registerName: 'Parker', order: { orderId, parkedAs: 'Table 4' } },
    ])
    await other.evaluate(async (id) => {
      const { device, valueOf } = devicePage
      const order = valueOf(await device.resumeOrder(id))
      valueOf(await device.payOrder(order, [{ tender: 'cash', amountMinor: 600, tenderedMinor: 600 }]))
    }, orderId)
    await exchange(other, one)
    expect(await one.evaluate(parked)).toEqual([])
  })
})

describe('a profile that was copied', () => {
  test('[P2] [I2] goes on under a new identity, and every sale of both counts once', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'evertill-clone-'))
    try {
      const [first, copied] = [join(folder, 'first'), join(folder, 'copy')]
      const context = await shop.openBrowser(first)
      const original = await shop.openRegister('Cloned', context)
      await sell(original, 2)
      await exchange(original)
      const before = await reportOf(original)
      await context.close()
      await cp(first, copied, { recursive: true })

      const [one, other] = await Promise.all(
        [first, copied].map(async (profile) => shop.openTab(await shop.openBrowser(profile))),
      )
      await Promise.all([sell(one!, 2), sell(other!, 3)])
      await exchange(one!, other!, one!)
      for (const tab of [one!, other!])
        expect(await status(tab)).toMatchObject({ unsentCount: 0, trouble: null })
      const ids = await Promise.all(
        [one!, other!].map((tab) =>
          tab.evaluate(async () => {
            const state = await devicePage.device.device()
            return state.kind === 'new' ? '' : state.installId
          }),
        ),
      )
      expect(new Set(ids).size).toBe(2)
      const after = { orders: before.orders + 5, netMinor: before.netMinor + 1500 }
      expect(await reportOf(one!)).toEqual(after)
      expect(await reportOf(other!)).toEqual(after)
      // Numbers that both printed while nobody knew stay on paper; from now on each has a series of its own.
      const later = [...(await sell(one!, 1)), ...(await sell(other!, 1))]
      expect(new Set(later.map((number) => number.split('-')[0])).size).toBe(2)
      const tasks = await one!.evaluate(() => devicePage.device.tasks())
      expect(tasks.filter(({ reason }) => reason === 'fork')).toHaveLength(1)
    } finally {
      await shop.closeRegisters()
      await rm(folder, { recursive: true, force: true })
    }
  })
})

describe('a device without a network', () => {
  test('[C6] hands its journal to another one as a file and as codes; twice counts once', async () => {
    const [cut, carrier] = [await shop.openRegister('Cut off'), await shop.openRegister('Carrier')]
    const before = await reportOf(carrier)
    await cut.context().setOffline(true)
    await sell(cut, 4)
    expect(await cut.evaluate(() => devicePage.device.forget())).toMatchObject({
      failure: { code: 'device/unsent' },
    })
    const file = await cut.evaluate(async () => devicePage.valueOf(await devicePage.device.exportJournal()))
    expect(file).toMatchObject({ operations: 5, fileName: expect.stringContaining('cut-off') as string })
    const take = (text: string) => devicePage.device.importJournal(text)
    expect(await carrier.evaluate(take, file.frames.toReversed().join('\n'))).toMatchObject({ ok: true })
    await exchange(carrier)
    expect(await carrier.evaluate(take, file.text)).toMatchObject({ ok: true })
    await exchange(carrier)
    expect(await carrier.evaluate(() => devicePage.device.carriedJournals())).toMatchObject([
      { registerName: 'Cut off', operations: 5, state: 'handed-over' },
    ])
    expect(await shop.lastSeqOf('Cut off')).toBe(5)
    expect(await reportOf(carrier)).toEqual({ orders: before.orders + 4, netMinor: before.netMinor + 1200 })
    // It may be forgotten now, or come back: what was handed over is known to be.
    await cut.context().setOffline(false)
    await exchange(cut)
    expect(await status(cut)).toMatchObject({ unsentCount: 0, trouble: null })
    expect(await shop.lastSeqOf('Cut off')).toBe(5)
  })

  test('[C4] what the service worker runs sends with no tab open, and asks to be called again while it can’t', async () => {
    const tab = await shop.openRegister('Closed')
    await tab.context().setOffline(true)
    await sell(tab, 2)
    const send = () =>
      devicePage.sendUnsent().then(
        () => 'sent',
        (error: unknown) => String(error),
      )
    await tab.evaluate(() => devicePage.endWorker())
    expect(await tab.evaluate(send)).toContain('3 operations are unsent')
    await tab.context().setOffline(false)
    expect(await tab.evaluate(send)).toBe('sent')
    expect(await shop.lastSeqOf('Closed')).toBe(3)
  })

  test('rehearses an outage over a reload, in all tabs, and reports', async () => {
    const tab = await shop.openRegister('Rehearsal')
    const second = await shop.openTab(tab.context())
    await tab.evaluate(() => devicePage.device.startDrill())
    await sell(second, 2)
    await wake(second)
    expect(await status(second)).toMatchObject({ isDrill: true, isOnline: false, unsentCount: 2 })
    await tab.reload()
    await tab.waitForFunction(() => 'devicePage' in globalThis)
    expect(await status(tab)).toMatchObject({ isDrill: true, unsentCount: 2 })
    const report = await tab.evaluate(() => devicePage.device.endDrill())
    expect(report.operations).toBe(2)
    expect(report.checks.find(({ key }) => key === 'journal')).toMatchObject({ state: 'ok' })
    expect(await status(second)).toMatchObject({ isDrill: false })
    expect(await shop.lastSeqOf('Rehearsal')).toBe(3)
  })

  test('[R1] [R6] [I10] refunds, moves cash and closes the shift; all of it arrives with nothing flagged', async () => {
    const tab = await shop.openRegister('Closer')
    await signInOwner(tab)
    await tab.context().setOffline(true)
    const closed = await tab.evaluate(async () => {
      const { device, orderOf, valueOf } = devicePage
      const order = orderOf(2)
      const tenders = [{ tender: 'cash', amountMinor: 600, tenderedMinor: 1000 }] as const
      const sold = valueOf(await device.payOrder(order, tenders))
      const choices = [{ lineId: sold.order.lines[0]!.lineId, quantityMilli: 1000 }]
      valueOf(await device.refundOrder(sold.order.orderId, choices, 'cash'))
      valueOf(await device.moveCash('paid-in', 5_000, 'Float'))
      return valueOf(await device.closeShift(5_250))
    })
    expect(closed).toMatchObject({ zNumber: 1, orderCount: 2, expectedCashMinor: 5_300, overShortMinor: -50 })
    await tab.context().setOffline(false)
    await exchange(tab)
    expect(await status(tab)).toMatchObject({ unsentCount: 0, trouble: null })
    const registerId = await tab.evaluate(async () => {
      const state = await devicePage.device.device()
      return state.kind === 'new' ? null : state.register!.registerId
    })
    const tasks = await tab.evaluate(() => devicePage.device.tasks())
    expect(tasks.filter((task) => task.registerId === registerId)).toEqual([])
  })
})
