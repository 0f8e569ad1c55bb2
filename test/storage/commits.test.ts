import { describe, expect, test } from 'vitest'
import type { RecordKind } from '#domain/catalogue.ts'
import { paidOrderV1, shiftOpenedV1 } from '#protocol/paid-order.ts'
import {
  cashMovedV1,
  conflictSettledV1,
  orderParkedV1,
  orderVoidedV1,
  recordEditedV1,
  shiftClosedV1,
  stockCountedV1,
  stockMovedV1,
  taskDoneV1,
} from '#protocol/facts.ts'
import type { RecordEdit } from '#sync/edit.ts'
import { emptyJournal, verifyRun } from '#sync/journal.ts'
import type { Operation, OperationKind } from '#sync/operation.ts'
import { commitEdit, finishTask, settleConflict } from '../../src/storage/edits.ts'
import { parkOrder, voidOrder } from '../../src/storage/parking.ts'
import { commitRefund } from '../../src/storage/refund.ts'
import type { Device } from '../../src/storage/room.ts'
import type { OrderRow, RecordRow } from '../../src/storage/rows.ts'
import { commitSale } from '../../src/storage/sale.ts'
import { closeShift, moveCash } from '../../src/storage/shift.ts'
import { countStock, moveStock } from '../../src/storage/stock.ts'
import { failAtWrite } from './failing-storage.ts'
import {
  actAt,
  createMemoryDevice,
  idOf,
  installId,
  type MemoryDevice,
  openOrderOf,
  refundOf,
  saleOf,
  storeId,
} from './memory-device.ts'

const stockPlace = { movementId: idOf(1), storeId, productId: 'p', variantId: null }
const edit: RecordEdit = {
  kind: 'category',
  id: 'c1',
  action: 'change',
  baseV: 3,
  fields: { name: { base: 'Hot', value: 'Warm' } },
}

/** Every way to add to the journal, on a device that has sold order 1 and parked order 50. */
const commits: Record<string, { kind: OperationKind; run(device: Device): Promise<unknown> }> = {
  'a sale': { kind: 'order.paid', run: (device) => commitSale(device, saleOf(2)) },
  'a sale of a parked order': { kind: 'order.paid', run: (device) => commitSale(device, saleOf(50)) },
  'a refund': {
    kind: 'order.paid',
    run: async (device) =>
      commitRefund(device, {
        ...refundOf(3, 1),
        sale: (await device.storage.read(['orders'], (tx) => tx.get('orders', idOf(1)))) as OrderRow,
        refunds: [],
      }),
  },
  'parking an order': {
    kind: 'order.parked',
    run: (device) => parkOrder(device, actAt(1), openOrderOf(51)),
  },
  'voiding a parked order': {
    kind: 'order.voided',
    run: (device) => voidOrder(device, actAt(1), { orderId: idOf(50), reason: 'walked out', splitInto: [] }),
  },
  'closing a shift': { kind: 'shift.closed', run: (device) => closeShift(device, actAt(1), 300) },
  'moving cash': {
    kind: 'cash.moved',
    run: (device) =>
      moveCash(device, actAt(1), {
        cashMovementId: idOf(1),
        kind: 'paid-out',
        amountMinor: 100,
        reason: 'milk',
        newShift: { shiftId: idOf(2), opId: idOf(3) },
      }),
  },
  'counting stock': {
    kind: 'stock.counted',
    run: (device) => countStock(device, actAt(1), stockPlace, 12_000),
  },
  'moving stock': {
    kind: 'stock.moved',
    run: (device) =>
      moveStock(device, actAt(1), { ...stockPlace, quantityMilli: 5000, reason: 'received', note: null }),
  },
  'an edit': { kind: 'record.edited', run: (device) => commitEdit(device, actAt(1), edit) },
  'settling a conflict': {
    kind: 'conflict.settled',
    run: (device) => settleConflict(device, actAt(1), { conflictId: 'x:1', seen: null, keep: 'mine', edit }),
  },
  'finishing a task': { kind: 'task.done', run: (device) => finishTask(device, actAt(1), 't1') },
}

const schemas: Partial<Record<OperationKind, { parse(value: unknown): unknown }>> = {
  'order.paid': paidOrderV1,
  'shift.opened': shiftOpenedV1,
  'order.parked': orderParkedV1,
  'order.voided': orderVoidedV1,
  'shift.closed': shiftClosedV1,
  'cash.moved': cashMovedV1,
  'stock.counted': stockCountedV1,
  'stock.moved': stockMovedV1,
  'record.edited': recordEditedV1,
  'conflict.settled': conflictSettledV1,
  'task.done': taskDoneV1,
}

async function createSoldDevice(): Promise<MemoryDevice> {
  const device = await createMemoryDevice()
  await commitSale(device, saleOf(1))
  await parkOrder(device, actAt(0), openOrderOf(50))
  await device.storage.write(['records'], 'strict', async (tx) =>
    tx.put('records', [
      recordOf('category', 'c1', { categoryId: 'c1', name: 'Hot' }),
      recordOf('conflict', 'x:1', { conflictId: 'x:1', state: 'open', kept: null }),
      recordOf('task', 't1', { taskId: 't1', state: 'open' }),
    ]),
  )
  return device
}

function recordOf(kind: RecordKind, id: string, doc: object): RecordRow {
  return { kind, id, generation: 1, v: 3, doc } as RecordRow
}

function journalOf({ storage }: Device): Promise<Operation[]> {
  return storage.read(['journal'], (tx) => tx.list('journal'))
}

describe.each(Object.entries(commits))('%s', (_, { kind, run }) => {
  test('[C1] appends one operation, whose chain holds and whose payload the server can read', async () => {
    const device = await createSoldDevice()
    const before = await journalOf(device)
    await run(device)
    const journal = await journalOf(device)
    expect(journal.slice(0, before.length)).toEqual(before)
    expect(journal.slice(before.length).map((operation) => operation.kind)).toEqual([kind])
    expect(verifyRun(emptyJournal(installId), journal)).toMatchObject({ ok: true })
    const payload: unknown = JSON.parse(journal.at(-1)!.payload)
    expect(schemas[kind]!.parse(payload)).toEqual(payload)
  })

  test('[I5] leaves nothing behind when any of its writes fails', async () => {
    const control = await createSoldDevice()
    const watched = failAtWrite(control.storage, Infinity)
    await run({ ...control, storage: watched })
    const writes = watched.writes()
    expect(writes).toBeGreaterThan(1)
    for (let failAt = 1; failAt <= writes; failAt += 1) {
      const device = await createSoldDevice()
      const before = device.disk.image()
      await expect(run({ ...device, storage: failAtWrite(device.storage, failAt) })).rejects.toThrow()
      expect(device.disk.image()).toEqual(before)
      // The control: with nothing in its way it does change them.
      await run(device)
      expect(device.disk.image()).not.toEqual(before)
    }
  })
})

describe('a sale', () => {
  test('[C2] [I12] takes the next number, and opens a shift where none is', async () => {
    const device = await createMemoryDevice()
    const sold = [await commitSale(device, saleOf(1)), await commitSale(device, saleOf(2))]
    expect(sold).toMatchObject([
      { value: { seq: 2, order: { receiptNumber: '7-1' } } },
      { value: { seq: 3, order: { receiptNumber: '7-2' } } },
    ])
    expect((await journalOf(device)).map(({ kind }) => kind)).toEqual([
      'shift.opened',
      'order.paid',
      'order.paid',
    ])
  })

  test('[I2] paid twice is one order with one answer', async () => {
    const device = await createMemoryDevice()
    const [one, other] = await Promise.all([commitSale(device, saleOf(1)), commitSale(device, saleOf(1))])
    expect(one).toEqual(other)
    expect(await journalOf(device)).toHaveLength(2)
  })

  test('[R4] of an order that was paid elsewhere is refused, as far as it is known', async () => {
    const device = await createMemoryDevice()
    const { order } = saleOf(1)
    const row = {
      orderId: order.orderId,
      occurredAt: 1,
      receiptNumber: '9-1',
      status: 'paid',
      order,
    } as OrderRow
    await device.storage.write(['orders'], 'strict', async (tx) =>
      tx.put('orders', [{ ...row, generation: 1, v: 4 }]),
    )
    expect(await commitSale(device, saleOf(1))).toMatchObject({
      ok: false,
      failure: { code: 'sale/paid-elsewhere' },
    })
    expect(await journalOf(device)).toEqual([])
  })

  test('[R4] takes a parked order off the park list', async () => {
    const device = await createSoldDevice()
    const parked = () =>
      device.storage.read(['records'], (tx) => tx.get('records', ['parked-order', idOf(50)]))
    expect(await parked()).toMatchObject({ doc: { order: { parkedAs: 'Table 4' } } })
    await commitSale(device, saleOf(50))
    expect(await parked()).toBeUndefined()
  })
})

describe('a refund', () => {
  const orderRow = (device: Device, number: number) =>
    device.storage.read(['orders'], (tx) => tx.get('orders', idOf(number))) as Promise<OrderRow>
  const give = async (device: Device, number: number, quantityMilli: number) =>
    commitRefund(device, {
      ...refundOf(number, 1, quantityMilli),
      sale: await orderRow(device, 1),
      refunds: [],
    })

  test('[R1] of all that was sold marks the sale, one of a part does not', async () => {
    const device = await createSoldDevice()
    await give(device, 60, 400)
    expect(await orderRow(device, 1)).toMatchObject({ status: 'paid' })
    await give(device, 61, 600)
    expect(await orderRow(device, 1)).toMatchObject({ status: 'refunded', seq: 2 })
    expect(await orderRow(device, 61)).toMatchObject({ status: 'paid', refundOf: idOf(1) })
  })

  test('[R1] twice at once, in two tabs, gives the money back once', async () => {
    const device = await createSoldDevice()
    const both = await Promise.all([give(device, 60, 1000), give(device, 61, 1000)])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(both.find(({ ok }) => !ok)).toMatchObject({ failure: { code: 'refund/more-than-sold' } })
  })
})

describe('a shift', () => {
  const cashMove = (number: number, kind: 'paid-in' | 'paid-out' | 'cash-drop', amountMinor: number) => ({
    cashMovementId: idOf(number),
    kind,
    amountMinor,
    reason: '',
    newShift: { shiftId: idOf(70), opId: idOf(71) },
  })

  test('[I10] [R6] closes with the sums of its facts, numbered 1, 2, 3', async () => {
    const device = await createMemoryDevice()
    await commitSale(device, saleOf(1))
    await moveCash(device, actAt(1), cashMove(1, 'paid-in', 5000))
    await moveCash(device, actAt(2), cashMove(2, 'paid-out', 700))
    await moveCash(device, actAt(3), cashMove(3, 'cash-drop', 2000))
    expect(await closeShift(device, actAt(4), 2500)).toMatchObject({
      zNumber: 1,
      orderCount: 1,
      netMinor: 300,
      expectedCashMinor: 300 + 5000 - 700 - 2000,
      countedCashMinor: 2500,
    })
    expect(await closeShift(device, actAt(5), 0)).toBeNull()
    await commitSale(device, saleOf(2))
    expect(await closeShift(device, actAt(6), 300)).toMatchObject({ zNumber: 2, orderCount: 1 })
  })

  test('[R6] is opened by cash that is moved before the first sale', async () => {
    const device = await createMemoryDevice()
    await moveCash(device, actAt(1), cashMove(1, 'paid-in', 5000))
    const sold = await commitSale(device, saleOf(1))
    expect(sold).toMatchObject({ value: { order: { shiftId: idOf(70) } } })
    expect(await closeShift(device, actAt(2), 5300)).toMatchObject({ expectedCashMinor: 5300 })
  })
})

test('[R5] a count carries what its counter had seen', async () => {
  const device = await createSoldDevice()
  await countStock(device, actAt(1), stockPlace, 12_000)
  const seen = async () => JSON.parse((await journalOf(device)).at(-1)!.payload) as unknown
  // Before the first page of a load nothing of the server's is known.
  expect(await seen()).toMatchObject({ seenEpoch: '', seenCursor: 0, seenSeq: 3 })
  await device.storage.write(['meta'], 'strict', async (tx) => {
    const sync = await tx.get('meta', 'sync')
    tx.put('meta', [{ key: 'sync', value: { ...(sync!.value as object), cursor: 41, load: null } }])
  })
  await countStock(device, actAt(2), stockPlace, 11_000)
  expect(await seen()).toMatchObject({ seenEpoch: 'epoch-1', seenCursor: 41, seenSeq: 4 })
})
test('[R3] a conflict is settled and a task finished once', async () => {
  const device = await createSoldDevice()
  const choice = { conflictId: 'x:1', seen: null, keep: 'theirs', edit: null } as const
  const settle = () => settleConflict(device, actAt(1), choice)
  const finish = () => finishTask(device, actAt(2), 't1')
  expect([await settle(), await settle(), await finish(), await finish()]).toEqual([true, false, true, false])
  expect(await journalOf(device)).toHaveLength(5)
})
