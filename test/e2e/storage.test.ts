import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { chromiumArgs, findChromium } from '../chromium.ts'
import { type BundledPage, serveBundledPage } from './bundled-page.ts'
import type { StoragePage } from './storage-page.ts'

declare global {
  // eslint-disable-next-line no-var
  var storagePage: StoragePage
}

let served: BundledPage
let browser: Browser
let context: BrowserContext

beforeAll(async () => {
  const executablePath = await findChromium()
  served = await serveBundledPage(new URL('storage-page.ts', import.meta.url))
  browser = await chromium.launch({ executablePath, args: [...chromiumArgs] })
})

afterAll(async () => {
  await browser?.close()
  await served?.close()
})

beforeEach(async () => {
  context = await browser.newContext()
})

afterEach(() => context.close())

async function openTab(): Promise<Page> {
  const tab = await context.newPage()
  await tab.goto(served.url)
  await tab.waitForFunction(() => 'storagePage' in globalThis)
  return tab
}

async function openEnrolled(): Promise<Page> {
  const tab = await openTab()
  await tab.evaluate(async () => storagePage.enrol(await storagePage.openStore()))
  return tab
}

describe('a sale', () => {
  test('[C1] [I5] leaves operation, order, number, shift and journal head, or nothing', async () => {
    const tab = await openEnrolled()
    const result = await tab.evaluate(async () => {
      const store = await storagePage.openStore()
      const sold = await store.commitSale(storagePage.saleOf('order-1'))
      const after = await storagePage.countRows()
      // Half a character cannot be journalled: the transaction is given up in the middle.
      const broken = await store
        .commitSale(storagePage.saleOf('order-2', '\ud83d'))
        .catch((error: Error) => error.name)
      const next = await store.commitSale(storagePage.saleOf('order-3'))
      return {
        sold,
        after,
        broken,
        rows: await storagePage.countRows(),
        next,
        journal: await storagePage.verifyJournal(store),
      }
    })
    expect(result.sold).toMatchObject({ seq: 2, order: { receiptNumber: '7-1' } })
    expect(result.after).toMatchObject({ journal: 2, orders: 1, shifts: 1 })
    expect(result.broken).toBe('TypeError')
    expect(result.rows).toMatchObject({ journal: 3, orders: 2, shifts: 1 })
    expect(result.next).toMatchObject({ seq: 3, order: { receiptNumber: '7-2' } })
    expect(result.next.order.shiftId).toBe(result.sold.order.shiftId)
    expect(result.journal).toMatchObject({
      check: { ok: true, head: { seq: 3 } },
      kinds: ['shift.opened', 'order.paid', 'order.paid'],
    })
  })

  test('[C2] [C4] [I12] two tabs that sell at once take gapless numbers and one chain', async () => {
    const tabs = [await openEnrolled(), await openTab()]
    const numbers = await Promise.all(
      tabs.map((tab, index) =>
        tab.evaluate(
          async (prefix) => storagePage.sell(await storagePage.openStore(), prefix, 40),
          `tab-${index}`,
        ),
      ),
    )
    const expected = Array.from({ length: 80 }, (_, index) => `7-${index + 1}`)
    expect(new Set(numbers.flat())).toEqual(new Set(expected))
    const journal = await tabs[0]!.evaluate(async () =>
      storagePage.verifyJournal(await storagePage.openStore()),
    )
    expect(journal.check).toMatchObject({ ok: true, head: { seq: 81 } })
    expect(journal.kinds.filter((kind) => kind === 'shift.opened')).toHaveLength(1)
  })

  test('[I2] paid twice, in two tabs at once, is one order with one answer', async () => {
    const tabs = [await openEnrolled(), await openTab()]
    const pay = (tab: Page) =>
      tab.evaluate(async () => {
        const store = await storagePage.openStore()
        const twice = [1, 2].map(() => store.commitSale(storagePage.saleOf('same')))
        return (await Promise.all(twice)).map(({ seq, hash, order }) => [seq, hash, order.receiptNumber])
      })
    const answers = (await Promise.all(tabs.map(pay))).flat()
    expect(new Set(answers.map((answer) => answer.join())).size).toBe(1)
    const rows = await tabs[0]!.evaluate(() => storagePage.countRows())
    expect(rows).toMatchObject({ orders: 1, journal: 2 })
  })

  test('takes the order off the screen and off the park list, and it does not come back', async () => {
    const tab = await openEnrolled()
    const result = await tab.evaluate(async () => {
      const store = await storagePage.openStore()
      const base = { openedAt: 1, lines: [], orderDiscount: null, customerId: null, note: null }
      await store.saveParked({ ...base, orderId: 'parked', parkedAs: 'Table 4' })
      await store.takeParked('parked')
      const resumed = await store.loadOpenOrder()
      await store.commitSale(storagePage.saleOf('parked'))
      const open = await store.loadOpenOrder()
      // A save that was on its way when the order was paid.
      await store.saveOpenOrder({ ...base, orderId: 'parked', parkedAs: null })
      return {
        resumed: resumed?.orderId,
        open,
        late: await store.loadOpenOrder(),
        parked: await store.listParked(),
      }
    })
    expect(result).toEqual({ resumed: 'parked', open: null, late: null, parked: [] })
  })

  test('[I1] is still there after the tab was killed and the page loaded again', async () => {
    const tab = await openEnrolled()
    await tab.evaluate(async () => storagePage.sell(await storagePage.openStore(), 'a', 5))
    await tab.goto('chrome://crash').catch(() => null)
    const journal = await (
      await openTab()
    ).evaluate(async () => storagePage.verifyJournal(await storagePage.openStore()))
    expect(journal.check).toMatchObject({ ok: true, head: { seq: 6 } })
  })

  test('[C5] with the disk full gives up the ballast and is sold', async () => {
    const tab = await openEnrolled()
    const devtools = await context.newCDPSession(tab)
    const origin = new URL(served.url).origin
    await tab.evaluate(async () => storagePage.sell(await storagePage.openStore(), 'before', 1))
    const usage = await tab.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0)
    await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + 20_000 })
    const result = await tab.evaluate(async () => {
      const store = await storagePage.openStore()
      const random = () => crypto.getRandomValues(new Uint8Array(6_000)).join('')
      const open = { openedAt: 1, lines: [], orderDiscount: null, customerId: null, parkedAs: null }
      let sold = 0
      while ((await store.hasBallast()) && sold < 50) {
        await store.commitSale(storagePage.saleOf(`full-${sold}`, random()))
        sold += 1
      }
      void open
      return { sold, hasBallast: await store.hasBallast(), journal: await storagePage.verifyJournal(store) }
    })
    expect(result.hasBallast).toBe(false)
    expect(result.journal.check).toMatchObject({ ok: true, head: { seq: result.sold + 2 } })
  })
})

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
    const tab = await openEnrolled()
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
    const tabs = [await openEnrolled(), await openTab()]
    await tabs[0]!.evaluate(
      async (load) => (await storagePage.openStore()).applyLoadPage(null, load, 1),
      firstLoad,
    )
    const applied = await Promise.all(
      tabs.map((tab) =>
        tab.evaluate(async (page) => (await storagePage.openStore()).applyPage(page, 2), page),
      ),
    )
    expect(applied.filter((each) => each !== null)).toHaveLength(1)
  })

  test('[L3] [L5] another epoch loads again and sweeps what is gone; own sales stay and are offered again', async () => {
    const tab = await openEnrolled()
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

        await store.beginLoadAgain('epoch-1', 'epoch-2', 3)
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
    expect(result.unsent).toMatchObject({ count: 2, journalSeq: 2 })
    expect(result).toMatchObject({ kept: 1, records: ['c2'], orders: ['mine'], operations: 2 })
  })
})

describe('the enrolment', () => {
  test('[C6] is not forgotten while a sale exists on this device only', async () => {
    const tab = await openEnrolled()
    const result = await tab.evaluate(async () => {
      const store = await storagePage.openStore()
      await store.commitSale(storagePage.saleOf('only-here'))
      const refused = await store.forgetEnrolment()
      const rows = await storagePage.countRows()
      await store.recordPush(
        { epoch: 'epoch-1', fromSeq: 1, toSeq: 2 },
        { status: 'accepted', ackedSeq: 2 },
        1,
      )
      return {
        refused,
        journal: rows['journal'],
        then: await store.forgetEnrolment(),
        install: await store.loadInstall(),
      }
    })
    expect(result).toEqual({ refused: 'unsent', journal: 2, then: 'forgotten', install: null })
  })

  test('has a key that cannot leave the browser, also after a reload', async () => {
    const tab = await openEnrolled()
    await tab.evaluate(async () => {
      const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
        'sign',
        'verify',
      ])
      await (await storagePage.openStore()).keepIdentity({ installId: 'install', pair })
    })
    await tab.reload()
    await tab.waitForFunction(() => 'storagePage' in globalThis)
    const result = await tab.evaluate(async () => {
      const identity = await (await storagePage.openStore()).loadIdentity()
      const key = identity!.pair.privateKey
      const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, new Uint8Array(3))
      const exported = await crypto.subtle.exportKey('jwk', key).catch((error: Error) => error.name)
      return { bytes: signature.byteLength, exported }
    })
    expect(result).toEqual({ bytes: 64, exported: 'InvalidAccessError' })
  })

  test('of a newer release is not opened by this one', async () => {
    const tab = await openTab()
    const name = await tab.evaluate(async () => {
      const request = indexedDB.open('evertill', 20)
      await new Promise((resolve) => request.addEventListener('success', resolve))
      request.result.close()
      return storagePage.openStore().then(
        () => 'opened',
        (error: Error) => error.name,
      )
    })
    expect(name).toBe('StoreIsNewerError')
  })
})
