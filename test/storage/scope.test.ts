import { describe, expect, test } from 'vitest'
import { digestKeys, digestOf, digestText } from '#sync/digest.ts'
import { listCarried, saveCarried } from '../../src/storage/carried.ts'
import { applyLoadPage } from '../../src/storage/changes.ts'
import { commitEdit } from '../../src/storage/edits.ts'
import { loadUnsent, recordPush } from '../../src/storage/journal.ts'
import { loadOrder } from '../../src/storage/orders.ts'
import { commitRefund } from '../../src/storage/refund.ts'
import { commitSale } from '../../src/storage/sale.ts'
import { storedDigest } from '../../src/storage/digest.ts'
import { beginLoadAgain, type LoadAgain } from '../../src/storage/scope.ts'
import { actAt, epoch, idOf, type MemoryDevice, NOW, refundOf, saleOf, storeId } from './memory-device.ts'
import {
  categoryCame,
  createPulledDevice,
  editOf,
  foreignOrder,
  inflate,
  loadPageOf,
  metaOf,
  orderCame,
  otherScope,
  otherStoreId,
  packOf,
  pull,
  recordOf,
  rowsOf,
  scope,
  send,
} from './pulled-device.ts'

async function begin(device: MemoryDevice, next: Partial<LoadAgain>): Promise<boolean> {
  const again: LoadAgain = { epoch, reason: 'scope-changed', scope: null, ...next }
  return beginLoadAgain(device.storage, await metaOf(device, 'sync'), again, NOW)
}

async function acknowledge(device: MemoryDevice, seq: number): Promise<void> {
  const sent = { epoch, fromSeq: 1, toSeq: seq }
  await recordPush(device.storage, sent, { status: 'accepted', ackedSeq: seq }, NOW)
}

/** Everything that a store's register holds, itself having sold order 1. */
async function createFullDevice(): Promise<MemoryDevice> {
  const task = { kind: 'task', id: 't', v: 4, isDeleted: false, doc: { taskId: 't', storeId } } as const
  const segment = { storeId, month: '2025-11', v: 5, included: {} } as never
  const device = await createPulledDevice({
    records: [categoryCame('c1', 4, 'Hot'), categoryCame('c2', 4, 'Cold'), task],
    segments: [segment],
    packs: [packOf('p1', [foreignOrder(11), foreignOrder(12)])],
    orders: [orderCame(foreignOrder(13), 4)],
  })
  await commitSale(device, saleOf(1))
  return device
}

const idsOf = async (device: MemoryDevice) => ({
  records: (await rowsOf(device, 'records')).map(({ id }) => id),
  orders: (await rowsOf(device, 'orders')).map(({ orderId }) => orderId),
  packs: (await rowsOf(device, 'packs')).map(({ packId }) => packId),
  directory: (await rowsOf(device, 'packDirectory')).map(({ packId }) => packId),
  segments: (await rowsOf(device, 'segments')).length,
})

const everything = {
  records: ['c1', 'c2', 't'],
  orders: [idOf(1), idOf(13)],
  packs: ['p1'],
  directory: ['p1'],
  segments: 1,
}

describe('loading again', () => {
  test('[L5] wipes nothing when it begins, and offers every retained operation to a new life of the server', async () => {
    const device = await createFullDevice()
    await acknowledge(device, 2)
    expect(await loadUnsent(device.storage)).toMatchObject({ operations: 0 })
    expect(await begin(device, { epoch: 'epoch-2', reason: 'epoch-changed' })).toBe(true)
    expect(await idsOf(device)).toEqual(everything)
    expect(await metaOf(device, 'sync')).toMatchObject({
      epoch: 'epoch-2',
      generation: 2,
      cursor: 0,
      pushedSeq: 0,
      ackedSeq: 0,
      load: { after: null },
    })
    expect(await loadUnsent(device.storage)).toMatchObject({ operations: 2 })
  })

  test.each([
    ['cursor-ahead', 0],
    ['lost', 0],
    ['digest-differs', 0],
    ['cursor-too-old', 2],
    ['scope-changed', 2],
  ] as const)('[L5] [I7] in the same epoch, %s leaves %i acknowledged', async (reason, ackedSeq) => {
    const device = await createFullDevice()
    await acknowledge(device, 2)
    await begin(device, { reason })
    expect(await metaOf(device, 'sync')).toMatchObject({ ackedSeq, pushedSeq: ackedSeq, generation: 2 })
  })

  test.each([
    ['lost', null],
    ['digest-differs', null],
    ['scope-changed', { ackedSeq: 3 }],
  ] as const)(
    '[L5] [C6] %s: what was handed over for another device is offered again: %o',
    async (reason, outcome) => {
      const device = await createFullDevice()
      const batch = { installId: 'other', firstSeq: 1, lastSeq: 3, registerName: '', importedAt: NOW }
      await saveCarried(device, [{ ...batch, request: {}, outcome: { ackedSeq: 3 } }], NOW)
      await begin(device, { reason })
      expect(await listCarried(device.storage)).toMatchObject([{ ...batch, outcome }])
    },
  )

  test('[C4] begins once, also when two tabs were told', async () => {
    const device = await createFullDevice()
    const seen = await metaOf(device, 'sync')
    const again = { epoch, reason: 'digest-differs', scope: null } as const
    const both = [1, 2].map(() => beginLoadAgain(device.storage, seen, again, NOW))
    expect(await Promise.all(both)).toEqual([true, false])
    // A third one has only now read that the load runs: it is the same one.
    expect(await begin(device, { reason: 'digest-differs' })).toBe(false)
    expect(await metaOf(device, 'sync')).toMatchObject({ generation: 2 })
    // A fourth was told before a load that has ended where it stood then.
    await applyLoadPage(device.storage, null, loadPageOf({ startVersion: seen.cursor }), NOW)
    expect(await beginLoadAgain(device.storage, seen, again, NOW)).toBe(false)
  })

  test('[L5] [I7] a load begins anew where the server has gone back since, and own work lies over it', async () => {
    const device = await createFullDevice()
    await commitEdit(device, actAt(1), editOf('c2', { name: { base: 'Cold', value: 'Iced' } }))
    await acknowledge(device, 3)
    await pull(device, { next: 6, ackedSeq: 3, records: [categoryCame('c2', 6, 'Iced')] })
    await begin(device, { reason: 'cursor-too-old' })
    expect(await begin(device, { reason: 'lost' })).toBe(true)
    expect(await metaOf(device, 'sync')).toMatchObject({ generation: 3, pushedSeq: 0, ackedSeq: 0 })
    const page = loadPageOf({ records: [categoryCame('c2', 4, 'Cold')] })
    await applyLoadPage(device.storage, null, page, NOW)
    expect(await recordOf(device, 'category', 'c2')).toMatchObject({ doc: { name: 'Iced' } })
  })

  test('[L6] [I7] keeps a sale that was refunded here from its paper, until the server knows of the refund', async () => {
    const device = await createFullDevice()
    await begin(device, { reason: 'cursor-too-old' })
    const paper = { orderId: idOf(5), occurredAt: NOW, receiptNumber: '9-5', status: 'paid' } as const
    const sale = { ...paper, generation: 0, v: 0, order: foreignOrder(5) }
    await commitRefund(device, { ...refundOf(60, 5), sale, refunds: [] })
    await applyLoadPage(device.storage, null, loadPageOf({ startVersion: 9 }), NOW)
    const statusOf = async () =>
      (await rowsOf(device, 'orders')).find(({ orderId }) => orderId === idOf(5))?.status
    await pull(device, { orders: [orderCame(foreignOrder(5), 10)] })
    expect(await statusOf()).toBe('refunded')

    await pull(device, { ackedSeq: 3 })
    await begin(device, { reason: 'cursor-too-old' })
    await applyLoadPage(device.storage, null, loadPageOf({ startVersion: 12, ackedSeq: 3 }), NOW)
    expect(await statusOf()).toBeUndefined()
  })

  test('[L6] upserts first, and at its end sweeps what it did not bring; own work stays', async () => {
    const device = await createFullDevice()
    await commitEdit(device, actAt(1), editOf('c2', { name: { base: 'Cold', value: 'Iced' } }))
    const created = categoryCame('c9', 0, 'Mine').doc
    await commitEdit(device, actAt(2), editOf('c9', { '': { base: null, value: created } }, 'create'))
    await begin(device, { reason: 'cursor-too-old' })
    const first = loadPageOf({ startVersion: 9, after: 'k', records: [categoryCame('c1', 9, 'Hot')] })
    await applyLoadPage(device.storage, null, first, NOW)
    // Negative control: in the middle of the load nothing has gone.
    expect(await idsOf(device)).toEqual({ ...everything, records: ['c1', 'c2', 'c9', 't'] })

    const packs = [packOf('p2', [foreignOrder(12)])]
    await applyLoadPage(device.storage, 'k', loadPageOf({ startVersion: 9, packs }), NOW)
    expect(await idsOf(device)).toEqual({
      records: ['c1', 'c9'],
      orders: [idOf(1)],
      packs: ['p2'],
      directory: ['p2'],
      segments: 0,
    })
    expect(await loadOrder(device.storage, idOf(11), inflate)).toBeNull()
    expect(await rowsOf(device, 'journal')).toHaveLength(4)
  })

  test('[R4] a sale refunded here stays so though the server packs it as paid', async () => {
    const device = await createFullDevice()
    const packed = await loadOrder(device.storage, idOf(11), inflate)
    await device.storage.write(['orders'], 'strict', async (tx) =>
      tx.put('orders', [{ ...packed!, status: 'refunded' }]),
    )
    await begin(device, { reason: 'cursor-too-old' })
    const packs = [packOf('p1', [foreignOrder(11)], 4)]
    await applyLoadPage(device.storage, null, loadPageOf({ startVersion: 9, packs }), NOW)
    expect(await loadOrder(device.storage, idOf(11), inflate)).toMatchObject({ status: 'refunded' })
  })
})

describe('another scope', () => {
  const moved = { reason: 'scope-changed', scope: otherScope } as const

  test('[L7] holds at once: what is sold from now on is sold in the new store', async () => {
    const device = await createFullDevice()
    await begin(device, moved)
    expect(await metaOf(device, 'install')).toMatchObject({
      storeId: otherStoreId,
      registerId: otherScope.registerId,
    })
    expect(await metaOf(device, 'sync')).toMatchObject({ scopeId: otherScope.id, generation: 2 })
    // And once more while it loads: the owner has moved it back.
    expect(await begin(device, { ...moved, scope })).toBe(true)
    expect(await metaOf(device, 'install')).toMatchObject({ storeId })
  })

  test('[L7] [I15] at the end nothing of the old store remains but what the server does not hold yet', async () => {
    const device = await createFullDevice()
    await acknowledge(device, 2)
    await commitSale(device, saleOf(2))
    await begin(device, moved)
    const brought = {
      records: [categoryCame('c1', 9, 'Hot')],
      orders: [orderCame(foreignOrder(21, { storeId: otherStoreId }), 9)],
    }
    const load = loadPageOf({ scope: otherScope, startVersion: 9, ackedSeq: 2, ...brought })
    await applyLoadPage(device.storage, null, load, NOW)
    expect(await idsOf(device)).toEqual({
      records: ['c1'],
      orders: [idOf(2), idOf(21)],
      packs: [],
      directory: [],
      segments: 0,
    })
    expect(await loadUnsent(device.storage)).toMatchObject({ count: 1 })
    expect(await rowsOf(device, 'journal')).toHaveLength(3)

    // The new store's own sale stays, the old one's leaves once a page covers it.
    await commitSale(device, saleOf(3, { storeId: otherStoreId }))
    await pull(device, { ackedSeq: 2 })
    expect((await idsOf(device)).orders).toEqual([idOf(2), idOf(3), idOf(21)])
    await pull(device, { ackedSeq: 4 })
    expect((await idsOf(device)).orders).toEqual([idOf(3), idOf(21)])
    expect(await metaOf(device, 'sync')).not.toHaveProperty('strayUpToSeq')
  })

  test.each(['while its own payment is unsent', 'once it is sent'])(
    '[R4] [L7] [I9] an order that was paid in the new store too is held there, and counts in its digest, %s',
    async (when) => {
      const device = await createFullDevice()
      await begin(device, { scope: otherScope })
      const theirs = foreignOrder(1, { storeId: otherStoreId })
      const ackedSeq = when === 'once it is sent' ? 2 : 0
      await send(device, ackedSeq)
      const load = loadPageOf({
        scope: otherScope,
        startVersion: 9,
        ackedSeq,
        orders: [orderCame(theirs, 9)],
      })
      await applyLoadPage(device.storage, null, load, NOW)
      await pull(device, { ackedSeq: 2 })
      expect(await rowsOf(device, 'orders')).toMatchObject([{ orderId: idOf(1), seq: 2, v: 9 }])
      const orders = digestText(digestOf([{ key: digestKeys.order(idOf(1)), v: 9 }]))
      expect(await storedDigest(device.storage, '2025-10-22')).toMatchObject({ orders })
    },
  )
})
