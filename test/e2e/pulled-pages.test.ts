import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createStorageTabs, type StorageTabs } from './storage-tabs.ts'

let tabs: StorageTabs

beforeAll(async () => {
  tabs = await createStorageTabs()
})

afterAll(() => tabs?.close())

afterEach(() => tabs.forgetAll())

describe('changes from the server', () => {
  const page = {
    epoch: 'epoch-1',
    from: 5,
    next: 8,
    head: 8,
    ackedSeq: 0,
    orders: [],
    segments: [],
    registers: [],
    records: [
      { kind: 'category', id: 'c1', v: 6, isDeleted: false, doc: { categoryId: 'c1', name: 'Hot' } },
    ] as const,
  }
  const firstLoad = { ...page, startVersion: 5, after: null, share: 1, records: [] }

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
    const both = [await tabs.openEnrolled(), await tabs.openTab()]
    await both[0]!.evaluate(
      async (load) => (await storagePage.openStore()).applyLoadPage(null, load, 1),
      firstLoad,
    )
    const applied = await Promise.all(
      both.map((tab) =>
        tab.evaluate(async (page) => (await storagePage.openStore()).applyPage(page, 2), page),
      ),
    )
    expect(applied.filter((each) => each !== null)).toHaveLength(1)
  })

  test('[L3] [L5] another epoch loads again and sweeps what is gone; own sales stay and are offered again', async () => {
    const tab = await tabs.openEnrolled()
    const result = await tab.evaluate(
      async ({ page, firstLoad }) => {
        const store = await storagePage.openStore()
        const { order } = await store.commitSale(storagePage.saleOf('mine'))
        await store.applyLoadPage(null, firstLoad, 1)
        const theirs = { ...order, orderId: 'theirs', receiptNumber: '9-1' }
        const orders = [
          { id: 'theirs', v: 7, isWithdrawn: false, doc: theirs },
          { id: 'mine', v: 7, isWithdrawn: false, doc: { ...order, note: 'changed on the way' } },
        ]
        await store.applyPage({ ...page, orders, ackedSeq: 2 }, 2)
        await store.recordPush(
          { epoch: 'epoch-1', fromSeq: 1, toSeq: 2 },
          { status: 'accepted', ackedSeq: 2 },
          2,
        )
        const sent = await store.loadUnsent()
        const mine = await store.loadOrder('mine')

        await store.beginLoadAgain({ epoch: 'epoch-1', cursor: 8 }, 'epoch-2', 3)
        const unsent = await store.loadUnsent()
        const kept = (await store.listRecords()).length
        const record = {
          kind: 'category',
          id: 'c2',
          v: 1,
          isDeleted: false,
          doc: { categoryId: 'c2', name: 'New' },
        } as const
        const answer = { ...firstLoad, epoch: 'epoch-2', startVersion: 1, records: [record] }
        await store.applyLoadPage(null, answer, 4)
        return {
          sent,
          mine,
          unsent,
          kept,
          records: (await store.listRecords()).map((row) => row.id),
          orders: (await store.listOrders(0, 10)).map((row) => row.orderId),
          operations: (await store.loadOperations(1, 10)).length,
        }
      },
      { page, firstLoad },
    )
    expect(result.sent.count).toBe(0)
    expect(result.mine).toMatchObject({ seq: 2, v: 7, order: { note: null } })
    expect(result.unsent).toMatchObject({ count: 1, journalSeq: 2 })
    expect(result).toMatchObject({ kept: 1, records: ['c2'], orders: ['mine'], operations: 2 })
  })
})
