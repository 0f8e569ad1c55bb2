import { afterEach, beforeEach, expect, test } from 'vitest'
import type { PaidOrder } from '#domain/order.ts'
import { digestKeys, digestOf, digestText } from '#sync/digest.ts'
import { type LoadedPage, readLoadPage, readPullPage } from '../reading-device.ts'
import { openPackShop, type PackShop } from './pack-shop.ts'

let at: PackShop
beforeEach(async () => {
  at = await openPackShop()
})
afterEach(() => at.on.drop())

/** Loads, pulls to the end, and answers the digest of what it then holds beside the server’s of that moment. */
async function loadOnce(): Promise<{ held: string; served: string; orders: number }> {
  const packed = new Map<string, number>()
  const rows = new Map<string, { readonly v: number; readonly isLive: boolean }>()
  const take = (orders: LoadedPage['orders']): void => {
    for (const { id, v, isWithdrawn } of orders)
      if (v > (rows.get(id)?.v ?? -1)) rows.set(id, { v, isLive: !isWithdrawn })
  }
  let page = await readLoadPage(at.reading, at.install, null)
  for (let left = 50; left > 0; left -= 1) {
    take(page.orders)
    for (const { orderIds, vs } of page.packs)
      for (const [index, id] of orderIds.entries()) packed.set(id, Math.max(vs[index]!, packed.get(id) ?? -1))
    if (page.after === null) break
    page = await readLoadPage(at.reading, at.install, page.after)
  }
  for (let cursor = page.startVersion, left = 50; left > 0; left -= 1) {
    const asked = { cursor, epoch: page.epoch, wantsDigest: true }
    const answer = await readPullPage(at.reading, at.install, asked)
    take(answer.orders)
    cursor = answer.next
    if (answer.digest === null) continue
    const live = new Map(packed)
    for (const [id, { v, isLive }] of rows) {
      if (isLive) live.set(id, Math.max(v, live.get(id) ?? -1))
      else live.delete(id)
    }
    const lines = [...live].map(([id, v]) => ({ key: digestKeys.order(id), v }))
    return { held: digestText(digestOf(lines)), served: answer.digest.orders, orders: live.size }
  }
  throw new Error('the device never came to the end')
}

test('[L4] [I9] whatever is sold, refunded, withdrawn and packed meanwhile, a device that loads holds exactly what the server has', async () => {
  let isOver = false
  const repeatedly = async (times: number, work: (turn: number) => Promise<unknown>): Promise<void> => {
    for (let turn = 0; turn < times; turn += 1) await work(turn)
  }
  const untilOver = async (work: () => Promise<unknown>): Promise<void> => {
    for (let left = 2_000; left > 0 && !isOver; left -= 1) await work()
  }
  const sold: PaidOrder[] = []
  const brought: PaidOrder[] = []
  const loads: Awaited<ReturnType<typeof loadOnce>>[] = []
  const working = Promise.all([
    repeatedly(25, async (turn) => {
      sold.push(...(await at.sell(1 + (turn % 5))))
      if (turn % 3 === 0) await at.refund(sold[(turn * 7) % sold.length]!)
    }),
    repeatedly(25, async (turn) => {
      brought.push(...(await at.bringIn(1 + (turn % 4))))
      if (turn % 3 === 0) await at.withdraw(brought.filter((_, index) => index % 9 === turn % 9))
    }),
  ]).finally(() => (isOver = true))
  await Promise.all([
    working,
    untilOver(() => at.seal()),
    untilOver(async () => loads.push(await loadOnce())),
  ])
  await at.seal()
  loads.push(await loadOnce())
  for (const { held, served } of loads) expect(held).toBe(served)
  expect(loads.length).toBeGreaterThan(1)
  expect(loads.at(-1)!.orders).toBeGreaterThan(50)
  expect(await at.countPacks()).toBeGreaterThan(10)
})
