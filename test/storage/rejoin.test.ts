import { expect, test } from 'vitest'
import { canonicalJson } from '#sync/canonical-json.ts'
import { emptyJournal, verifyRun } from '#sync/journal.ts'
import type { Operation } from '#sync/operation.ts'
import { commitEdit } from '../../src/storage/edits.ts'
import { keepIdentity, loadIdentity } from '../../src/storage/enrolment.ts'
import { dropHistory } from '../../src/storage/give-way.ts'
import { loadRun, loadUnsent, recordPush } from '../../src/storage/journal.ts'
import { loadMeta, saveMeta } from '../../src/storage/meta.ts'
import { listOwnOrdersAbove } from '../../src/storage/orders.ts'
import { commitRefund } from '../../src/storage/refund.ts'
import { rejoin } from '../../src/storage/rejoin.ts'
import type { Device } from '../../src/storage/room.ts'
import type { Tables, TableName } from '../../src/storage/tables.ts'
import { commitSale } from '../../src/storage/sale.ts'
import { beginLoadAgain } from '../../src/storage/scope.ts'
import { failAtWrite } from './failing-storage.ts'
import { actAt, createMemoryDevice, epoch, idOf, installId, NOW, refundOf, saleOf } from './memory-device.ts'

const newInstallId = idOf(777)
const pair = {} as CryptoKeyPair
const rejoined = { newInstallId, receiptSeries: 8 }

/** Sold 1, 2 and 3 as operations 2 … 4 and renamed a category; the server holds up to `ackedSeq`, and another 3 where it forks. */
async function createForked(ackedSeq: number, forkAtSeq: number | null) {
  const device = await createMemoryDevice()
  for (const number of [1, 2, 3]) await commitSale(device, saleOf(number))
  await device.storage.write(['records'], 'strict', async (tx) =>
    tx.put('records', [
      { kind: 'category', id: 'c', generation: 1, v: 2, doc: { name: 'Hot' } } as Tables['records'],
    ]),
  )
  const fields = { name: { base: 'Hot', value: 'Warm' } }
  await commitEdit(device, actAt(1), { kind: 'category', id: 'c', action: 'change', baseV: 2, fields })
  await keepIdentity(device.storage, { installId, pair })
  await keepIdentity(device.storage, { installId: newInstallId, pair }, 'rejoining')
  await recordPush(
    device.storage,
    { epoch, fromSeq: 1, toSeq: ackedSeq },
    { status: 'accepted', ackedSeq },
    NOW,
  )
  if (forkAtSeq !== null)
    await recordPush(
      device.storage,
      { epoch, fromSeq: ackedSeq + 1, toSeq: 5 },
      { status: 'fork', atSeq: forkAtSeq },
      NOW,
    )
  return device
}

const all = <Name extends TableName>({ storage }: Device, table: Name): Promise<Tables[Name][]> =>
  storage.read([table], (tx) => tx.list(table))

const contentOf = ({ opId, kind, kindVersion, actorId, occurredAt, payload }: Operation) => ({
  opId,
  kind,
  kindVersion,
  actorId,
  occurredAt,
  payload,
})

test('[P2] what the server does not hold begins a new journal under the same ids and bytes; the old one stays as it was', async () => {
  const device = await createForked(2, 3)
  const before = await all(device, 'journal')
  expect(await rejoin(device, rejoined, NOW)).toBe(true)

  const journal = await all(device, 'journal')
  expect(journal.map(contentOf)).toEqual(before.slice(2).map(contentOf))
  expect(verifyRun(emptyJournal(newInstallId), journal)).toMatchObject({ ok: true, head: { seq: 3 } })
  // [C3]
  expect(await all(device, 'pastOperations')).toEqual(before)
  expect((await loadRun(device.storage, 1, 10)).previousChain).toBe(emptyJournal(newInstallId).chain)
})

test('[P2] what stands before a fork is at the server, also where its acknowledgement was lost', async () => {
  const device = await createForked(2, 5)
  await rejoin(device, rejoined, NOW)
  expect((await all(device, 'journal')).map(({ kind }) => kind)).toEqual(['record.edited'])
})

test('[L5] [P2] a server that was put back is offered what it had acknowledged under the earlier name, once', async () => {
  const device = await createForked(4, null)
  await rejoin(device, rejoined, NOW)
  const past = await all(device, 'pastOperations')
  expect((await all(device, 'journal')).map(({ kind }) => kind)).toEqual(['record.edited'])

  const goBack = async () => {
    const sync = (await device.storage.read(['meta'], (tx) => loadMeta(tx, 'sync')))!
    const lost = { epoch, reason: 'lost', scope: null } as const
    await device.storage.write(['meta'], 'strict', async (tx) =>
      saveMeta(tx, 'sync', { ...sync, load: null }),
    )
    expect(await beginLoadAgain(device.storage, { ...sync, load: null } as never, lost, NOW)).toBe(true)
  }
  await goBack()
  const journal = await all(device, 'journal')
  expect(journal.map(({ opId }) => opId).toSorted()).toEqual(past.map(({ opId }) => opId).toSorted())
  expect(verifyRun(emptyJournal(newInstallId), journal)).toMatchObject({ ok: true })
  const own = await listOwnOrdersAbove(device.storage, 0)
  expect(own.map(({ seq }) => journal.find((each) => each.seq === seq)?.kind)).toEqual(
    own.map(() => 'order.paid'),
  )
  expect(own).toHaveLength(3)

  await goBack()
  expect(await all(device, 'journal')).toEqual(journal)
})

test('[L5] [C5] [I5] an order that gave way as the server held it is there again when its operation is offered again', async () => {
  const device = await createForked(5, null)
  await rejoin(device, rejoined, NOW)
  await dropHistory(device.storage)
  expect(await all(device, 'orders')).toEqual([])
  const sync = (await device.storage.read(['meta'], (tx) => loadMeta(tx, 'sync')))!
  await device.storage.write(['meta'], 'strict', async (tx) => saveMeta(tx, 'sync', { ...sync, load: null }))
  const lost = { epoch, reason: 'lost', scope: null } as const
  expect(await beginLoadAgain(device.storage, { ...sync, load: null } as never, lost, NOW)).toBe(true)
  const paid = (await all(device, 'journal')).filter(({ kind }) => kind === 'order.paid')
  expect(paid).toHaveLength(3)
  const rows = (await all(device, 'orders')).toSorted((one, other) => one.seq! - other.seq!)
  expect(rows.map(({ seq, hash, order }) => ({ seq, hash, payload: canonicalJson(order) }))).toEqual(
    paid.map(({ seq, hash, payload }) => ({ seq, hash, payload })),
  )
})

test('[L5] [R4] [I5] an order that another device paid too is offered again as it was paid here', async () => {
  const device = await createForked(5, null)
  await rejoin(device, rejoined, NOW)
  const [row] = await all(device, 'orders')
  const theirs = { ...row!.order!, receiptNumber: '9-1', businessDay: '2025-11-20' }
  // As a page brings it once it is no own order any more.
  await device.storage.write(['orders'], 'strict', async (tx) =>
    tx.put('orders', [{ ...row!, receiptNumber: '9-1', order: theirs, generation: 1, v: 7 }]),
  )
  const sync = (await device.storage.read(['meta'], (tx) => loadMeta(tx, 'sync')))!
  await device.storage.write(['meta'], 'strict', async (tx) => saveMeta(tx, 'sync', { ...sync, load: null }))
  const lost = { epoch, reason: 'lost', scope: null } as const
  await beginLoadAgain(device.storage, { ...sync, load: null } as never, lost, NOW)
  const again = (await all(device, 'orders')).find(({ orderId }) => orderId === row!.orderId)!
  const operation = (await all(device, 'journal')).find(({ seq }) => seq === again.seq)!
  expect(canonicalJson(again.order)).toBe(operation.payload)
  expect(again).toMatchObject({ receiptNumber: row!.receiptNumber, v: 7, serverDay: '2025-11-20' })
})

test('[L5] [C5] [I7] a sale that gave way refunded is there again refunded', async () => {
  const device = await createForked(5, null)
  const sale = (await all(device, 'orders')).find(({ orderId }) => orderId === idOf(1))!
  await commitRefund(device, { ...refundOf(60, 1), sale, refunds: [] })
  const sent = { epoch, fromSeq: 6, toSeq: 6 }
  await recordPush(device.storage, sent, { status: 'accepted', ackedSeq: 6 }, NOW)
  await rejoin(device, rejoined, NOW)
  await dropHistory(device.storage)
  const sync = (await device.storage.read(['meta'], (tx) => loadMeta(tx, 'sync')))!
  await device.storage.write(['meta'], 'strict', async (tx) => saveMeta(tx, 'sync', { ...sync, load: null }))
  const lost = { epoch, reason: 'lost', scope: null } as const
  await beginLoadAgain(device.storage, { ...sync, load: null } as never, lost, NOW)
  const rows = (await all(device, 'orders')).toSorted((one, other) => one.seq! - other.seq!)
  expect(rows.map(({ orderId, status }) => [orderId, status])).toEqual([
    [idOf(1), 'refunded'],
    [idOf(2), 'paid'],
    [idOf(3), 'paid'],
    [idOf(60), 'paid'],
  ])
})

test('[P2] from a fork below what was acknowledged on, all of it goes again', async () => {
  const device = await createForked(4, 2)
  await rejoin(device, rejoined, NOW)
  expect((await all(device, 'journal')).map(({ kind }) => kind)).toEqual([
    'order.paid',
    'order.paid',
    'order.paid',
    'record.edited',
  ])
})

test('[P2] yesterday’s disk, of which the server holds everything, begins an empty journal', async () => {
  const device = await createForked(5, null)
  await rejoin(device, rejoined, NOW)
  expect(await all(device, 'journal')).toEqual([])
  expect(await loadUnsent(device.storage)).toMatchObject({ operations: 0, journalSeq: 0 })
})

test('[P2] [C2] [R6] the next sale has the new series, a new shift, and goes on the new chain', async () => {
  const device = await createForked(2, 3)
  await rejoin(device, rejoined, NOW)
  const sold = await commitSale(device, saleOf(9))
  expect(sold).toMatchObject({ value: { seq: 5, order: { receiptNumber: '8-1', shiftId: idOf(200_009) } } })
  const journal = await all(device, 'journal')
  expect(verifyRun(emptyJournal(newInstallId), journal)).toMatchObject({ ok: true, head: { seq: 5 } })
  expect(journal.every((operation) => operation.installId === newInstallId)).toBe(true)
  expect(await loadIdentity(device.storage)).toEqual({ installId: newInstallId, pair })
  expect(await loadIdentity(device.storage, 'rejoining')).toBeNull()
  expect(await device.storage.read(['meta'], (tx) => loadMeta(tx, 'install'))).toMatchObject({
    installId: newInstallId,
  })
})

test('[I7] [L3] own orders and edits stay in sight, each in its new place', async () => {
  const device = await createForked(2, 3)
  await rejoin(device, rejoined, NOW)
  const journal = await all(device, 'journal')
  const orders = new Map((await all(device, 'orders')).map((row) => [row.orderId, row]))
  expect(orders.size).toBe(3)
  // Held by the server: as if it came from there.
  expect(orders.get(idOf(1))).not.toHaveProperty('seq')
  expect(orders.get(idOf(1))).not.toHaveProperty('hash')
  expect(orders.get(idOf(2))).toMatchObject({ seq: 1, hash: journal[0]!.hash })
  expect(orders.get(idOf(3))).toMatchObject({ seq: 2, hash: journal[1]!.hash })
  expect((await listOwnOrdersAbove(device.storage, 0)).map(({ seq }) => seq)).toEqual([1, 2])
  expect(await loadUnsent(device.storage)).toMatchObject({ count: 2, operations: 3 })
  expect(await all(device, 'records')).toMatchObject([
    { doc: { name: 'Warm' }, pulled: { doc: { name: 'Hot' } } },
  ])
  const edits = (await all(device, 'overlays')).filter(({ kind }) => kind === 'category')
  expect(edits).toMatchObject([{ seq: 3, part: 0 }])
})

test('[P2] [C4] two tabs at once rejoin once', async () => {
  const device = await createForked(2, 3)
  const outcomes = await Promise.all([rejoin(device, rejoined, NOW), rejoin(device, rejoined, NOW)])
  expect(outcomes).toEqual([true, false])
  expect(await all(device, 'pastOperations')).toHaveLength(5)
})

test('[P2] [I5] leaves nothing behind when any of its writes fails', async () => {
  const control = await createForked(2, 3)
  const watched = failAtWrite(control.storage, Infinity)
  await rejoin({ ...control, storage: watched }, rejoined, NOW)
  for (let failAt = 1; failAt <= watched.writes(); failAt += 1) {
    const device = await createForked(2, 3)
    const before = device.disk.image()
    await expect(
      rejoin({ ...device, storage: failAtWrite(device.storage, failAt) }, rejoined, NOW),
    ).rejects.toThrow()
    expect(device.disk.image()).toEqual(before)
  }
})
