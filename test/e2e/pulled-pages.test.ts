import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { idOf } from '../storage/memory-device.ts'
import {
  categoryCame,
  foreignOrder,
  loadPageOf,
  orderCame,
  packOf,
  pageOf,
} from '../storage/pulled-device.ts'
import { createStorageTabs, type StorageTabs } from './storage-tabs.ts'

let tabs: StorageTabs

beforeAll(async () => {
  tabs = await createStorageTabs()
})

afterAll(() => tabs?.close())

afterEach(() => tabs.forgetAll())

const scope = { id: 'register store register', storeId: 'store', registerId: 'register' }
const firstLoad = loadPageOf({ scope })
const page = pageOf({ records: [categoryCame('c1', 6, 'Hot')] })

async function openLoaded(load = firstLoad): Promise<Page> {
  const tab = await tabs.openEnrolled()
  await tab.evaluate(async (load) => (await storagePage.openStore()).applyLoadPage(null, load, 1), load)
  return tab
}

describe('changes from the server', () => {
  test('[L2] apply where the cursor stands, with rows and cursor in one; elsewhere they are thrown away', async () => {
    const tab = await tabs.openEnrolled()
    const result = await tab.evaluate(
      async ({ page, firstLoad }) => {
        const store = await storagePage.openStore()
        const early = await store.applyPage(page, 1)
        await store.applyLoadPage(null, firstLoad, 1)
        const applied = await store.applyPage(page, 2)
        const again = await store.applyPage(page, 3)
        const otherEpoch = await store.applyPage({ ...page, epoch: 'epoch-2', from: 8 }, 4)
        const sync = await store.loadSync()
        return { early, applied, again, otherEpoch, sync, records: await store.listRecords() }
      },
      { page, firstLoad },
    )
    expect(result).toMatchObject({
      early: null,
      applied: { recordKeys: [['category', 'c1']] },
      again: null,
      otherEpoch: null,
      sync: { cursor: 8, lastPullAt: 2 },
      records: [{ id: 'c1', v: 6 }],
    })
  })

  test('[C4] [L2] two tabs that pull the same page apply it once', async () => {
    const both = [await openLoaded(), await tabs.openTab()]
    const applied = await Promise.all(
      both.map((tab) =>
        tab.evaluate(async (page) => (await storagePage.openStore()).applyPage(page, 2), page),
      ),
    )
    expect(applied.filter((each) => each !== null)).toHaveLength(1)
  })

  test('[L2] [I5] a tab that is closed in the middle of a page leaves all of it or nothing', async () => {
    let tab = await openLoaded()
    let wholePages = 0
    for (let round = 0; round < 8; round += 1) {
      const from = 5 + wholePages * 3
      const records = Array.from({ length: 300 }, (_, index) => categoryCame(`c${index}`, from + 1, 'Hot'))
      const next = pageOf({ from, next: from + 3, records })
      const begun = tab.evaluate(async (page) => {
        const store = await storagePage.openStore()
        void store.applyPage(page, 2)
      }, next)
      await begun
      await new Promise((resolve) => setTimeout(resolve, round * 3))
      await tab.close()
      tab = await tabs.openTab()
      const held = await tab.evaluate(async () => {
        const store = await storagePage.openStore()
        const versions = (await store.listRecords()).map(({ v }) => v)
        return { cursor: (await store.loadSync())?.cursor, versions: [...new Set(versions)] }
      })
      if (held.cursor === from + 3) wholePages += 1
      const expected = wholePages === 0 ? [] : [5 + wholePages * 3 - 2]
      expect(held).toEqual({ cursor: 5 + wholePages * 3, versions: expected })
    }
    // Negative control: some pages were long enough underway to be there whole.
    expect(wholePages).toBeGreaterThan(0)
  })

  test('[L3] [L5] another epoch loads again and sweeps what is gone; own sales stay and are offered again', async () => {
    const tab = await openLoaded()
    const theirs = foreignOrder(1)
    const result = await tab.evaluate(
      async ({ page, theirs, load }) => {
        const store = await storagePage.openStore()
        const sold = await store.commitSale(storagePage.saleOf('mine'))
        if (!sold.ok) throw new Error(sold.failure.code)
        const mine = { ...theirs, id: 'mine', doc: { ...sold.value.order, note: 'changed on the way' } }
        await store.applyPage({ ...page, orders: [theirs, mine], ackedSeq: 2 }, 2)
        const sent = { epoch: page.epoch, fromSeq: 1, toSeq: 2 }
        await store.recordPush(sent, { status: 'accepted', ackedSeq: 2 }, 2)
        const before = { unsent: await store.loadUnsent(), mine: await store.loadOrder('mine') }

        const sync = await store.loadSync()
        const again = { epoch: 'epoch-2', reason: 'epoch-changed', scope: null } as const
        const begins = await store.beginLoadAgain(sync!, again, 3)
        const during = { unsent: await store.loadUnsent(), records: await store.listRecords() }
        await store.applyLoadPage(null, load, 4)
        const orders = await store.listOrders({ most: 10, isAsked: () => true })
        return {
          before,
          begins,
          during,
          records: (await store.listRecords()).map((row) => row.id),
          orders: orders.map(({ orderId }) => orderId),
          operations: (await storagePage.operationsOf(store)).length,
        }
      },
      {
        page,
        theirs: orderCame(theirs, 7),
        load: loadPageOf({
          scope,
          epoch: 'epoch-2',
          startVersion: 1,
          records: [categoryCame('c2', 1, 'New')],
        }),
      },
    )
    expect(result.before.unsent.count).toBe(0)
    expect(result.before.mine).toMatchObject({ seq: 2, v: 7, order: { note: null } })
    expect(result.begins).toBe(true)
    expect(result.during.unsent).toMatchObject({ count: 1, journalSeq: 2 })
    expect(result.during.records).toHaveLength(1)
    expect(result).toMatchObject({ records: ['c2'], orders: ['mine'], operations: 2 })
  })
})

describe('packed orders', () => {
  const orders = Array.from({ length: 3_000 }, (_, index) =>
    foreignOrder(index, { storeId: 'store', occurredAt: 1_763_683_200_000 + index * 1_000 }),
  )
  const packs = Array.from({ length: 10 }, (_, place) =>
    packOf(`pack-${place}`, orders.slice(place * 300, place * 300 + 300)),
  )

  test('are stored as they come, listed newest first, found by receipt and opened', async () => {
    const tab = await openLoaded({ ...firstLoad, packs })
    const result = await tab.evaluate(async (asked) => {
      const store = await storagePage.openStore()
      await store.commitSale(storagePage.saleOf('mine'))
      const listed = await store.listOrders({ most: 3, isAsked: () => true })
      const all = await store.listOrders({ most: 10_000, isAsked: () => true })
      const found = await store.listOrders({ most: 3, isAsked: (order) => order.receiptNumber === '9-1234' })
      return {
        listed: listed.map(({ receiptNumber }) => receiptNumber),
        all: all.length,
        found: found.map(({ orderId }) => orderId),
        opened: (await store.loadOrder(asked))?.order,
        rows: await storagePage.countRows(),
      }
    }, idOf(1_234))
    expect(result).toMatchObject({
      listed: ['9-2999', '9-2998', '9-2997'],
      all: 3_001,
      found: [idOf(1_234)],
      opened: orders[1_234],
      rows: { packs: 10, packDirectory: 10, orders: 1 },
    })
  })

  test('[I9] give the same digest as the same orders one by one', async () => {
    const digestOf = async (load: typeof firstLoad) => {
      const tab = await openLoaded(load)
      const digest = await tab.evaluate(async (since) => {
        const storage = await storagePage.openDatabase('evertill')
        return storagePage.storedDigest(storage, since)
      }, firstLoad.ordersSince)
      await tabs.forgetAll()
      return digest
    }
    const packed = await digestOf({ ...firstLoad, packs: packs.slice(0, 2) })
    const single = { ...firstLoad, orders: orders.slice(0, 600).map((order) => orderCame(order, 3)) }
    expect(await digestOf(single)).toEqual(packed)
    // Negative control: one order less.
    expect(await digestOf({ ...single, orders: single.orders.slice(1) })).not.toEqual(packed)
  })
})
