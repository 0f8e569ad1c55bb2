import { describe, expect, test } from 'vitest'
import { commitEdit, finishTask } from '../../src/storage/edits.ts'
import { recordPush } from '../../src/storage/journal.ts'
import { parkOrder } from '../../src/storage/parking.ts'
import { commitSale } from '../../src/storage/sale.ts'
import { beginLoadAgain } from '../../src/storage/scope.ts'
import { applyLoadPage } from '../../src/storage/changes.ts'
import { actAt, epoch, idOf, type MemoryDevice, NOW, openOrderOf, saleOf } from './memory-device.ts'
import {
  categoryCame,
  createPulledDevice,
  editOf,
  loadPageOf,
  metaOf,
  pull,
  recordOf,
  rowsOf,
  send,
} from './pulled-device.ts'

const rename = editOf('c1', { name: { base: 'Hot', value: 'Warm' } })

async function renamed(): Promise<MemoryDevice> {
  const device = await createPulledDevice({ records: [categoryCame('c1', 5, 'Hot')] })
  await commitEdit(device, actAt(1), rename)
  return device
}

const categoryOf = (device: MemoryDevice) => recordOf(device, 'category', 'c1')

describe('own work over pulled records', () => {
  test('[L3] [I7] an edit shows at once, and goes on showing over a newer row of the server', async () => {
    const device = await renamed()
    expect(await categoryOf(device)).toMatchObject({
      v: 5,
      doc: { name: 'Warm' },
      pulled: { doc: { name: 'Hot' } },
    })
    await pull(device, { records: [categoryCame('c1', 6, 'Hot', 7)] })
    expect(await categoryOf(device)).toMatchObject({ v: 6, doc: { name: 'Warm', tint: 7 } })
    await pull(device, { records: [categoryCame('c1', 7, 'Theirs', 7)] })
    expect(await categoryOf(device)).toMatchObject({
      v: 7,
      doc: { name: 'Warm' },
      pulled: { doc: { name: 'Theirs' } },
    })
  })

  test('[I8] a page that covers the edit takes it off; one that covers all but it does not', async () => {
    const device = await renamed()
    await commitEdit(device, actAt(2), editOf('c1', { tint: { base: 1, value: 4 } }))
    await pull(device, { ackedSeq: 1, records: [categoryCame('c1', 6, 'Theirs')] })
    expect(await categoryOf(device)).toMatchObject({ doc: { name: 'Theirs', tint: 4 } })
    expect(await rowsOf(device, 'overlays')).toHaveLength(1)
    // What the server made of it came with an earlier page: it is enough that it says so.
    await pull(device, { ackedSeq: 2 })
    expect(await categoryOf(device)).toEqual({
      generation: 1,
      ...omitDeleted(categoryCame('c1', 6, 'Theirs')),
    })
    expect(await rowsOf(device, 'overlays')).toEqual([])
  })

  test('[L3] two edits of one field fold in the sequence of the journal', async () => {
    const device = await renamed()
    await commitEdit(device, actAt(2), editOf('c1', { name: { base: 'Warm', value: 'Cosy' } }))
    expect(await categoryOf(device)).toMatchObject({
      doc: { name: 'Cosy' },
      pulled: { doc: { name: 'Hot' } },
    })
    await pull(device, { records: [categoryCame('c1', 6, 'Hot', 3)] })
    expect(await categoryOf(device)).toMatchObject({ doc: { name: 'Cosy', tint: 3 } })
  })

  test('[L3] a record that only this device has lives, comes back from the server, and dies with its deletion', async () => {
    const device = await createPulledDevice()
    const doc = categoryCame('c2', 0, 'New').doc
    await commitEdit(device, actAt(1), editOf('c2', { '': { base: null, value: doc } }, 'create'))
    expect(await recordOf(device, 'category', 'c2')).toMatchObject({ v: 0, doc, pulled: { doc: null } })
    await pull(device, { ackedSeq: 1, records: [categoryCame('c2', 6, 'New')] })
    expect(await recordOf(device, 'category', 'c2')).toEqual({
      kind: 'category',
      id: 'c2',
      generation: 1,
      v: 6,
      doc,
    })

    await commitEdit(device, actAt(2), editOf('c2', { '': { base: doc, value: null } }, 'delete'))
    expect(await recordOf(device, 'category', 'c2')).toMatchObject({ v: 6, doc: null, pulled: { doc } })
    await pull(device, { ackedSeq: 2, records: [categoryCame('c2', 7, null)] })
    expect(await rowsOf(device, 'records')).toEqual([])
  })

  test('[R3] deleted at the server, a record is gone here too, own edits or not', async () => {
    const device = await renamed()
    await pull(device, { records: [categoryCame('c1', 6, null)] })
    expect(await rowsOf(device, 'records')).toEqual([])
    await pull(device, { ackedSeq: 1 })
    expect(await rowsOf(device, 'records')).toEqual([])
  })

  test('[L3] [R4] an order parked and paid here leaves no row before and after the server knows of it', async () => {
    const device = await createPulledDevice()
    await parkOrder(device, actAt(1), openOrderOf(50))
    expect(await recordOf(device, 'parked-order', idOf(50))).toMatchObject({
      v: 0,
      doc: { order: { orderId: idOf(50) } },
    })
    await commitSale(device, saleOf(50))
    expect(await rowsOf(device, 'records')).toEqual([])
    // Another device parked it once more meanwhile: it stays hidden until the server has our payment.
    const parked = {
      kind: 'parked-order',
      id: idOf(50),
      v: 6,
      isDeleted: false,
      doc: { storeId: 's' },
    } as const
    await pull(device, { records: [parked] })
    expect(await recordOf(device, 'parked-order', idOf(50))).toMatchObject({ v: 6, doc: null })
    const { seq } = await metaOf(device, 'journal')
    await pull(device, { ackedSeq: seq, records: [{ ...parked, v: 7, isDeleted: true, doc: null }] })
    expect([...(await rowsOf(device, 'records')), ...(await rowsOf(device, 'overlays'))]).toEqual([])
  })

  test('[P4] a task done here shows so until the server says the same', async () => {
    const task = {
      kind: 'task',
      id: 't',
      v: 4,
      isDeleted: false,
      doc: { taskId: 't', state: 'open' },
    } as const
    const device = await createPulledDevice({ records: [task] })
    await finishTask(device, actAt(1), 't')
    expect(await recordOf(device, 'task', 't')).toMatchObject({
      doc: { state: 'done' },
      pulled: { doc: { state: 'open' } },
    })
  })
})

describe('own work over a load', () => {
  const seen = async (device: MemoryDevice) => metaOf(device, 'sync')

  test('[L5] a new life of the server gets all that this device ever wrote laid over it, acknowledged or not', async () => {
    const device = await renamed()
    await recordPush(
      device.storage,
      { epoch, fromSeq: 1, toSeq: 1 },
      { status: 'accepted', ackedSeq: 1 },
      NOW,
    )
    await pull(device, { ackedSeq: 1, records: [categoryCame('c1', 6, 'Warm')] })
    const again = { epoch: 'epoch-2', reason: 'epoch-changed', scope: null } as const
    expect(await beginLoadAgain(device.storage, await seen(device), again, NOW)).toBe(true)

    const old = [categoryCame('c1', 2, 'Hot')]
    await applyLoadPage(
      device.storage,
      null,
      loadPageOf({ epoch: 'epoch-2', startVersion: 2, records: old }),
      NOW,
    )
    expect(await categoryOf(device)).toMatchObject({ v: 2, generation: 2, doc: { name: 'Warm' } })
    await pull(device, { epoch: 'epoch-2', ackedSeq: 1, records: [categoryCame('c1', 3, 'Warm')] })
    expect(await rowsOf(device, 'overlays')).toEqual([])
  })

  test('[L6] a server that has only forgotten tombstones gets nothing laid over it that it holds', async () => {
    const device = await renamed()
    await pull(device, { ackedSeq: 1, records: [categoryCame('c1', 6, 'Theirs')] })
    const again = { epoch, reason: 'cursor-too-old', scope: null } as const
    await beginLoadAgain(device.storage, await seen(device), again, NOW)
    expect(await rowsOf(device, 'overlays')).toEqual([])
    expect(await categoryOf(device)).toMatchObject({ doc: { name: 'Theirs' } })
  })

  test('[I8] an edit goes when the load ends that covers it, not with a page before', async () => {
    const device = await renamed()
    const again = { epoch, reason: 'digest-differs', scope: null } as const
    await beginLoadAgain(device.storage, await seen(device), again, NOW)
    await send(device, 1)
    const first = loadPageOf({ startVersion: 9, after: 'k', ackedSeq: 1 })
    await applyLoadPage(device.storage, null, first, NOW)
    // The record itself has not come yet: without the edit its old value would show again.
    expect(await categoryOf(device)).toMatchObject({ doc: { name: 'Warm' } })
    const last = loadPageOf({ startVersion: 9, ackedSeq: 1, records: [categoryCame('c1', 9, 'Warm')] })
    await applyLoadPage(device.storage, 'k', last, NOW)
    expect(await categoryOf(device)).toMatchObject({ v: 9, doc: { name: 'Warm' } })
    expect(await rowsOf(device, 'overlays')).toEqual([])
  })
})

function omitDeleted({ isDeleted: _, ...row }: ReturnType<typeof categoryCame>) {
  return row
}
