import { randomUUID } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { productIds, storeIds } from '../../simulation/shop.ts'
import { aSale, EPOCH, type MemoryDevice, type MemoryShop, openMemoryShop } from './memory-shop.ts'

const productId = productIds[0]!
const place = { storeId: storeIds[0], productId, variantId: null }

function receive(device: MemoryDevice, quantityMilli: number): void {
  const movementId = randomUUID()
  device.append('stock.moved', { ...place, movementId, quantityMilli, reason: 'received', note: null })
}

type Seen = { readonly epoch?: string; readonly cursor: number; readonly seq?: number }

function count(device: MemoryDevice, countedMilli: number, { epoch = EPOCH, cursor, seq }: Seen): string {
  const movementId = randomUUID()
  const seenSeq = seq ?? device.journal.length
  device.append('stock.counted', {
    ...{ ...place, movementId, countedMilli, seenEpoch: epoch, seenCursor: cursor, seenSeq },
  })
  return movementId
}

const headOf = (shop: MemoryShop): number => shop.database.view.get('life', '')!.v
const taskId = `negative-stock/${storeIds[0]}/${productId}/`

describe('a count', () => {
  test('[R5] during sales: what its counter had not seen stays sold', async () => {
    const shop = await openMemoryShop()
    const [counter, seller] = [await shop.enrol(0), await shop.enrol(1)]
    receive(counter, 10_000)
    await counter.send()
    const cursor = headOf(shop)
    // Sold elsewhere after the counter last heard: on the shelf it is gone or not, the counter can't know.
    seller.append('order.paid', aSale(shop, seller, { quantityMilli: 2000 }))
    await seller.send()
    count(counter, 9000, { cursor })
    expect(await counter.send()).toEqual([[]])
    expect(shop.level(productId)).toBe(9000 - 2000)
  })

  test.each([1, 500])('[R5] has seen its own sales before it, sent %i at a time', async (perBatch) => {
    const shop = await openMemoryShop()
    const counter = await shop.enrol(0)
    counter.append('order.paid', aSale(shop, counter, { quantityMilli: 3000 }))
    count(counter, 5000, { cursor: 1 })
    counter.append('order.paid', aSale(shop, counter, { quantityMilli: 1000 }))
    expect((await counter.send(perBatch)).flat()).toEqual([])
    expect(shop.level(productId)).toBe(4000)
  })

  test('[R5] of another life of the database is taken against what is held, and flagged', async () => {
    const shop = await openMemoryShop()
    const counter = await shop.enrol(0)
    receive(counter, 10_000)
    count(counter, 7000, { epoch: randomUUID(), cursor: 900 })
    expect(await counter.send()).toEqual([[], ['count-unsure']])
    expect(shop.level(productId)).toBe(7000)
    expect(shop.records('task')).toMatchObject([{ reason: 'count-unsure', productId }])
  })

  test('[R5] [I10] in any interleaving leaves what was counted, less what came unseen', async () => {
    const steps = fc.array(
      fc.record({
        who: fc.constantFrom(0, 1, 2),
        soldUnits: fc.integer({ min: 1, max: 3 }),
        hears: fc.boolean(),
      }),
      { maxLength: 14 },
    )
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 4 }), async (sales, perBatch) => {
        const shop = await openMemoryShop()
        const devices = [await shop.enrol(0), await shop.enrol(1), await shop.enrol(1)]
        const counter = devices[0]!
        let cursor = headOf(shop)
        let unseen = 0
        for (const { who, soldUnits, hears } of sales) {
          const device = devices[who]!
          device.append('order.paid', aSale(shop, device, { quantityMilli: soldUnits * 1000 }))
          if (who !== 0) {
            await device.send()
            unseen += soldUnits * 1000
          }
          // A page of the server's changes: everything stored so far is seen.
          if (hears) [cursor, unseen] = [headOf(shop), 0]
        }
        count(counter, 50_000, { cursor })
        counter.append('order.paid', aSale(shop, counter))
        await counter.send(perBatch)
        expect(shop.level(productId)).toBe(50_000 - unseen - 1000)
      }),
      { numRuns: 100 },
    )
  })
})

describe('a level below zero', () => {
  test('[P4] says nothing while nobody has counted or received', async () => {
    const shop = await openMemoryShop()
    const seller = await shop.enrol(0)
    seller.append('order.paid', aSale(shop, seller))
    expect(await seller.send()).toEqual([[]])
    expect(shop.level(productId)).toBe(-1000)
  })

  test('[P4] is one task per place: the sale that crosses zero is flagged, the next ones are not', async () => {
    const shop = await openMemoryShop()
    const [one, two] = [await shop.enrol(0), await shop.enrol(1)]
    receive(one, 1000)
    await one.send()
    // The last unit, sold twice.
    one.append('order.paid', aSale(shop, one))
    two.append('order.paid', aSale(shop, two))
    two.append('order.paid', aSale(shop, two))
    expect(await one.send()).toEqual([[]])
    expect(await two.send()).toEqual([['negative-stock'], []])
    expect(shop.record('task', taskId)?.doc).toMatchObject({ productId, storeId: storeIds[0], seq: 1 })
  })

  test('[P4] that comes again after it was dealt with opens the task again', async () => {
    const shop = await openMemoryShop()
    const office = await shop.enrol('office')
    const one = await shop.enrol(0)
    receive(one, 1000)
    one.append('order.paid', aSale(shop, one, { quantityMilli: 2000 }))
    await one.send()
    office.append('task.done', { taskId })
    await office.send()
    expect(shop.record('task', taskId)?.doc?.state).toBe('done')
    receive(one, 5000)
    one.append('order.paid', aSale(shop, one, { quantityMilli: 9000 }))
    expect(await one.send()).toEqual([[], ['negative-stock']])
    expect(shop.record('task', taskId)?.doc).toMatchObject({ state: 'open', doneBy: null })
  })
})

test('[P3] a movement that comes again moves nothing', async () => {
  const shop = await openMemoryShop()
  const [one, two] = [await shop.enrol(0), await shop.enrol(1)]
  receive(one, 4000)
  two.append('stock.moved', JSON.parse(one.journal[0]!.payload))
  await one.send()
  await two.send()
  expect(shop.level(productId)).toBe(4000)
})

test('[P4] goods of a product that is not in the catalogue are taken and flagged', async () => {
  const shop = await openMemoryShop()
  const one = await shop.enrol(0)
  const movement = { ...place, productId: 'no such', movementId: randomUUID(), quantityMilli: 5 }
  one.append('stock.moved', { ...movement, reason: 'written-off', note: null })
  expect(await one.send()).toEqual([['unknown-product']])
  expect(shop.level('no such')).toBe(5)
})
