import { describe, expect, test } from 'vitest'
import type { EditableKind, RecordDocuments } from '#domain/catalogue.ts'
import { createEditing } from '../../src/worker/editing.ts'
import { isPinOf } from '../../src/worker/pin.ts'
import { createEditingDevice, flatWhite, personOf, place } from './office-device.ts'

async function opened<Kind extends EditableKind>(
  device: Awaited<ReturnType<typeof createEditingDevice>>,
  kind: Kind,
  id: string,
) {
  const record = await createEditing(device.dependencies).openRecord(kind, id)
  if (record === null) throw new Error('no such record')
  return record
}

describe('an edit', () => {
  test('[R2] journals what differs, with what was seen, and is seen at once', async () => {
    const device = await createEditingDevice()
    await device.pullRecords(['product', 'p1', flatWhite])
    const editing = createEditing(device.dependencies)
    const before = await opened(device, 'product', 'p1')
    const [small, large] = flatWhite.variants
    const doc = { ...before.doc, variants: [small!, { ...large!, priceMinor: 480 }] }
    expect(await editing.saveRecord({ kind: 'product', id: 'p1', opened: before, doc })).toEqual({
      ok: true,
      value: null,
    })
    expect(await device.lastOperation()).toMatchObject({
      kind: 'record.edited',
      actorId: '00000000-0000-4000-8000-000000000600',
      payload: {
        kind: 'product',
        id: 'p1',
        action: 'change',
        baseV: 11,
        fields: { 'variants.large.priceMinor': { base: 450, value: 480 } },
      },
    })
    expect((await opened(device, 'product', 'p1')).doc).toEqual(doc)
    expect(device.told.at(-1)).toEqual({ topics: ['catalogue', 'status'], recordKeys: [['product', 'p1']] })
    expect(device.woken()).toBe(1)
  })

  test('[R2] creates, deletes, and journals nothing where nothing differs', async () => {
    const device = await createEditingDevice('cashier')
    const editing = createEditing(device.dependencies)
    const doc = { customerId: 'c1', name: 'Ann \ud800', phone: null, email: null }
    expect(await editing.saveRecord({ kind: 'customer', id: 'c1', opened: null, doc })).toMatchObject({
      ok: true,
    })
    const made = await opened(device, 'customer', 'c1')
    expect(made).toEqual({ doc: { ...doc, name: 'Ann \ufffd' }, v: 0 })
    const { journalSeq } = await device.store.loadUnsent()
    await editing.saveRecord({ kind: 'customer', id: 'c1', opened: made, doc: made.doc })
    expect((await device.store.loadUnsent()).journalSeq).toBe(journalSeq)
    await editing.saveRecord({ kind: 'customer', id: 'c1', opened: made, doc: null })
    expect(await device.lastOperation()).toMatchObject({ payload: { action: 'delete' } })
    expect(await editing.openRecord('customer', 'c1')).toBeNull()
    expect(await editing.records('customer')).toEqual([])
  })

  test('is refused to who may not, and nobody gives more rights than he has', async () => {
    const device = await createEditingDevice('manager')
    const editing = createEditing(device.dependencies)
    await device.pullRecords(
      ['staff', 'o1', personOf('o1', 'owner')],
      ['business', 'b', { name: 'B', locale: 'en' }],
    )
    const refused = { ok: false, failure: { code: 'edit/not-permitted' } }
    const business = await opened(device, 'business', 'b')
    const renamed = { ...business.doc, name: 'C' }
    expect(
      await editing.saveRecord({ kind: 'business', id: 'b', opened: business, doc: renamed }),
    ).toMatchObject(refused)
    const owner = await opened(device, 'staff', 'o1')
    const named = { ...owner.doc, name: 'New' }
    expect(await editing.saveRecord({ kind: 'staff', id: 'o1', opened: owner, doc: named })).toMatchObject(
      refused,
    )
    const made = personOf('s9', 'owner')
    expect(await editing.saveRecord({ kind: 'staff', id: 's9', opened: null, doc: made })).toMatchObject(
      refused,
    )
    expect(
      await editing.saveRecord({ kind: 'staff', id: 's8', opened: null, doc: personOf('s8', 'lead') }),
    ).toMatchObject({ ok: true })
    expect(await editing.editableHere()).not.toContain('business')
    device.signIn(null)
    expect(await editing.editableHere()).toEqual([])
  })

  test('keeps a PIN as its own salted hash', async () => {
    const { dependencies } = await createEditingDevice()
    const editing = createEditing(dependencies)
    const [one, other] = [await editing.hashPin('4711'), await editing.hashPin('4711')]
    expect(one.hash).not.toBe(other.hash)
    expect(await isPinOf(one, '4711')).toBe(true)
    expect(await isPinOf(one, '4712')).toBe(false)
  })
})

describe('a form that can’t be right', () => {
  type Case = {
    [Kind in EditableKind]: [string, Kind, string, RecordDocuments[Kind] | null]
  }[EditableKind]
  const cases: Case[] = [
    ['a product without a name', 'product', 'p2', { ...flatWhite, productId: 'p2', name: ' ' }],
    ['a product without a price', 'product', 'p2', { ...flatWhite, productId: 'p2', variants: [] }],
    ['a barcode of another product', 'product', 'p2', { ...flatWhite, productId: 'p2' }],
    [
      'two options of one name',
      'product',
      'p1',
      { ...flatWhite, variants: flatWhite.variants.map((each) => ({ ...each, name: 'Small' })) },
    ],
    ['a category that is not there', 'product', 'p1', { ...flatWhite, categoryId: 'gone' }],
    ['a product under another id', 'product', 'p3', flatWhite],
    [
      'a tax of more than all',
      'tax-class',
      't2',
      {
        taxClassId: 't2',
        name: 'Tax',
        taxRates: [{ taxRateId: 'r', name: 'VAT', rateBasisPoints: 10_001, isCompound: false }],
      },
    ],
    [
      'more choices than there are',
      'modifier-set',
      'm1',
      {
        modifierSetId: 'm1',
        name: 'Milk',
        leastChoices: 0,
        mostChoices: 2,
        modifiers: [{ modifierId: 'a', name: 'Oat', priceMinor: 50 }],
      },
    ],
    ['a time zone that is none', 'store', place.storeId, { ...place, timeZone: 'Mars/Phobos' }],
    ['a store that goes', 'store', place.storeId, null],
    ['the last owner who goes', 'staff', 'o1', null],
    ['the last owner who becomes less', 'staff', 'o1', personOf('o1', 'manager')],
    [
      'an e-mail address that is none',
      'customer',
      'c1',
      { customerId: 'c1', name: 'A', phone: null, email: 'a b' },
    ],
    [
      'a register that is made by hand',
      'register',
      'r9',
      { registerId: 'r9', storeId: place.storeId, name: 'Till 9' },
    ],
  ]
  test.each(cases)('%s is refused in plain words', async (_, kind, id, doc) => {
    const device = await createEditingDevice('owner')
    await device.pullRecords(
      ['product', 'p1', flatWhite],
      ['store', place.storeId, place],
      ['staff', 'o1', personOf('o1', 'owner')],
    )
    const editing = createEditing(device.dependencies)
    const before = await editing.openRecord(kind, id)
    const saved = await editing.saveRecord({ kind, id, opened: before, doc } as never)
    expect(saved).toMatchObject({ ok: false, failure: { code: 'edit/invalid', dataSafe: true } })
    expect((await device.store.loadUnsent()).journalSeq).toBe(0)
  })
})
