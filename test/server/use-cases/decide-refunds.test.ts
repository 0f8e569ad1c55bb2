import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { productIds } from '../../simulation/shop.ts'
import { aRefund, aSale, cash, type MemoryShop, openMemoryShop } from './memory-shop.ts'

const statusOf = (shop: MemoryShop, orderId: string) => shop.database.view.get('orders', orderId)?.status

test('[R1] a sale is refunded once all of its money went back, not before', async () => {
  const shop = await openMemoryShop()
  const register = await shop.enrol(0)
  const sale = aSale(shop, register, { quantityMilli: 3000 })
  register.append('order.paid', sale)
  register.append('order.paid', aRefund(register, sale, 1000))
  expect(await register.send()).toEqual([[], []])
  expect(statusOf(shop, sale.orderId)).toBe('paid')
  register.append('order.paid', aRefund(register, sale, 2000))
  expect(await register.send()).toEqual([[]])
  expect(statusOf(shop, sale.orderId)).toBe('refunded')
  expect(shop.level(productIds[0]!)).toBe(0)
})

test('[R1] one receipt that two devices refund while offline: the second is flagged, and both gave money away', async () => {
  const shop = await openMemoryShop()
  const [one, two] = [await shop.enrol(0), await shop.enrol(1)]
  const sale = aSale(shop, one)
  one.append('order.paid', sale)
  one.append('order.paid', aRefund(one, sale, 1000))
  const again = aRefund(two, sale, 1000)
  two.append('order.paid', again)
  expect(await one.send()).toEqual([[], []])
  expect(await two.send()).toEqual([['double-refund']])
  expect(shop.database.view.list('orders')).toHaveLength(3)
  expect(shop.records('task')).toMatchObject([{ reason: 'double-refund', orderId: again.orderId }])
})

test('[R1] one minor unit more than was paid is too much', async () => {
  const shop = await openMemoryShop()
  const register = await shop.enrol(0)
  const sale = aSale(shop, register)
  const [all, more] = [aRefund(register, sale, 1000), aRefund(register, sale, 1000)]
  for (const order of [
    sale,
    all,
    { ...more, totals: { ...more.totals, totalMinor: -1 }, payments: [cash(-1)] },
  ])
    register.append('order.paid', order)
  expect(await register.send()).toEqual([[], [], ['double-refund']])
})

test('[R1] refunds and their sale, from three devices in any sequence, end in the same statuses and sums', async () => {
  const ends = new Set<string>()
  const quantities = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(
      quantities,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 }),
      async (backs, ranks) => {
        const run = async (sequence: readonly number[]) => {
          const shop = await openMemoryShop()
          const seller = await shop.enrol(0)
          const sale = aSale(shop, seller, { quantityMilli: 4000 })
          const orders = [sale, ...backs.map((units) => aRefund(seller, sale, units * 1000))]
          const flags: string[] = []
          for (const index of sequence) {
            const device = await shop.enrol(1)
            device.append('order.paid', orders[index])
            flags.push(...(await device.send()).flat())
          }
          const [segment] = shop.state({ withVersions: false }).segments as { cells: unknown }[]
          return {
            status: statusOf(shop, sale.orderId),
            isDouble: flags.includes('double-refund'),
            level: shop.level(productIds[0]!),
            cells: segment!.cells,
          }
        }
        const inSequence = [...backs.keys(), backs.length]
        const shuffled = inSequence.toSorted((left, right) => ranks[left]! - ranks[right]!)
        const [expected, other] = [await run(inSequence), await run(shuffled)]
        expect(other).toEqual(expected)
        const units = backs.reduce((sum, each) => sum + each, 0)
        expect(expected.status).toBe(units >= 4 ? 'refunded' : 'paid')
        expect(expected.isDouble).toBe(units > 4)
        ends.add(`${expected.status} ${expected.isDouble}`)
      },
    ),
    { numRuns: 60 },
  )
  expect(ends).toEqual(new Set(['paid false', 'refunded false', 'refunded true']))
})
