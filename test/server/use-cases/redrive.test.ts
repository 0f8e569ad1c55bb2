import { beforeEach, describe, expect, test } from 'vitest'
import type { IngestParts } from '../../../server/use-cases/accept-operations.ts'
import type { Effects, IngestStore } from '../../../server/use-cases/ports.ts'
import { redrive } from '../../../server/use-cases/redrive.ts'
import { staffIds } from '../../simulation/shop.ts'
import { aSale, type MemoryDevice, type MemoryShop, openMemoryShop } from './memory-shop.ts'

let shop: MemoryShop
let device: MemoryDevice

beforeEach(async () => {
  shop = await openMemoryShop()
  device = await shop.enrol(0)
})

/** The store of an older release, whose tables could not hold some of what is sent. */
function olderParts(parts: IngestParts, cannotHold: (effects: Effects) => boolean): IngestParts {
  const store: IngestStore = {
    ...parts.store,
    inIngest: (install, work) =>
      parts.store.inIngest(install, (tx) =>
        work({
          ...tx,
          accept: async (batch, effects) => !cannotHold(effects) && tx.accept(batch, effects),
        }),
      ),
  }
  return { ...parts, store }
}

const tryAgain = (): Promise<number> =>
  redrive(shop.parts, (error) => {
    throw error
  })
const statuses = () =>
  shop.database.view
    .list('operations')
    .toSorted(([, one], [, other]) => one.operation.seq - other.operation.seq)
    .map(([, { result }]) => result.status)

describe('[P4] what the tables can’t hold', () => {
  test('is parked alone, wherever it stands, and everything around it counts', async () => {
    const sales = Array.from({ length: 9 }, () => aSale(shop, device))
    for (const sale of sales) device.append('order.paid', sale)
    const bad = new Set([sales[0]!, sales[4]!, sales[8]!].map(({ orderId }) => orderId))
    const parts = olderParts(shop.parts, ({ orders }) => orders.some(({ order }) => bad.has(order.orderId)))
    const answer = await device.push(1, 9, parts)
    expect(answer).toMatchObject({ status: 'accepted', ackedSeq: 9 })
    expect(statuses()).toEqual(sales.map(({ orderId }) => (bad.has(orderId) ? 'parked' : 'applied')))
    expect(shop.records('task').map(({ reason, seq }) => [reason, seq])).toEqual([
      ['parked-operation', 1],
      ['parked-operation', 5],
      ['parked-operation', 9],
    ])
    expect(await device.push(1, 9)).toEqual(answer)
  })

  test('is an error, and nothing is stored, where it can’t even be parked', async () => {
    device.append('order.paid', aSale(shop, device))
    await expect(
      device.push(
        1,
        1,
        olderParts(shop.parts, () => true),
      ),
    ).rejects.toThrow('even be parked')
    expect(statuses()).toEqual([])
  })
})

test('[P4] what can’t be judged is reported and parked alone; without anyone to tell it is thrown', async () => {
  device.append('order.paid', aSale(shop, device))
  device.append('order.paid', aSale(shop, device, { productIndex: 1 }))
  // A document that no release writes.
  await shop.breakProduct(1)
  await expect(device.push(1, 2)).rejects.toThrow(TypeError)
  const errors: unknown[] = []
  const parts = { ...shop.parts, onError: (error: unknown) => void errors.push(error) }
  await device.push(1, 2, parts)
  expect(statuses()).toEqual(['applied', 'parked'])
  expect(errors.length).toBeGreaterThan(0)
})

describe('after an upgrade', () => {
  test('[P4] what was parked is applied once, with its flags, and its task is done', async () => {
    const sale = aSale(shop, device, { staffId: 'dismissed' })
    device.append('order.paid', sale)
    device.append('order.paid', aSale(shop, device))
    await device.push(
      1,
      2,
      olderParts(shop.parts, ({ orders }) => orders.some(({ order }) => order.orderId === sale.orderId)),
    )
    const { opId } = device.journal[0]!
    const before = shop.database.view.list('payments').length

    expect(await tryAgain()).toBe(1)
    expect(statuses()).toEqual(['applied', 'applied'])
    expect(shop.database.view.get('orders', sale.orderId)).toMatchObject({ seq: 1, status: 'paid' })
    expect(shop.database.view.list('payments')).toHaveLength(before + 1)
    expect(shop.record('task', `parked-operation/${opId}`)?.doc).toMatchObject({
      state: 'done',
      doneBy: null,
    })
    expect(shop.record('task', `dismissed-staff/${opId}`)?.doc?.state).toBe('open')
    expect(await device.push(1, 1)).toMatchObject({
      results: [{ seq: 1, status: 'applied', flags: ['dismissed-staff'] }],
    })

    const state = shop.state()
    expect(await tryAgain()).toBe(0)
    expect(shop.state()).toEqual(state)
  })

  test('[P4] what still can’t be read waits on, whatever else is tried', async () => {
    device.append('moon.landed', {})
    const sale = aSale(shop, device)
    device.append('order.paid', sale)
    await device.push(
      1,
      2,
      olderParts(shop.parts, ({ orders }) => orders.length > 0),
    )
    expect(statuses()).toEqual(['parked', 'parked'])
    expect(await tryAgain()).toBe(1)
    expect(statuses()).toEqual(['parked', 'applied'])
  })

  test('[R3] an edit meets the record as it is by then', async () => {
    const edit = (base: string, value: string) =>
      ({ kind: 'business', id: 'b', action: 'change', baseV: 1, fields: { name: { base, value } } }) as const
    const doc = { name: 'Old', locale: 'en' }
    const create = { kind: 'business', id: 'b', action: 'create', baseV: 0 } as const
    device.edit({ ...create, fields: { '': { base: null, value: doc } } }, staffIds[0]!)
    device.edit(edit('Old', 'Mine'), staffIds[0]!)
    const parts = olderParts(shop.parts, ({ records }) =>
      records.some(({ kind, doc: written }) => kind === 'business' && written?.name === 'Mine'),
    )
    await device.push(1, 2, parts)
    const other = await shop.enrol(1)
    other.edit(edit('Old', 'Theirs'), staffIds[0]!)
    await other.send()
    expect(await tryAgain()).toBe(1)
    expect(shop.record('business', 'b')?.doc?.name).toBe('Mine')
    expect(shop.records('conflict')).toMatchObject([{ mine: 'Mine', theirs: 'Theirs', base: 'Old' }])
  })

  test('[P4] one that fails with an error is reported, and the others go on', async () => {
    device.append('order.paid', aSale(shop, device))
    device.append('order.paid', aSale(shop, device))
    await device.push(
      1,
      2,
      olderParts(shop.parts, ({ orders }) => orders.length > 0),
    )
    const errors: unknown[] = []
    const store: IngestStore = {
      ...shop.parts.store,
      inRedrive: (parked, work) => {
        if (parked.seq === 1) throw new Error('no connection')
        return shop.parts.store.inRedrive(parked, work)
      },
    }
    expect(await redrive({ ...shop.parts, store }, (error) => void errors.push(error))).toBe(1)
    expect([statuses(), errors.length]).toEqual([['parked', 'applied'], 1])
  })
})
