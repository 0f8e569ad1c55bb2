import { describe, expect, test } from 'vitest'
import { applyLoadPage, applyPage, noteRevoked, noteUpgradeNeeded } from '../../src/storage/changes.ts'
import { loadUnsent } from '../../src/storage/journal.ts'
import { commitSale } from '../../src/storage/sale.ts'
import { loadOrder } from '../../src/storage/orders.ts'
import { createMemoryDevice, epoch, idOf, installId, NOW, saleOf, storeId } from './memory-device.ts'
import { failAtWrite } from './failing-storage.ts'
import {
  categoryCame,
  createPulledDevice,
  foreignOrder,
  inflate,
  loadPageOf,
  metaOf,
  orderCame,
  otherScope,
  packOf,
  pageOf,
  pull,
  recordOf,
  send,
  rowsOf,
} from './pulled-device.ts'

const segment = {
  storeId,
  month: '2025-11',
  v: 6,
  included: {},
  registerIds: [],
  productIds: [],
  categoryIds: [],
} as never

const full = pageOf({
  ackedSeq: 1,
  records: [categoryCame('c1', 6, 'Hot')],
  orders: [orderCame(foreignOrder(1), 7)],
  segments: [segment],
  registers: [{ registerId: 'r', heardAt: NOW }],
})

describe('a page', () => {
  test('[L2] brings its rows and moves the cursor', async () => {
    const device = await createPulledDevice()
    const applied = await applyPage(device.storage, { ...full, serverTime: NOW - 90_000 }, NOW)
    expect(applied).toEqual({
      recordKeys: [['category', 'c1']],
      hasOrders: true,
      hasFigures: true,
      endsLoad: false,
    })
    expect(await metaOf(device, 'sync')).toMatchObject({ cursor: 8, lastPullAt: NOW, clockAheadMs: 90_000 })
    expect(await rowsOf(device, 'orders')).toMatchObject([{ v: 7, generation: 1, status: 'paid' }])
    expect(await rowsOf(device, 'segments')).toMatchObject([{ v: 6, generation: 1 }])
    expect(await rowsOf(device, 'contacts')).toHaveLength(1)
  })

  test.each([
    ['starts elsewhere than the cursor stands', { from: 4 }],
    ['comes for the second time', { from: 5, next: 8 }, true],
    ['is of another epoch', { epoch: 'epoch-2' }],
    ['goes back', { next: 4 }],
    ['was asked for under a former identity', { installId: 'former' }],
  ])('[L2] [I4] that %s changes nothing', async (_, changes, isSecond = false) => {
    const device = await createPulledDevice()
    if (isSecond) await applyPage(device.storage, full, NOW)
    const before = device.disk.image()
    expect(await applyPage(device.storage, { ...full, ...changes }, NOW + 1)).toBeNull()
    expect(device.disk.image()).toEqual(before)
  })

  test('[L2] [I7] writes a row only where it is newer than the one held', async () => {
    const device = await createPulledDevice({
      records: [categoryCame('c1', 7, 'Late'), categoryCame('c2', 4, 'Old')],
    })
    await pull(device, { next: 8, records: [categoryCame('c1', 6, 'Early'), categoryCame('c2', 6, 'New')] })
    expect(await rowsOf(device, 'records')).toMatchObject([
      { doc: { name: 'Late' } },
      { doc: { name: 'New' } },
    ])
  })

  test('[L2] is written whole or not at all, wherever it breaks off', async () => {
    const device = await createPulledDevice({ records: [categoryCame('c1', 5, 'Hot')] })
    await commitSale(device, saleOf(2))
    const page = pageOf({ ...full, orders: [orderCame(foreignOrder(1), 7), orderCame(foreignOrder(2), 8)] })
    const before = device.disk.image()
    let failAt = 1
    for (; ; failAt += 1) {
      const failing = failAtWrite(device.storage, failAt)
      const applied = await applyPage(failing, page, NOW).catch(() => null)
      if (applied !== null) break
      expect(device.disk.image()).toEqual(before)
    }
    expect(failAt).toBeGreaterThan(5)
    expect(await metaOf(device, 'sync')).toMatchObject({ cursor: 8 })
  })

  test('[L2] that a power cut takes leaves the cursor where it was, and comes again; what a sale followed stays', async () => {
    const device = await createPulledDevice()
    const page = pageOf({ records: [categoryCame('c1', 6, 'Hot')] })
    const before = device.disk.image()
    await applyPage(device.storage, page, NOW)
    expect(device.disk.powerCut(1)).toBe(1)
    expect(device.disk.image()).toEqual(before)
    expect(await applyPage(device.storage, page, NOW)).not.toBeNull()
    await commitSale(device, saleOf(1))
    expect(device.disk.powerCut(1)).toBe(0)
    expect(await recordOf(device, 'category', 'c1')).toMatchObject({ v: 6 })
  })

  test('[L2] with segments or packs waits for the disk: long values are not in the log that a sale flushes', async () => {
    const device = await createPulledDevice({ packs: [packOf('p1', [foreignOrder(1)])] })
    expect(device.disk.powerCut(9)).toBe(0)
    await applyPage(device.storage, full, NOW)
    expect(device.disk.powerCut(9)).toBe(0)
    // Control: what is short and can be had again does not wait.
    await pull(device, {})
    expect(device.disk.powerCut(9)).toBe(1)
  })

  test('keeps records of a kind that only a newer release knows', async () => {
    const device = await createPulledDevice()
    const record = { kind: 'gift-card' as 'category', id: 'g', v: 6, isDeleted: false, doc: { left: 5 } }
    await pull(device, { records: [record] })
    expect(await recordOf(device, record.kind, 'g')).toMatchObject({ v: 6, doc: { left: 5 } })
  })

  test('[P7] ends the wait for a newer release; [P5] a device out of use stays so', async () => {
    const device = await createPulledDevice()
    await noteUpgradeNeeded(device.storage, NOW)
    await noteRevoked(device.storage, NOW + 1)
    const waiting = { needsUpgrade: true, isRevoked: true, cursor: 5, lastContactAt: NOW + 1 }
    expect(await metaOf(device, 'sync')).toMatchObject(waiting)
    await pull(device, {})
    expect(await metaOf(device, 'sync')).toMatchObject({ needsUpgrade: false, isRevoked: true, cursor: 6 })
  })

  test('[P2] [C7] of a server that holds more of the journal than the device leaves the next sale unsent', async () => {
    const device = await createPulledDevice()
    await pull(device, { ackedSeq: 40 })
    await commitSale(device, saleOf(2))
    expect(await loadUnsent(device.storage)).toMatchObject({ count: 1, operations: 2 })
    // [I1] What it holds in these places may be what a copy of this device did: nothing that was not sent counts.
    await applyPage(device.storage, pageOf({ from: 6, next: 7, head: 7, ackedSeq: 2 }), NOW)
    expect(await loadUnsent(device.storage)).toMatchObject({ count: 1, operations: 2 })
    expect(await metaOf(device, 'sync')).toMatchObject({ cursor: 7, ackedSeq: 0, pulledSeq: 0 })
    // Control: what was sent counts, also where the answer to it was lost.
    await send(device, 2)
    await applyPage(device.storage, pageOf({ from: 7, next: 7, head: 7, ackedSeq: 40 }), NOW)
    expect(await loadUnsent(device.storage)).toMatchObject({ count: 0 })
  })

  test('[P2] [I1] of a load acknowledges nothing that was not sent', async () => {
    const device = await createMemoryDevice()
    await commitSale(device, saleOf(2))
    await applyLoadPage(device.storage, null, loadPageOf({ ackedSeq: 2 }), NOW)
    expect(await metaOf(device, 'sync')).toMatchObject({ load: null, ackedSeq: 0, pulledSeq: 0 })
  })
})

describe('orders of a page', () => {
  test('[L3] an own order keeps its journalled document; only what the server says of it is noted', async () => {
    const device = await createPulledDevice()
    const sold = await commitSale(device, saleOf(1))
    const order = { ...foreignOrder(1), note: 'changed on the way' }
    await pull(device, { ackedSeq: 2, orders: [orderCame(order, 6)] })
    expect(sold.ok && (await rowsOf(device, 'orders'))).toEqual([
      expect.objectContaining({
        seq: 2,
        v: 6,
        generation: 1,
        status: 'paid',
        order: sold.ok && sold.value.order,
      }),
    ])
  })

  test.each(['own', 'foreign'])('[R4] [I7] the status of an %s order never goes back', async (whose) => {
    const device = await createPulledDevice()
    if (whose === 'own') await commitSale(device, saleOf(1))
    const statusOf = async () => (await rowsOf(device, 'orders'))[0]?.status
    await pull(device, { orders: [orderCame(foreignOrder(1), 6)] })
    expect(await statusOf()).toBe('paid')
    await pull(device, { orders: [orderCame(foreignOrder(1), 7, { isRefunded: true })] })
    expect(await statusOf()).toBe('refunded')
    await pull(device, { orders: [orderCame(foreignOrder(1), 8)] })
    expect(await rowsOf(device, 'orders')).toMatchObject([{ v: 8, status: 'refunded' }])
  })

  test('one that is withdrawn goes; where a pack has it, a row hides the entry', async () => {
    const device = await createPulledDevice({ packs: [packOf('p1', [foreignOrder(1), foreignOrder(2)])] })
    await pull(device, { orders: [orderCame(foreignOrder(3), 6)] })
    const gone = { isWithdrawn: true, doc: null }
    await pull(device, { orders: [1, 3].map((number) => orderCame(foreignOrder(number), 7, gone)) })
    expect(await rowsOf(device, 'orders')).toMatchObject([{ orderId: idOf(1), v: 7, order: null }])
    const found = await Promise.all(
      [1, 2, 3].map((number) => loadOrder(device.storage, idOf(number), inflate)),
    )
    expect(found.map((order) => order?.orderId ?? null)).toEqual([null, idOf(2), null])
  })
})

describe('a page of a load', () => {
  test('[L4] goes on where the last one ended, and the last hands over to pulling from v0', async () => {
    const device = await createMemoryDevice()
    const first = loadPageOf({ after: 'k', share: 0.4, records: [categoryCame('c1', 5, 'Hot')] })
    expect(await applyLoadPage(device.storage, null, first, NOW)).toMatchObject({ endsLoad: false })
    expect(await metaOf(device, 'sync')).toMatchObject({
      cursor: 0,
      load: { after: 'k', share: 0.4, startVersion: 5 },
    })
    expect(await applyPage(device.storage, full, NOW)).toBeNull()
    const last = loadPageOf({ startVersion: 9, packs: [packOf('p1', [foreignOrder(1)])] })
    expect(await applyLoadPage(device.storage, 'k', last, NOW)).toMatchObject({
      endsLoad: true,
      hasOrders: true,
    })
    expect(await metaOf(device, 'sync')).toMatchObject({ cursor: 5, load: null })
    expect(await rowsOf(device, 'packs')).toHaveLength(1)
  })

  test.each([
    ['was asked for from elsewhere', 'other', {}],
    ['is of another epoch', null, { epoch: 'epoch-2' }],
    ['is of another scope', null, { scope: otherScope }],
    ['was asked for under a former identity', null, { installId: 'former' }],
  ])('[L2] that %s changes nothing', async (_, askedAfter, changes) => {
    const device = await createMemoryDevice()
    const before = device.disk.image()
    const page = loadPageOf({ packs: [packOf('p1', [foreignOrder(1)])], ...changes })
    expect(await applyLoadPage(device.storage, askedAfter, page, NOW)).toBeNull()
    expect(device.disk.image()).toEqual(before)
    // Control: the same page where it fits.
    expect(
      await applyLoadPage(
        device.storage,
        null,
        { ...page, epoch, installId, scope: loadPageOf().scope },
        NOW,
      ),
    ).not.toBeNull()
  })
})
