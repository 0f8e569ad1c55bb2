import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sealPacks } from '../../../server/database/order-packs.ts'
import { packing } from '../../../server/packing.ts'
import { type LoadedPage, readLoadPage } from '../reading-device.ts'
import { heldIds, idsOf, openPackShop, packsOf, type PackShop, singlesOf } from './pack-shop.ts'

let at: PackShop
beforeEach(async () => {
  at = await openPackShop()
})
afterEach(() => at.on.drop())

describe('an order that changes after it was packed', () => {
  test('[R4] a refunded sale travels by itself, as refunded, and is in no pack', async () => {
    const [first, ...others] = await at.sell(4)
    await at.seal()
    await at.refund(first!)
    for (const isSealedAgain of [false, true]) {
      if (isSealedAgain) expect(await at.seal()).toBe(1)
      const pages = await at.load()
      expect(heldIds(pages)).toEqual(idsOf([first!, ...others]))
      expect(singlesOf(pages).filter(({ isRefunded }) => isRefunded)).toMatchObject([
        { id: first!.orderId, doc: first },
      ])
      expect(packsOf(pages).flatMap(({ orderIds }) => orderIds)).toHaveLength(isSealedAgain ? 3 : 0)
    }
  })

  test('a withdrawn order is handed out no more, and its pack is sealed anew', async () => {
    const brought = await at.bringIn(6)
    await at.seal()
    // Orders of one version are packed in the order of their ids.
    const [gone, ...others] = brought.toSorted((one, other) => (one.orderId < other.orderId ? -1 : 1))
    await at.withdraw([gone!])
    expect(heldIds(await at.load())).toEqual(idsOf(others))
    expect(await at.seal()).toBe(1)
    const pages = await at.load()
    expect(heldIds(pages)).toEqual(idsOf(others))
    expect(packsOf(pages)).toHaveLength(1)
  })

  test('one that was refunded and then withdrawn leaves no copy behind either', async () => {
    const [gone, ...others] = await at.bringIn(4)
    await at.seal()
    await at.refund(gone!)
    await at.seal()
    await at.withdraw([gone!])
    await at.seal()
    expect(heldIds(await at.load())).toEqual(idsOf(others))
  })

  test('a pack of which nothing is left stays empty', async () => {
    const brought = await at.bringIn(4)
    await at.seal()
    await at.withdraw(brought)
    expect(await at.seal()).toBe(1)
    expect(heldIds(await at.load())).toEqual([])
    expect(await at.seal()).toBe(0)
  })
})

describe('[L4] while a load is under way', () => {
  test('orders that are packed between two of its pages are not missed', async () => {
    const sold = await at.sell(9)
    const pages: LoadedPage[] = []
    // Sealed at each of its steps in turn.
    for (let sealedAt = 0; sealedAt < 5; sealedAt += 1) {
      await at.on.database.asSystem((tx) => tx.query('delete from order_pack'))
      pages.length = 0
      let after: string | null = null
      do {
        if (pages.length === sealedAt) await at.seal()
        const page: LoadedPage = await readLoadPage(at.reading, at.install, after)
        pages.push(page)
        after = page.after
      } while (after !== null)
      expect(heldIds(pages)).toEqual(idsOf(sold))
    }
    expect(pages.length).toBeGreaterThanOrEqual(4)
  })

  test('no change is lost to a sealer that has read the order already', async () => {
    const brought = await at.bringIn(4)
    const [gone, ...others] = brought
    let isWithdrawn = false
    const slow = {
      ...packing,
      async deflate(text: string) {
        if (!isWithdrawn) {
          isWithdrawn = true
          await at.withdraw([gone!])
        }
        return packing.deflate(text)
      },
    }
    const sealed = await sealPacks(
      { ...at.sealing(), packing: slow },
      at.shop.tenantId,
      at.shop.store.storeId,
    )
    expect([isWithdrawn, sealed]).toEqual([true, 0])
    expect(heldIds(await at.load())).toEqual(idsOf(others))
  })

  test('nor one that is being written while the pack is', async () => {
    const [gone, ...others] = await at.bringIn(4)
    let sealing: Promise<number> | null = null
    await at.on.database.asTenant(at.shop.tenantId, async (tx) => {
      await tx.query('select next_version($1)', [at.shop.tenantId])
      const { orderId } = gone!
      await tx.query(`update orders set status = 'withdrawn', v = current_version() where order_id = $1`, [
        orderId,
      ])
      sealing = at.seal()
      // Time enough for it to be done, did it not wait.
      await new Promise((next) => setTimeout(next, 200))
    })
    expect(await sealing).toBe(0)
    expect(heldIds(await at.load())).toEqual(idsOf(others))
  })

  test('two sealers at once write each pack once', async () => {
    await at.sell(40)
    const sealed = await Promise.all([at.seal(), at.seal(), at.seal()])
    expect([sealed.reduce((sum, each) => sum + each, 0) + (await at.seal()), await at.countPacks()]).toEqual([
      10, 10,
    ])
  })
})
