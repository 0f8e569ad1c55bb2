import { randomUUID } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PaidOrder } from '#domain/order.ts'
import { diffRecord } from '#sync/diff-record.ts'
import { productIds, registerIds, staffIds, storeIds } from '../../simulation/shop.ts'
import {
  aRefund,
  aSale,
  cash,
  EPOCH,
  type MemoryDevice,
  type MemoryShop,
  NOW,
  openMemoryShop,
  productOf,
} from './memory-shop.ts'

const productId = productIds[0]!
const aPlace = { storeId: storeIds[0], registerId: registerIds[0]! }
const orderIds = Array.from({ length: 6 }, () => randomUUID())

type Register = {
  /** All that it ever opened; the last one is open unless `isClosed`. */
  readonly shiftIds: string[]
  isClosed: boolean
}

type Scene = { readonly shop: MemoryShop; readonly device: MemoryDevice; readonly register: Register }

/** A register with its shifts, one after the other. */
function startScene(shop: MemoryShop, device: MemoryDevice): Scene {
  const register: Register = { shiftIds: [], isClosed: true }
  openNext(device, register)
  return { shop, device, register }
}

function openNext(device: MemoryDevice, register: Register): void {
  if (!register.isClosed) closeOpen(device, register)
  register.shiftIds.push(randomUUID())
  register.isClosed = false
  const shiftId = register.shiftIds.at(-1)!
  device.append('shift.opened', { ...aPlace, shiftId, openedAt: NOW, openingFloatMinor: 500 })
}

function closeOpen(device: MemoryDevice, register: Register): void {
  const closed = { shiftId: register.shiftIds.at(-1)!, closedAt: NOW, zNumber: 1, countedCashMinor: 500 }
  const sums = { orderCount: 1, netMinor: 250, expectedCashMinor: 750 }
  device.append('shift.closed', { ...aPlace, ...closed, ...sums })
  register.isClosed = true
}

/** An order for a shift that is open, or was. */
function anOrder({ shop, device, register }: Scene, pick: number, more: Partial<PaidOrder> = {}): PaidOrder {
  const { shiftIds } = register
  const shiftId = shiftIds[pick % shiftIds.length]!
  return aSale(shop, device, { orderId: orderIds[pick]!, shiftId, ...more })
}

/** Appends something to a journal; what it is about is drawn among few things, so that they meet. */
const acts = {
  sale: (scene, pick) => scene.device.append('order.paid', anOrder(scene, pick)),
  refund: (scene, pick) => {
    scene.device.append('order.paid', aRefund(scene.device, anOrder(scene, pick), 1000))
  },
  payAgain: (scene, pick) => {
    scene.device.append('order.paid', anOrder(scene, pick, { payments: [cash(1)] }))
  },
  open: ({ device, register }) => openNext(device, register),
  close: ({ device, register }) => {
    if (!register.isClosed) closeOpen(device, register)
  },
  park: ({ device }, pick) => {
    const order = { orderId: orderIds[pick]!, openedAt: NOW, lines: [], orderDiscount: null }
    const parked = { ...order, customerId: null, note: null, parkedAs: `Table ${pick}` }
    device.append('order.parked', { ...aPlace, staffId: null, parkedAt: NOW, baseV: 0, order: parked })
  },
  void: ({ device }, pick) =>
    device.append('order.voided', { ...aPlace, orderId: orderIds[pick]!, reason: '', splitInto: [] }),
  receive: ({ device }, pick) => {
    const move = { storeId: storeIds[0], productId, variantId: null, movementId: randomUUID() }
    device.append('stock.moved', { ...move, quantityMilli: pick * 1000, reason: 'received', note: null })
  },
  count: ({ device }, pick) => {
    const counted = { storeId: storeIds[0], productId, variantId: null, movementId: randomUUID() }
    const seen = { seenEpoch: EPOCH, seenCursor: 1, seenSeq: device.journal.length }
    device.append('stock.counted', { ...counted, countedMilli: pick * 1000, ...seen })
  },
  rename: ({ shop, device }, pick) => {
    const product = productOf(shop.database, productId)
    const fields = diffRecord('product', product, { ...product, name: `Name ${pick}` })
    device.edit({ kind: 'product', id: productId, action: 'change', baseV: 1, fields }, staffIds[pick % 5]!)
  },
  nonsense: ({ device }, pick) => device.append('moon.landed', { pick }),
} satisfies Record<string, (scene: Scene, pick: number) => unknown>

const script = fc.array(
  fc.record({
    act: fc.constantFrom(...(Object.keys(acts) as (keyof typeof acts)[])),
    pick: fc.integer({ min: 0, max: 5 }),
  }),
  { minLength: 1, maxLength: 25 },
)

function write(scene: Scene, steps: readonly { act: keyof typeof acts; pick: number }[]): void {
  for (const { act, pick } of steps) acts[act](scene, pick)
}

/** All tables but the versions. */
function stateOf(shop: MemoryShop) {
  return shop.state({ withVersions: false })
}

test('[P1] [I5] a journal ends in the same state however it is cut into batches', async () => {
  await fc.assert(
    fc.asyncProperty(script, fc.integer({ min: 1, max: 6 }), async (steps, perBatch) => {
      const [whole, cut] = [await openMemoryShop(), await openMemoryShop()]
      const device = await whole.enrol(0)
      write(startScene(whole, device), steps)
      const other = await cut.enrol(0, device.installId)
      other.journal.push(...device.journal)
      await device.send()
      await other.send(perBatch)
      expect(stateOf(cut)).toEqual(stateOf(whole))
    }),
    { numRuns: 250 },
  )
})

test('[I4] old requests sent again, doubled and in any sequence change nothing, and get the same results', async () => {
  const requests = fc.array(fc.tuple(fc.nat(100), fc.nat(100)), { minLength: 1, maxLength: 10 })
  await fc.assert(
    fc.asyncProperty(script, requests, async (steps, again) => {
      const shop = await openMemoryShop()
      const device = await shop.enrol(0)
      write(startScene(shop, device), steps)
      const last = device.journal.length
      const first = await device.push(1, last)
      const before = shop.state()
      for (const [one, other] of again) {
        const [from, upTo] = [one % last, other % last].toSorted((left, right) => left - right)
        const answer = await device.push(from! + 1, upTo! + 1)
        if (answer.status !== 'accepted' || first.status !== 'accepted') throw new Error(answer.status)
        expect(answer.results).toEqual(first.results.slice(from, upTo! + 1))
      }
      expect(shop.state()).toEqual(before)
    }),
    { numRuns: 100 },
  )
})
