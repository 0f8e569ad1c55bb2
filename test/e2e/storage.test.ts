import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createStorageTabs, type StorageTabs } from './storage-tabs.ts'

let tabs: StorageTabs

beforeAll(async () => {
  tabs = await createStorageTabs()
})

afterAll(() => tabs?.close())

afterEach(() => tabs.forgetAll())

describe('a sale', () => {
  test('[C1] [I5] leaves operation, order, number, shift and journal head, or nothing', async () => {
    const tab = await tabs.openEnrolled()
    const result = await tab.evaluate(async () => {
      const store = await storagePage.openStore()
      const sold = await storagePage.sellOne(store, 'order-1')
      const after = await storagePage.countRows()
      // Half a character cannot be journalled: the transaction is given up in the middle.
      const broken = await storagePage.sellOne(store, 'order-2', '\ud83d').catch((error: Error) => error.name)
      const next = await storagePage.sellOne(store, 'order-3')
      return {
        sold,
        after,
        broken,
        rows: await storagePage.countRows(),
        next,
        journal: await storagePage.verifyJournal(store),
        shift: await store.loadOpenShift(),
      }
    })
    expect(result.sold).toMatchObject({ seq: 2, order: { receiptNumber: '7-1' } })
    expect(result.after).toMatchObject({ journal: 2, orders: 1 })
    expect(result.broken).toBe('TypeError')
    expect(result.rows).toMatchObject({ journal: 3, orders: 2 })
    expect(result.next).toMatchObject({ seq: 3, order: { receiptNumber: '7-2' } })
    expect(result.next.order.shiftId).toBe(result.sold.order.shiftId)
    expect(result.shift).toMatchObject({ orderCount: 2, cashMinor: 600, netMinor: 600 })
    expect(result.journal).toMatchObject({
      check: { ok: true, head: { seq: 3 } },
      kinds: ['shift.opened', 'order.paid', 'order.paid'],
    })
  })

  test('[C1] [I5] whose transaction fails after any of its writes leaves nothing', async () => {
    const tab = await tabs.openEnrolled()
    const result = await tab.evaluate(async () => {
      const store = await storagePage.openStore()
      await storagePage.sellOne(store, 'order-1')
      const before = JSON.stringify(await storagePage.readRows())
      const errors: string[] = []
      const after: string[] = []
      for (let failAt = 1; failAt <= 3; failAt += 1) {
        const failing = await storagePage.openFailingStore(failAt)
        errors.push(await storagePage.sellOne(failing, 'order-2').then(() => 'sold', String))
        after.push(JSON.stringify(await storagePage.readRows()))
        failing.close()
      }
      // The control: there is no fourth write to fail, so the same store sells.
      const whole = await storagePage.openFailingStore(4)
      await storagePage.sellOne(whole, 'order-2')
      return { before, errors, after, rows: await storagePage.countRows() }
    })
    for (const error of result.errors) expect(error).toContain('ConstraintError')
    for (const rows of result.after) expect(rows).toBe(result.before)
    expect(result.rows).toMatchObject({ journal: 3, orders: 2 })
  })

  test('[C1] is committed strictly, whatever the browser would do by itself', async () => {
    const tab = await tabs.openEnrolled()
    const durabilities = await tab.evaluate(async () => {
      const seen: string[] = []
      const begin = IDBDatabase.prototype.transaction
      IDBDatabase.prototype.transaction = function (...given) {
        const tx = begin.apply(this, given)
        if (tx.mode === 'readwrite') seen.push(tx.durability)
        return tx
      }
      const store = await storagePage.openStore()
      await storagePage.sellOne(store, 'order-1')
      await store.closeShift(storagePage.act(), 300)
      return seen
    })
    expect(durabilities).toEqual(['strict', 'strict'])
  })

  test('[C2] [C4] [I12] two tabs that sell at once take gapless numbers and one chain', async () => {
    const both = [await tabs.openEnrolled(), await tabs.openTab()]
    const numbers = await Promise.all(
      both.map((tab, index) =>
        tab.evaluate(
          async (prefix) => storagePage.sell(await storagePage.openStore(), prefix, 40),
          `tab-${index}`,
        ),
      ),
    )
    const expected = Array.from({ length: 80 }, (_, index) => `7-${index + 1}`)
    expect(new Set(numbers.flat())).toEqual(new Set(expected))
    const journal = await both[0]!.evaluate(async () =>
      storagePage.verifyJournal(await storagePage.openStore()),
    )
    expect(journal.check).toMatchObject({ ok: true, head: { seq: 81 } })
    expect(journal.kinds.filter((kind) => kind === 'shift.opened')).toHaveLength(1)
  })

  test('[I2] paid twice, in two tabs at once, is one order with one answer', async () => {
    const both = [await tabs.openEnrolled(), await tabs.openTab()]
    const pay = (tab: Page) =>
      tab.evaluate(async () => {
        const store = await storagePage.openStore()
        const twice = [1, 2].map(() => storagePage.sellOne(store, 'same'))
        return (await Promise.all(twice)).map(({ seq, hash, order }) => [seq, hash, order.receiptNumber])
      })
    const answers = (await Promise.all(both.map(pay))).flat()
    expect(new Set(answers.map((answer) => answer.join())).size).toBe(1)
    const rows = await both[0]!.evaluate(() => storagePage.countRows())
    expect(rows).toMatchObject({ orders: 1, journal: 2 })
  })

  test('[R4] takes the order off the screen and off the park list, and it does not come back', async () => {
    const tab = await tabs.openEnrolled()
    const result = await tab.evaluate(async () => {
      const store = await storagePage.openStore()
      const base = { openedAt: 1, lines: [], orderDiscount: null, customerId: null, note: null }
      const names = async () => (await store.listParked()).map(({ order }) => order.parkedAs)
      await store.saveOpenOrder({ ...base, orderId: 'parked', parkedAs: null }, 1)
      await store.parkOrder(storagePage.act(), { ...base, orderId: 'parked', parkedAs: 'Table 4' })
      const parked = [await names(), await store.loadOpenOrder()]
      const resumed = await store.resumeOrder('parked')
      const hidden = await names()
      await store.saveOpenOrder(null, 1)
      const shownAgain = await names()
      await store.resumeOrder('parked')
      await storagePage.sellOne(store, 'parked')
      const open = await store.loadOpenOrder()
      // A save that was on its way when the order was paid.
      await store.saveOpenOrder({ ...base, orderId: 'parked', parkedAs: null }, 1)
      const late = await store.loadOpenOrder()
      const parkedLate = await store.parkOrder(storagePage.act(), {
        ...base,
        orderId: 'parked',
        parkedAs: 'Table 4',
      })
      const left = await names()
      return { parked, resumed: resumed?.orderId, hidden, shownAgain, open, late, parkedLate, left }
    })
    expect(result).toEqual({
      parked: [['Table 4'], null],
      resumed: 'parked',
      hidden: [],
      shownAgain: ['Table 4'],
      open: null,
      late: null,
      parkedLate: false,
      left: [],
    })
  })

  test('[I1] is still there after the tab was killed and the page loaded again', async () => {
    const tab = await tabs.openEnrolled()
    await tab.evaluate(async () => storagePage.sell(await storagePage.openStore(), 'a', 5))
    const devtools = await tab.context().newCDPSession(tab)
    const crashed = tab.waitForEvent('crash')
    void devtools.send('Page.crash').catch(() => null)
    await crashed
    const journal = await (
      await tabs.openTab()
    ).evaluate(async () => storagePage.verifyJournal(await storagePage.openStore()))
    expect(journal.check).toMatchObject({ ok: true, head: { seq: 6 } })
  })

  test('[C5] with the disk full gives up the ballast and is sold', async () => {
    const tab = await tabs.openTab()
    const devtools = await tab.context().newCDPSession(tab)
    const { origin } = new URL(tab.url())
    await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 2_000_000 })
    const result = await tab.evaluate(async () => {
      // Before the first row is written: the browser looks at the quota only now and then.
      await storagePage.restoreBallast()
      const store = await storagePage.openStore()
      await storagePage.enrol(store)
      const text = () => crypto.getRandomValues(new Uint8Array(20_000)).toString()
      let sold = 0
      while ((await store.hasBallast()) && sold < 200) {
        await storagePage.sellOne(store, `full-${sold}`, text())
        sold += 1
      }
      const isShort = !(await store.hasBallast())
      await storagePage.sellOne(store, 'after')
      const journal = await storagePage.verifyJournal(store)
      // The control: without more to give up the disk is really full.
      const error = await (async () => {
        for (let more = 0; more < 200; more += 1) await storagePage.sellOne(store, `more-${more}`, text())
        return 'none'
      })().catch(String)
      return { sold, isShort, seq: journal.check, error, use: await store.loadStorageUse() }
    })
    expect(result.isShort).toBe(true)
    expect(result.seq).toMatchObject({ ok: true, head: { seq: result.sold + 2 } })
    expect(result.error).toContain('QuotaExceededError')
    expect(result.use).toMatchObject({ usedBytes: expect.any(Number), isPersisted: false })
  })

  test('goes on after the browser has closed the database by itself', async () => {
    const tab = await tabs.openEnrolled()
    const seq = await tab.evaluate(async () => {
      const opened: IDBDatabase[] = []
      const begin = IDBDatabase.prototype.transaction
      IDBDatabase.prototype.transaction = function (...given) {
        opened.push(this)
        return begin.apply(this, given)
      }
      const store = await storagePage.openStore()
      await storagePage.sellOne(store, 'before')
      opened.at(-1)!.close()
      return (await storagePage.sellOne(store, 'after')).seq
    })
    expect(seq).toBe(3)
  })
})

describe('the enrolment', () => {
  test('[C6] is not forgotten while a sale exists on this device only', async () => {
    const tab = await tabs.openEnrolled()
    const result = await tab.evaluate(async () => {
      const store = await storagePage.openStore()
      await storagePage.sellOne(store, 'only-here')
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
        afterwards: await store.forgetEnrolment(),
        install: await store.loadInstall(),
        left: Object.values(await storagePage.countRows()).reduce((sum, count) => sum + count, 0),
      }
    })
    expect(result).toEqual({ refused: 'unsent', journal: 2, afterwards: 'forgotten', install: null, left: 0 })
  })

  test('has a key that cannot leave the browser, also after a reload', async () => {
    const tab = await tabs.openEnrolled()
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
    const tab = await tabs.openTab()
    const name = await tab.evaluate(async () => {
      const request = indexedDB.open('evertill', 30)
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

describe('records, of which hundreds rest in one row', () => {
  test('are read as if each had a row of its own, whatever was written, deleted and given up before', async () => {
    const tab = await tabs.openEnrolled()
    for (const seed of [1, 2, 3]) {
      const report = await tab.evaluate((of) => storagePage.compareRecords(of, 40), seed)
      expect(report, `seed ${seed}`).toMatchObject({ differences: [], doubled: 0 })
      expect(report.leaves).toBeGreaterThan(4)
      expect(report.singles).toBeGreaterThan(50)
    }
  })
})
