import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { applyPage } from '../../src/storage/changes.ts'
import { compareDigest, storedDigest } from '../../src/storage/digest.ts'
import { commitEdit } from '../../src/storage/edits.ts'
import { commitSale } from '../../src/storage/sale.ts'
import { beginLoadAgain } from '../../src/storage/scope.ts'
import { applyLoadPage } from '../../src/storage/changes.ts'
import {
  actAt,
  createMemoryDevice,
  epoch,
  idOf,
  type MemoryDevice,
  NOW,
  saleOf,
  storeId,
} from './memory-device.ts'
import {
  categoryCame,
  createPulledDevice,
  editOf,
  foreignOrder,
  loadPageOf,
  metaOf,
  orderCame,
  ordersSince,
  packOf,
  pageOf,
  pull,
} from './pulled-device.ts'

/** By the words of the protocol, with another hash than ours. */
function digestOf(...rows: string[]): string {
  const sum = rows.reduce(
    (before, row) => before ^ createHash('md5').update(row).digest().readBigUInt64BE(),
    0n,
  )
  return sum.toString(16).padStart(16, '0')
}

const nothing = digestOf()
const order = (number: number, v: number) => `order/${idOf(number)}@${v}`
const stored = (device: MemoryDevice) => storedDigest(device.storage, ordersSince)

function createFullDevice(): Promise<MemoryDevice> {
  return createPulledDevice({
    records: [categoryCame('c1', 4, 'Hot'), categoryCame('c2', 5, 'Cold')],
    segments: [{ storeId, month: '2025-11', v: 5, included: {} } as never],
    packs: [
      packOf(
        'p1',
        [1, 2, 3].map((number) => foreignOrder(number)),
      ),
    ],
    orders: [orderCame(foreignOrder(4), 4), orderCame(foreignOrder(5, { businessDay: '2025-10-21' }), 4)],
  })
}

const full = {
  records: digestOf('category/c1@4', 'category/c2@5'),
  segments: digestOf(`segment/${storeId}/2025-11@5`),
  orders: digestOf(order(1, 3), order(2, 3), order(3, 3), order(4, 4)),
}

describe('[I9] the digest of what is held', () => {
  test('is that of the rows that the server has, with orders from a day on', async () => {
    expect(await stored(await createFullDevice())).toEqual(full)
    expect(await stored(await createPulledDevice())).toEqual({
      records: nothing,
      orders: nothing,
      segments: nothing,
    })
  })

  test('changes with every version, row and deletion', async () => {
    const device = await createFullDevice()
    await pull(device, {
      records: [categoryCame('c1', 6, 'Warm'), categoryCame('c2', 6, null), categoryCame('c3', 6, 'New')],
      orders: [
        orderCame(foreignOrder(1), 6, { isWithdrawn: true, doc: null }),
        orderCame(foreignOrder(2), 6, { isRefunded: true }),
      ],
    })
    expect(await stored(device)).toEqual({
      ...full,
      records: digestOf('category/c1@6', 'category/c3@6'),
      orders: digestOf(order(2, 6), order(3, 3), order(4, 4)),
    })
  })

  test('leaves out what only this device knows, and counts what it lies over', async () => {
    const device = await createFullDevice()
    await commitSale(device, saleOf(6))
    await commitEdit(device, actAt(1), editOf('c1', { name: { base: 'Hot', value: 'Mine' } }))
    const created = categoryCame('c9', 0, 'Mine').doc
    await commitEdit(device, actAt(2), editOf('c9', { '': { base: null, value: created } }, 'create'))
    await commitEdit(device, actAt(3), editOf('c2', { '': { base: null, value: null } }, 'delete'))
    expect(await stored(device)).toEqual(full)
    // Deleted at the server under an own edit that has not arrived there yet.
    await pull(device, { records: [categoryCame('c1', 6, null)], orders: [orderCame(foreignOrder(6), 6)] })
    expect(await stored(device)).toEqual({
      ...full,
      records: digestOf('category/c2@5'),
      orders: digestOf(order(1, 3), order(2, 3), order(3, 3), order(4, 4), order(6, 6)),
    })
  })

  test('counts an own order that was loaded again in a pack, one with an older row and one of two packs, once each and with the newest version', async () => {
    const device = await createFullDevice()
    await commitSale(device, saleOf(6))
    await pull(device, { ackedSeq: 2, orders: [orderCame(foreignOrder(6), 6)] })
    const again = { epoch, reason: 'digest-differs', scope: null } as const
    await beginLoadAgain(device.storage, await metaOf(device, 'sync'), again, NOW)
    expect(await stored(device)).toBeNull()
    const packs = [
      packOf(
        'a',
        [6, 7, 8].map((number) => foreignOrder(number)),
        6,
      ),
      packOf('b', [foreignOrder(7)], 7),
    ]
    const load = { startVersion: 7, ackedSeq: 2, packs, orders: [orderCame(foreignOrder(8), 5)] }
    await applyLoadPage(device.storage, null, loadPageOf(load), NOW)
    expect(await stored(device)).toEqual({
      records: nothing,
      segments: nothing,
      orders: digestOf(order(6, 6), order(7, 7), order(8, 6)),
    })
  })

  test('is none while a page comes in between, or a load runs', async () => {
    const device = await createFullDevice()
    let isFirst = true
    const disturbed: MemoryDevice['storage'] = {
      ...device.storage,
      read: async (tables, work) => {
        if (tables.includes('segments') && isFirst) {
          isFirst = false
          await applyPage(device.storage, pageOf({ records: [categoryCame('c1', 6, 'Warm')] }), NOW)
        }
        return device.storage.read(tables, work)
      },
    }
    expect(await storedDigest(disturbed, ordersSince)).toBeNull()
    expect(await storedDigest(disturbed, ordersSince)).not.toBeNull()
    expect(await stored(await createMemoryDevice())).toBeNull()
  })
})

describe('[I9] comparing digests', () => {
  const page = { epoch, next: 5, ordersSince, digest: full }

  test('notes whether they are equal, and when', async () => {
    const device = await createFullDevice()
    expect(await compareDigest(device.storage, page, NOW)).toBe('equal')
    expect(await metaOf(device, 'sync')).toMatchObject({ lastDigest: { at: NOW, isEqual: true } })
    for (const part of ['records', 'orders', 'segments'] as const) {
      const digest = { ...full, [part]: digestOf('something else') }
      expect(await compareDigest(device.storage, { ...page, digest }, NOW + 1)).toBe('differs')
    }
    expect(await metaOf(device, 'sync')).toMatchObject({ lastDigest: { at: NOW + 1, isEqual: false } })
  })

  test('says nothing of another moment than that of the page', async () => {
    const device = await createFullDevice()
    expect(await compareDigest(device.storage, { ...page, next: 4 }, NOW)).toBeNull()
    expect(await compareDigest(device.storage, { ...page, epoch: 'epoch-2' }, NOW)).toBeNull()
    expect(await metaOf(device, 'sync')).toMatchObject({ lastDigest: null })
  })
})
