import { expect, test } from 'vitest'
import { verifyRun } from '#sync/journal.ts'
import { browserInflate } from '../../src/storage/compression.ts'
import { dropHistory, dropOldOperations, markAcknowledged } from '../../src/storage/give-way.ts'
import { loadRun, recordPush } from '../../src/storage/journal.ts'
import { type Device, isOutOfSpace } from '../../src/storage/room.ts'
import type { PackDirectoryRow, PackRow } from '../../src/storage/rows.ts'
import { commitRefund } from '../../src/storage/refund.ts'
import { commitSale } from '../../src/storage/sale.ts'
import { storeOn } from '../../src/storage/store.ts'
import { createMemoryDevice, DAY_MS, epoch, NOW, refundOf, saleOf } from './memory-device.ts'
import { createPulledDevice, foreignOrder, orderCame, pull, rowsOf } from './pulled-device.ts'

async function createSold(count: number) {
  const device = await createMemoryDevice()
  for (let number = 1; number <= count; number += 1) await commitSale(device, saleOf(number))
  return device
}

const acknowledge = ({ storage }: Device, toSeq: number, at: number, ofEpoch = epoch) =>
  recordPush(storage, { epoch: ofEpoch, fromSeq: 1, toSeq }, { status: 'accepted', ackedSeq: toSeq }, at)

const seqsOf = async ({ storage }: Device) =>
  (await storage.read(['journal'], (tx) => tx.list('journal'))).map(({ seq }) => seq)

test('[C5] drops operations that the server has held for 30 days, and no others', async () => {
  const device = await createSold(5)
  await acknowledge(device, 2, NOW)
  await acknowledge(device, 4, NOW + 2 * DAY_MS)
  await dropOldOperations(device.storage, NOW + 30 * DAY_MS - 1)
  expect(await seqsOf(device)).toEqual([1, 2, 3, 4, 5, 6])
  await dropOldOperations(device.storage, NOW + 30 * DAY_MS)
  expect(await seqsOf(device)).toEqual([3, 4, 5, 6])
  await dropOldOperations(device.storage, NOW + 32 * DAY_MS)
  expect(await seqsOf(device)).toEqual([5, 6])
  // Unacknowledged ones stay for ever.
  await dropOldOperations(device.storage, NOW + 900 * DAY_MS)
  expect(await seqsOf(device)).toEqual([5, 6])
})

test('[C5] keeps the newest operation, and what is retained still shows what it goes on from', async () => {
  const device = await createSold(3)
  const before = await loadRun(device.storage, 1, 10)
  await acknowledge(device, 4, NOW)
  await dropOldOperations(device.storage, NOW + 31 * DAY_MS)
  expect(await seqsOf(device)).toEqual([4])
  const { operations, previousChain } = await loadRun(device.storage, 1, 10)
  expect(verifyRun({ seq: 3, chain: previousChain }, operations)).toMatchObject({ ok: true })
  expect(previousChain).toBe(before.operations[2]!.chain)
  await commitSale(device, saleOf(9))
  const run = await loadRun(device.storage, 5, 10)
  expect(verifyRun({ seq: 4, chain: run.previousChain }, run.operations)).toMatchObject({ ok: true })
})

test('[C5] [L5] what another life of the server had acknowledged does not count', async () => {
  const device = await createSold(3)
  await acknowledge(device, 4, NOW)
  await device.storage.write(['meta'], 'strict', async (tx) => {
    const sync = await tx.get('meta', 'sync')
    const offered = { epoch: 'epoch-2', pushedSeq: 0, ackedSeq: 0 }
    tx.put('meta', [{ key: 'sync', value: { ...(sync!.value as object), ...offered } }])
  })
  await acknowledge(device, 4, NOW + 29 * DAY_MS, 'epoch-2')
  await dropOldOperations(device.storage, NOW + 31 * DAY_MS)
  expect(await seqsOf(device)).toEqual([1, 2, 3, 4])
})

test('marks are few: one a day, and of those that are old enough only the furthest', () => {
  let marks = markAcknowledged([], { epoch, ackedSeq: 1 }, NOW) ?? []
  for (let hour = 1; hour < 24 * 90; hour += 1)
    marks = markAcknowledged(marks, { epoch, ackedSeq: 1 + hour }, NOW + (hour * DAY_MS) / 24) ?? marks
  expect(marks.length).toBeLessThanOrEqual(32)
  expect(markAcknowledged([], { epoch, ackedSeq: 0 }, NOW)).toBeNull()
})

test('[C5] history gives way, own orders do not', async () => {
  const device = await createSold(2)
  await device.storage.write(['orders', 'packs', 'packDirectory'], 'strict', async (tx) => {
    const [own] = await tx.list('orders')
    const { seq: _, hash: __, ...row } = own!
    tx.put('orders', [{ ...row, orderId: 'theirs' }])
    tx.put('packs', [{ packId: 'p', generation: 1 } as PackRow])
    tx.put('packDirectory', [{ packId: 'p', generation: 1 } as PackDirectoryRow])
  })
  await dropHistory(device.storage)
  const left = await device.storage.read(['orders', 'packs', 'packDirectory'], async (tx) => [
    (await tx.list('orders')).map((row) => row.seq),
    await tx.list('packs'),
    await tx.list('packDirectory'),
  ])
  expect(left).toEqual([[2, 3], [], []])
})

test('[C5] [I7] a sale that this device refunded stays refunded until the server knows it, whatever gives way', async () => {
  const device = await createPulledDevice()
  const statuses = async () =>
    (await rowsOf(device, 'orders')).filter((row) => row.refundOf === undefined).map(({ status }) => status)
  await pull(device, { orders: [1, 2, 3].map((number) => orderCame(foreignOrder(number), 6)) })
  for (const number of [1, 2]) {
    const sale = (await rowsOf(device, 'orders')).find(
      ({ receiptNumber }) => receiptNumber === `9-${number}`,
    )!
    await commitRefund(device, { ...refundOf(60 + number, number), sale, refunds: [] })
  }
  await dropHistory(device.storage)
  // As the server has them, which has heard of neither refund.
  await pull(device, { orders: [1, 2, 3].map((number) => orderCame(foreignOrder(number), 7)) })
  expect(await statuses()).toEqual(['refunded', 'refunded', 'paid'])

  await pull(device, { ackedSeq: 2, orders: [orderCame(foreignOrder(1), 8, { isRefunded: true })] })
  await dropHistory(device.storage)
  expect(await statuses()).toEqual(['refunded'])
  await pull(device, { ackedSeq: 3, orders: [orderCame(foreignOrder(2), 9, { isRefunded: true })] })
  await dropHistory(device.storage)
  expect(await statuses()).toEqual([])
})

test('[C5] on a full disk everything gives way in its order, and the sale is tried after each', async () => {
  const device = await createSold(3)
  await acknowledge(device, 4, NOW)
  let tries = 0
  const storage = {
    ...device.storage,
    write: ((tables, durability, work) => {
      if (durability === 'strict') tries += 1
      if (durability === 'strict' && tries < 3)
        return Promise.reject(new DOMException('Full.', 'QuotaExceededError'))
      return device.storage.write(tables, durability, work)
    }) as Device['storage']['write'],
  }
  const late = saleOf(9, { occurredAt: NOW + 31 * DAY_MS })
  expect(await commitSale({ ...device, storage }, late)).toMatchObject({ ok: true })
  expect(device.given.toSorted()).toEqual(['ballast', 'pictures'])
  expect(await seqsOf(device)).toEqual([4, 5])
  const { operations, previousChain } = await loadRun(device.storage, 1, 10)
  expect(verifyRun({ seq: 3, chain: previousChain }, operations)).toMatchObject({ ok: true })
  // The control: a disk that stays full refuses the sale, and nothing of it is left.
  device.disk.setFull(true)
  const error: unknown = await commitSale(device, saleOf(10)).catch((reason: unknown) => reason)
  expect(isOutOfSpace(error)).toBe(true)
  expect(await seqsOf(device)).toEqual([4, 5])
})

test('[C5] room is made for a person who signs in, as for a sale', async () => {
  const device = await createSold(1)
  const room = { ...device.room, dropBallast: async () => device.disk.setFull(false) }
  const inflate = browserInflate
  const { changePinFailures, saveSession, loadSession } = storeOn({ ...device, room, inflate })
  device.disk.setFull(true)
  const tried = await changePinFailures('mia', NOW, () => ({
    after: { failures: 1, lastFailureAt: NOW },
    answer: 'counted',
  }))
  expect(tried).toBe('counted')
  device.disk.setFull(true)
  await saveSession({ staffId: 'mia', seenAt: NOW })
  expect(await loadSession()).toEqual({ staffId: 'mia', seenAt: NOW })
  // The control: where nothing is left to give way, neither is written.
  device.disk.setFull(true)
  const refused: unknown = await storeOn({ ...device, inflate })
    .saveSession({ staffId: 'ben', seenAt: NOW })
    .catch((reason: unknown) => reason)
  expect(isOutOfSpace(refused)).toBe(true)
  expect(await loadSession()).toEqual({ staffId: 'mia', seenAt: NOW })
})
