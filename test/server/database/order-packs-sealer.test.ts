import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createPackSealer } from '../../../server/database/order-packs-sealer.ts'
import { createLog } from '../../../server/log.ts'
import { openPackShop, type PackShop } from './pack-shop.ts'

let at: PackShop
beforeEach(async () => {
  at = await openPackShop()
})
afterEach(() => at.on.drop())

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  for (let left = 200; left > 0; left -= 1) {
    if (await isTrue()) return
    await new Promise((next) => setTimeout(next, 25))
  }
  throw new Error('it never came true')
}

describe('the sealer in the background', () => {
  test('packs what there is when it starts, and what comes while it runs; after its end nothing', async () => {
    await at.sell(4)
    const sealer = createPackSealer({ ...at.sealing(), log: createLog('error'), quietMs: 10 })
    await sealer.start()
    await until(async () => (await at.countPacks()) === 1)
    await at.sell(4)
    await until(async () => (await at.countPacks()) === 2)
    await sealer.stop()
    await at.sell(4)
    await new Promise((next) => setTimeout(next, 100))
    expect(await at.countPacks()).toBe(2)
  })

  test('does not wait for commits to pause', async () => {
    const sealer = createPackSealer({
      ...at.sealing(),
      log: createLog('error'),
      quietMs: 60_000,
      longestMs: 50,
    })
    await sealer.start()
    await until(async () => {
      await at.sell(4)
      return (await at.countPacks()) > 0
    })
    await sealer.stop()
  })
})
