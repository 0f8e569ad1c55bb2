import { describe, expect, test } from 'vitest'
import type { Conflict, Task } from '#domain/catalogue.ts'
import { countOpenInbox } from '../../src/worker/open-inbox.ts'
import { createInbox } from '../../src/worker/inbox.ts'
import { NOW } from '../storage/memory-device.ts'
import { createEditingDevice, flatWhite, personOf, place } from './office-device.ts'

const priceConflict: Conflict = {
  conflictId: 'op:1',
  recordKind: 'product',
  recordId: 'p1',
  recordName: 'Flat white',
  field: 'variants.large.priceMinor',
  base: 400,
  mine: 480,
  theirs: 450,
  mineBy: { actorId: 's1', installId: 'i1', at: NOW },
  theirsBy: { actorId: null, installId: 'i2', at: NOW },
  outcome: 'refused',
  reason: 'unseen-value',
  raisedAt: NOW,
  state: 'open',
  settledBy: null,
  kept: null,
}

const task: Task = {
  taskId: 'negative-stock/s/p1/',
  reason: 'negative-stock',
  storeId: place.storeId,
  registerId: null,
  installId: null,
  seq: null,
  orderId: null,
  receiptNumber: null,
  productId: 'p1',
  raisedAt: NOW,
  state: 'open',
  doneBy: null,
}

async function createInboxDevice(role: Parameters<typeof createEditingDevice>[0] = 'manager') {
  const device = await createEditingDevice(role)
  await device.pullRecords(
    ['product', 'p1', flatWhite],
    ['store', place.storeId, place],
    ['staff', 's1', personOf('s1', 'lead', 'Lea')],
    ['category', 'c1', { categoryId: 'c1', name: 'Coffee', tint: 1, icon: 'coffee', position: 1 }],
    ['conflict', 'op:1', priceConflict],
    ['task', task.taskId, task],
  )
  return { ...device, inbox: createInbox(device.dependencies) }
}

describe('conflicts', () => {
  test('[R3] say what met what, in words a person knows', async () => {
    const { inbox } = await createInboxDevice()
    expect(await inbox.conflicts()).toMatchObject([
      {
        fieldName: 'Price of Flat white, Large',
        valueLook: 'money',
        currency: { code: 'EUR', exponent: 2 },
        mineByName: 'Lea',
        theirsByName: 'the office',
        canSettle: true,
        base: 400,
        mine: 480,
        theirs: 450,
      },
    ])
  })

  test('[R3] names stand in place of ids, and no secret is shown', async () => {
    const { inbox, pullRecords } = await createInboxDevice()
    const pin = { salt: 's', iterations: 1, hash: 'h' }
    await pullRecords(
      [
        'conflict',
        'op:2',
        { ...priceConflict, conflictId: 'op:2', field: 'categoryId', mine: 'c1', theirs: null },
      ],
      [
        'conflict',
        'op:3',
        {
          ...priceConflict,
          conflictId: 'op:3',
          recordKind: 'staff',
          recordId: 's1',
          field: 'pin',
          mine: pin,
        },
      ],
    )
    const cards = new Map((await inbox.conflicts()).map((card) => [card.conflictId, card]))
    expect(cards.get('op:2')).toMatchObject({
      fieldName: 'Category of Flat white',
      mine: 'Coffee',
      theirs: null,
    })
    expect(cards.get('op:3')).toMatchObject({ mine: '••••' })
  })

  test('[R3] one tap puts the other value back, as an edit of what stands there now', async () => {
    const device = await createInboxDevice()
    expect(await device.inbox.settleConflict('op:1', 'mine')).toEqual({ ok: true, value: null })
    expect(await device.lastOperation()).toMatchObject({
      kind: 'conflict.settled',
      payload: {
        conflictId: 'op:1',
        seen: null,
        keep: 'mine',
        edit: { kind: 'product', fields: { 'variants.large.priceMinor': { base: 450, value: 480 } } },
      },
    })
    expect((await device.catalogue.find('product', 'p1'))!.variants[1]).toMatchObject({ priceMinor: 480 })
    expect(await device.inbox.conflicts()).toMatchObject([{ state: 'settled', kept: 'mine' }])
    // Another tap turns it around.
    expect(await device.inbox.settleConflict('op:1', 'theirs')).toEqual({ ok: true, value: null })
    expect(await device.lastOperation()).toMatchObject({
      payload: {
        seen: 'mine',
        keep: 'theirs',
        edit: { fields: { 'variants.large.priceMinor': { base: 480, value: 450 } } },
      },
    })
    expect((await device.catalogue.find('product', 'p1'))!.variants[1]).toMatchObject({ priceMinor: 450 })
  })

  test('are settled by those only who may make the edit', async () => {
    const device = await createInboxDevice('cashier')
    expect(await device.inbox.conflicts()).toMatchObject([{ canSettle: false }])
    expect(await device.inbox.settleConflict('op:1', 'mine')).toMatchObject({
      failure: { code: 'inbox/not-permitted' },
    })
    expect((await device.store.loadUnsent()).journalSeq).toBe(0)
  })
})

describe('tasks', () => {
  test('[P4] name what they are about, and are done once', async () => {
    const device = await createInboxDevice('lead')
    expect(await device.inbox.tasks()).toMatchObject([
      { reason: 'negative-stock', productName: 'Flat white', storeName: 'Corner', registerName: null },
    ])
    expect(await device.inbox.finishTask(task.taskId)).toEqual({ ok: true, value: null })
    expect(await device.lastOperation()).toMatchObject({
      kind: 'task.done',
      payload: { taskId: task.taskId },
    })
    expect(await device.inbox.tasks()).toMatchObject([{ state: 'done' }])
    expect(await device.inbox.finishTask(task.taskId)).toMatchObject({ failure: { code: 'inbox/settled' } })
  })

  test('count for those who may settle them', async () => {
    const { catalogue } = await createInboxDevice()
    const counts = await Promise.all(
      ([null, 'cashier', 'lead', 'manager'] as const).map((role) => countOpenInbox(catalogue, role)),
    )
    expect(counts).toEqual([0, 0, 1, 2])
  })
})
