import { randomUUID } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { registerIds, storeIds } from '../../simulation/shop.ts'
import { aSale, type MemoryDevice, type MemoryShop, NOW, openMemoryShop } from './memory-shop.ts'

const place = { storeId: storeIds[0], registerId: registerIds[0]! }

function park(device: MemoryDevice, orderId: string, parkedAs: string): void {
  const order = { ...parkedOrder(orderId), parkedAs }
  device.append('order.parked', { ...place, staffId: null, parkedAt: NOW, baseV: 0, order })
}

const parkedOrder = (orderId: string) => {
  return { orderId, openedAt: NOW, lines: [], orderDiscount: null, customerId: null, note: null }
}

function voidOrder(device: MemoryDevice, orderId: string): void {
  device.append('order.voided', { ...place, orderId, reason: 'Guests left', splitInto: [] })
}

const parked = (shop: MemoryShop, orderId: string) => shop.record('parked-order', orderId)

describe('a parked order', () => {
  test('[R4] is a record of its store alone, and the later park holds whole', async () => {
    const shop = await openMemoryShop()
    const [one, two] = [await shop.enrol(0), await shop.enrol(1)]
    const orderId = randomUUID()
    park(one, orderId, 'Table 4')
    await one.send()
    park(two, orderId, 'Terrace')
    expect(await two.send()).toEqual([[]])
    expect(parked(shop, orderId)).toMatchObject({
      storeId: storeIds[0],
      isDeleted: false,
      doc: { ...place, order: { parkedAs: 'Terrace' } },
    })
  })

  test('[L7] stays on its store’s list when its register was moved and parks it again there', async () => {
    const shop = await openMemoryShop()
    const [one, two] = [await shop.enrol(0), await shop.enrol(1)]
    const orderId = randomUUID()
    park(one, orderId, 'Table 4')
    await one.send()
    const order = { ...parkedOrder(orderId), parkedAs: 'Moved' }
    const there = { storeId: storeIds[1], registerId: registerIds[1]! }
    two.append('order.parked', { ...there, staffId: null, parkedAt: NOW, baseV: 0, order })
    expect(await two.send()).toEqual([[]])
    expect(parked(shop, orderId)).toMatchObject({
      storeId: storeIds[0],
      doc: { storeId: storeIds[0], order: { parkedAs: 'Moved' } },
    })
  })

  test('[R4] leaves the list when it is paid, and a park that comes later changes nothing', async () => {
    const shop = await openMemoryShop()
    const [one, two] = [await shop.enrol(0), await shop.enrol(1)]
    const order = aSale(shop, one)
    park(one, order.orderId, 'Table 4')
    one.append('order.paid', order)
    expect(await one.send()).toEqual([[], []])
    park(two, order.orderId, 'Terrace')
    voidOrder(two, order.orderId)
    expect(await two.send()).toEqual([['order-settled-already'], ['order-settled-already']])
    expect(parked(shop, order.orderId)).toMatchObject({
      isDeleted: true,
      doc: { order: { parkedAs: 'Table 4' } },
    })
    expect(shop.records('task')).toEqual([])
  })

  test('[R4] that was voided can be paid all the same: money was taken', async () => {
    const shop = await openMemoryShop()
    const [one, two] = [await shop.enrol(0), await shop.enrol(1)]
    const order = aSale(shop, two)
    park(one, order.orderId, 'Table 4')
    voidOrder(one, order.orderId)
    await one.send()
    two.append('order.paid', order)
    expect(await two.send()).toEqual([[]])
    expect(shop.database.view.get('orders', order.orderId)?.status).toBe('paid')
  })

  test('an order that was never parked leaves nothing on the list', async () => {
    const shop = await openMemoryShop()
    const one = await shop.enrol(0)
    const order = aSale(shop, one)
    one.append('order.paid', order)
    await one.send()
    expect(parked(shop, order.orderId)).toBeUndefined()
  })

  test('[R4] [I7] whatever comes in whatever sequence, its status never goes back', async () => {
    const acts = ['park', 'void', 'pay'] as const
    const rank = { open: 0, park: 1, void: 2, pay: 3 }
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...acts), { minLength: 1, maxLength: 7 }),
        async (sequence) => {
          const shop = await openMemoryShop()
          const order = aSale(shop, await shop.enrol(0))
          const status = (): keyof typeof rank => {
            if (shop.database.view.get('orders', order.orderId)) return 'pay'
            const record = parked(shop, order.orderId)
            if (!record) return 'open'
            return record.isDeleted ? 'void' : 'park'
          }
          let highest = 0
          for (const act of sequence) {
            const device = await shop.enrol(1)
            if (act === 'park') park(device, order.orderId, 'Table 4')
            if (act === 'void') voidOrder(device, order.orderId)
            if (act === 'pay') device.append('order.paid', order)
            await device.send()
            highest = Math.max(highest, rank[act])
            expect(rank[status()]).toBe(highest)
          }
          const isListed = parked(shop, order.orderId)?.isDeleted === false
          expect(isListed).toBe(highest === rank.park)
        },
      ),
      { numRuns: 100 },
    )
  })
})
