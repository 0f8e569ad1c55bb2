import * as fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Conflict, Customer, Product } from '#domain/catalogue.ts'
import { diffRecord } from '#sync/diff-record.ts'
import { applyEdit } from '#sync/merge-edit.ts'
import type { RecordEdit } from '#sync/edit.ts'
import { customerIds, productIds, staffIds } from '../../simulation/shop.ts'
import { type MemoryDevice, type MemoryShop, NOW, openMemoryShop, productOf } from './memory-shop.ts'

const [owner, manager, , cashier] = staffIds as [string, string, string, string]
const productId = productIds[0]!
let shop: MemoryShop
let one: MemoryDevice
let two: MemoryDevice
let before: Product

beforeEach(async () => {
  shop = await openMemoryShop()
  one = await shop.enrol(0)
  two = await shop.enrol(1)
  before = productOf(shop.database, productId)
})

function change(from: Product, after: Partial<Product>): RecordEdit {
  const fields = diffRecord('product', from, { ...from, ...after })
  return { kind: 'product', id: productId, action: 'change', baseV: 1, fields }
}

const priced = (product: Product, priceMinor: number): Product => ({
  ...product,
  variants: [{ ...product.variants[0]!, priceMinor }],
})

describe('an edit', () => {
  test('[R2] of fields that nobody else touched merges, and conflicts with nothing', async () => {
    one.edit(change(before, { name: 'Flat white' }), owner)
    two.edit(change(before, { isActive: false }), owner)
    await one.send()
    await two.send()
    expect(productOf(shop.database, productId)).toEqual({ ...before, name: 'Flat white', isActive: false })
    expect(shop.records('conflict')).toEqual([])
  })

  test('[R3] of a name that was changed meanwhile holds, and the one before it is kept in a conflict', async () => {
    one.edit(change(before, { name: 'Flat white' }), owner)
    await one.send()
    const { opId } = two.edit(change(before, { name: 'Cortado' }), manager)
    expect(await two.send()).toEqual([[]])
    expect(productOf(shop.database, productId).name).toBe('Cortado')
    expect(shop.record('conflict', `${opId}:1`)).toMatchObject({
      storeId: null,
      doc: {
        ...{ recordKind: 'product', recordId: productId, field: 'name', outcome: 'overwritten' },
        ...{ base: before.name, mine: 'Cortado', theirs: 'Flat white', raisedAt: NOW, state: 'open' },
        mineBy: { actorId: manager, installId: two.installId },
        theirsBy: { actorId: owner, installId: one.installId },
      },
    })
  })

  test('[R2] of a price that was changed meanwhile is refused until a person decides', async () => {
    one.edit(change(before, priced(before, 300)), owner)
    await one.send()
    two.edit(change(before, priced(before, 310)), owner)
    await two.send()
    expect(productOf(shop.database, productId).variants[0]!.priceMinor).toBe(300)
    expect(shop.records('conflict')).toMatchObject([{ outcome: 'refused', mine: 310, theirs: 300 }])
  })

  test.each([1, 500])('[R2] sees the own edits before it, sent %i at a time', async (perBatch) => {
    one.edit(change(before, priced(before, 300)), owner)
    one.edit(change(priced(before, 300), priced(before, 320)), owner)
    await one.send(perBatch)
    expect(productOf(shop.database, productId).variants[0]!.priceMinor).toBe(320)
    expect(shop.records('conflict')).toEqual([])
  })

  test('[R3] of a record that was deleted meanwhile is kept as a conflict: deleting wins', async () => {
    one.edit(
      {
        kind: 'product',
        id: productId,
        action: 'delete',
        baseV: 1,
        fields: { '': { base: before, value: null } },
      },
      owner,
    )
    await one.send()
    two.edit(change(before, { name: 'Cortado' }), owner)
    await two.send()
    expect(shop.record('product', productId)).toMatchObject({ isDeleted: true, doc: { name: before.name } })
    expect(shop.records('conflict')).toMatchObject([{ field: '', outcome: 'deleted' }])
  })

  test('[R2] makes a new record, and one that was deleted anew', async () => {
    const doc: Customer = { customerId: 'new', name: 'Nora', phone: null, email: null }
    const create = { kind: 'customer', id: 'new', action: 'create', baseV: 0 } as const
    one.edit({ ...create, fields: { '': { base: null, value: doc } } }, cashier)
    one.edit({ ...create, action: 'delete', fields: { '': { base: doc, value: null } } }, cashier)
    one.edit({ ...create, fields: { '': { base: null, value: { ...doc, name: 'Nora B.' } } } }, cashier)
    await one.send()
    expect(shop.record('customer', 'new')).toMatchObject({ isDeleted: false, doc: { name: 'Nora B.' } })
    expect(shop.records('conflict')).toEqual([])
  })
})

describe('permission', () => {
  test('what a cashier may not change stays, as conflicts for somebody who may', async () => {
    const { opId } = one.edit(change(before, { name: 'Free coffee' }), cashier)
    expect(await one.send()).toEqual([['not-permitted']])
    expect(productOf(shop.database, productId)).toEqual(before)
    expect(shop.records('conflict')).toMatchObject([{ outcome: 'refused', reason: 'not-permitted' }])
    expect(shop.record('task', `not-permitted/${opId}`)?.doc?.state).toBe('open')
  })

  test('nobody signed in at a register is nobody, in the office it is the owner', async () => {
    const office = await shop.enrol('office')
    one.edit(change(before, { name: 'A' }), null)
    office.edit(change(before, { name: 'B' }), null)
    expect([...(await one.send()), ...(await office.send())]).toEqual([['not-permitted'], []])
    expect(productOf(shop.database, productId).name).toBe('B')
  })

  test.each([
    ['a manager makes himself an owner', manager, manager, 'owner', false],
    ['a manager makes the owner a cashier', manager, owner, 'cashier', false],
    ['a manager makes a cashier a manager', manager, cashier, 'manager', true],
    ['an owner makes a cashier an owner', owner, cashier, 'owner', true],
  ] as const)('%s: %s', async (_, actorId, staffId, role, isPermitted) => {
    const staff = shop.record('staff', staffId)!.doc!
    const fields = diffRecord('staff', staff, { ...staff, role })
    one.edit({ kind: 'staff', id: staffId, action: 'change', baseV: 1, fields }, actorId)
    expect(await one.send()).toEqual([isPermitted ? [] : ['not-permitted']])
    expect(shop.record('staff', staffId)!.doc!.role).toBe(isPermitted ? role : staff.role)
  })

  test('a manager can’t take the owner’s PIN', async () => {
    const staff = shop.record('staff', owner)!.doc!
    const pin = { salt: '', iterations: 1, hash: '' }
    const fields = diffRecord('staff', staff, { ...staff, pin })
    one.edit({ kind: 'staff', id: owner, action: 'change', baseV: 1, fields }, manager)
    expect(await one.send()).toEqual([['not-permitted']])
    expect(shop.record('staff', owner)!.doc!.pin).toBeNull()
  })

  test('[P5] what a revoked device wishes to change is left to a person', async () => {
    await shop.revoke(one)
    one.edit(change(before, { name: 'Free coffee' }), owner)
    expect(await one.send()).toEqual([['revoked-install', 'not-permitted']])
    expect(productOf(shop.database, productId)).toEqual(before)
    expect(shop.records('conflict')).toHaveLength(1)
  })
})

describe('a conflict', () => {
  let conflict: Conflict
  beforeEach(async () => {
    one.edit(change(before, priced(before, 300)), owner)
    two.edit(change(before, priced(before, 310)), owner)
    await one.send()
    await two.send()
    conflict = shop.records('conflict')[0]!
  })
  const settle = (
    device: MemoryDevice,
    keep: 'mine' | 'theirs',
    priceMinor: number,
    actorId = owner,
  ): void => {
    const edit = change(priced(before, 300), priced(before, priceMinor))
    const { conflictId } = conflict
    device.append(
      'conflict.settled',
      { conflictId, seen: null, keep, edit: keep === 'mine' ? edit : null },
      { actorId },
    )
  }
  const held = () => shop.record('conflict', conflict.conflictId)?.doc

  test('[R3] is settled with the choice, and the edit that carries it out', async () => {
    settle(one, 'mine', 310)
    expect(await one.send()).toEqual([[]])
    expect(productOf(shop.database, productId).variants[0]!.priceMinor).toBe(310)
    expect(held()).toMatchObject({ state: 'settled', kept: 'mine', settledBy: { actorId: owner } })
  })

  test('[R3] is turned around by who has seen what is kept', async () => {
    settle(one, 'mine', 310)
    await one.send()
    const edit = change(priced(before, 310), priced(before, 300))
    const { conflictId } = conflict
    two.append('conflict.settled', { conflictId, seen: 'mine', keep: 'theirs', edit }, { actorId: owner })
    expect(await two.send()).toEqual([[]])
    expect(held()).toMatchObject({
      state: 'settled',
      kept: 'theirs',
      settledBy: { installId: two.installId },
    })
    expect(productOf(shop.database, productId).variants[0]!.priceMinor).toBe(300)
    expect(shop.records('conflict')).toHaveLength(1)
  })

  test('[R3] keeps the first of two choices that did not see each other', async () => {
    settle(one, 'theirs', 300)
    settle(two, 'mine', 310)
    await one.send()
    expect(await two.send()).toEqual([[]])
    expect(held()).toMatchObject({ kept: 'theirs', settledBy: { installId: one.installId } })
    expect(productOf(shop.database, productId).variants[0]!.priceMinor).toBe(300)
  })

  test('[R3] stays open where somebody settles it who may not', async () => {
    settle(one, 'mine', 310, cashier)
    expect(await one.send()).toEqual([['not-permitted']])
    expect(held()?.state).toBe('open')
    expect(productOf(shop.database, productId).variants[0]!.priceMinor).toBe(300)
  })
})

test('[P4] a task is done by a lead or above, once', async () => {
  one.append('moon.landed', {})
  await one.send()
  const { taskId } = shop.records('task')[0]!
  one.append('task.done', { taskId }, { actorId: cashier })
  one.append('task.done', { taskId }, { actorId: manager })
  two.append('task.done', { taskId }, { actorId: owner })
  expect(await one.send()).toEqual([['not-permitted'], []])
  await two.send()
  expect(shop.record('task', taskId)?.doc).toMatchObject({ state: 'done', doneBy: { actorId: manager } })
})

test('[I11] in any interleaving of two devices, every value that was overwritten or refused unseen is in a conflict', async () => {
  const values = fc.record({
    who: fc.boolean(),
    field: fc.constantFrom('name', 'phone', 'email'),
    value: fc.constantFrom('a', 'b', 'c'),
    hears: fc.boolean(),
  })
  let conflicts = 0
  await fc.assert(
    fc.asyncProperty(fc.array(values, { minLength: 2, maxLength: 12 }), async (edits) => {
      const run = await openMemoryShop()
      const devices = [await run.enrol(0), await run.enrol(1)]
      const id = customerIds[0]!
      const now = (): Customer => run.record('customer', id)!.doc!
      const seen = [now(), now()]
      for (const { who, field, value, hears } of edits) {
        const place = Number(who)
        const base = seen[place]!
        const fields = diffRecord('customer', base, { ...base, [field]: value })
        const edit: RecordEdit = { kind: 'customer', id, action: 'change', baseV: 1, fields }
        const theirs = now()[field as keyof Customer]
        const earlier = run.records('conflict').length
        devices[place]!.edit(edit, cashier)
        await devices[place]!.send()
        seen[place] = hears ? now() : (applyEdit(base, edit) as Customer)

        const isOverwritten = field in fields && theirs !== base[field as keyof Customer] && theirs !== value
        const raised = run.records('conflict').slice(earlier)
        expect(raised.length).toBe(isOverwritten ? 1 : 0)
        if (isOverwritten) expect(raised[0]).toMatchObject({ field, theirs, mine: value })
        conflicts += raised.length
      }
    }),
    { numRuns: 150 },
  )
  expect(conflicts).toBeGreaterThan(50)
})
