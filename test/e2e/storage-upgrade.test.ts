import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createStorageTabs, type StorageTabs } from './storage-tabs.ts'

let tabs: StorageTabs

beforeAll(async () => {
  tabs = await createStorageTabs()
})

afterAll(() => tabs?.close())

afterEach(() => tabs.forgetAll())

test('[C3] a profile of release 0.1 is opened with its journal untouched, byte for byte', async () => {
  const tab = await tabs.openTab()
  const result = await tab.evaluate(async () => {
    const old = await storagePage.makeOldProfile()
    const written: string[] = []
    for (const method of ['put', 'add', 'delete', 'clear'] as const) {
      const write = IDBObjectStore.prototype[method] as (...given: unknown[]) => IDBRequest
      IDBObjectStore.prototype[method] = function (this: IDBObjectStore, ...given: unknown[]) {
        written.push(this.name)
        return write.apply(this, given)
      } as never
    }
    const store = await storagePage.openStore()
    const journal = (await storagePage.readRows())['journal']
    return {
      before: JSON.stringify(old['journal']),
      after: JSON.stringify(journal),
      written: [...new Set(written)].sort(),
      check: (await storagePage.verifyJournal(store)).check,
    }
  })
  expect(result.after).toBe(result.before)
  // The control: the upgrade did write.
  expect(result.written).toEqual(['meta', 'orders', 'shifts'])
  expect(result.check).toMatchObject({ ok: true, head: { seq: 4 } })
})

test('a profile of release 0.1 goes on selling: numbers, shift, open and parked orders are there', async () => {
  const tab = await tabs.openTab()
  const result = await tab.evaluate(async () => {
    const old = await storagePage.makeOldProfile()
    const store = await storagePage.openStore()
    const meta = Object.fromEntries(
      (old['meta'] as { key: string; value: Record<string, unknown> }[]).map(({ key, value }) => [
        key,
        value,
      ]),
    )
    const before = {
      receipt: meta['receipt'],
      openOrderId: meta['openOrder']?.['orderId'],
      shift: old['shifts']?.[0],
      orders: old['orders']?.length,
    }
    const open = await store.loadOpenOrder()
    const shift = await store.loadOpenShift()
    const unsent = await store.loadUnsent()
    const sync = await store.loadSync()
    let adopted = 0
    await store.shareOldParked(2, () => {
      adopted += 1
      return storagePage.act()
    })
    await store.shareOldParked(2, () => storagePage.act())
    const sold = await storagePage.sellOne(store, 'new')
    const z = await store.closeShift(storagePage.act(), 0)
    return {
      before,
      open: open?.orderId,
      shift,
      unsent,
      sync,
      adopted,
      parked: (await store.listParked()).map(({ order }) => order.parkedAs),
      sold,
      z,
      orders: (await storagePage.readRows())['orders'] as { status: string }[],
      journal: await storagePage.verifyJournal(store),
    }
  })
  const { receipt, shift } = result.before as unknown as {
    receipt: { series: number; next: number }
    shift: { shiftId: string; orderCount: number; cashMinor: number }
  }
  expect(result.open).toBe(result.before.openOrderId)
  expect(result.shift).toMatchObject({
    shiftId: shift.shiftId,
    cashMinor: shift.cashMinor,
    cashMovedMinor: 0,
  })
  expect(result.unsent).toMatchObject({ count: 2, operations: 2, journalSeq: 4 })
  expect(result.sync).toMatchObject({ ackedSeq: 2, cursor: 6, scopeId: '', isRevoked: false })
  expect(result.adopted).toBe(1)
  expect(result.parked).toEqual(['Table 4'])
  expect(result.sold.order).toMatchObject({
    receiptNumber: `${receipt.series}-${receipt.next}`,
    shiftId: shift.shiftId,
  })
  expect(result.z).toMatchObject({ zNumber: 1, orderCount: shift.orderCount + 1 })
  expect(result.orders).toHaveLength((result.before.orders ?? 0) + 1)
  expect(new Set(result.orders.map(({ status }) => status))).toEqual(new Set(['paid']))
  expect(result.journal.check).toMatchObject({ ok: true, head: { seq: 7 } })
})

test('makes way for a newer release in another tab, and does not come back with the old code', async () => {
  const old = await tabs.openEnrolled()
  await old.evaluate(async () => {
    const store = await storagePage.openStore()
    Object.assign(globalThis, { store })
    await storagePage.sellOne(store, 'before')
  })
  const newer = await tabs.openTab()
  const version = await newer.evaluate(async () => {
    const request = indexedDB.open('evertill', 30)
    await new Promise((resolve) => request.addEventListener('success', resolve))
    return request.result.version
  })
  const late = await old.evaluate(async () => {
    const { store } = globalThis as unknown as { store: Awaited<ReturnType<typeof storagePage.openStore>> }
    return storagePage.sellOne(store, 'after').then(() => 'sold', String)
  })
  expect(version).toBe(30)
  expect(late).toContain('InvalidStateError')
})
