import type { Conflict, Customer, EditableKind, Product, RecordDocuments, Staff } from '#domain/catalogue.ts'
import type { RecordEdit } from '#sync/edit.ts'
import { diffRecord } from '#sync/diff-record.ts'
import { settlementEdit } from '#sync/settle-conflict.ts'
import type { Chance } from '../chance.ts'
import type { Tab } from '../device/device.ts'
import { categoryIds, customerIds, productIds, staffIds, storeIds, taxClassId } from '../shop.ts'
import type { World } from '../world.ts'
import { actOf, type Deed, perform } from './deed.ts'
import { shownRecord, shownRecords } from './orders.ts'

type Change = { readonly kind: EditableKind; readonly id: string; change(doc: never, chance: Chance): object }

const few = ['red', 'green', 'blue', 'tall', 'small']

/** Few records and few values, so that edits meet. */
const changes: readonly Change[] = [
  ...productIds.slice(0, 2).flatMap((id): Change[] => [
    { kind: 'product', id, change: (doc: Product, chance) => ({ ...doc, name: chance.pick(few) }) },
    {
      kind: 'product',
      id,
      change: (doc: Product, chance) => withVariant(doc, { priceMinor: 100 * (1 + chance.int(4)) }),
    },
    {
      kind: 'product',
      id,
      change: (doc: Product, chance) =>
        withVariant(doc, { barcodes: toggled(doc.variants[0]?.barcodes ?? [], chance.pick(few)) }),
    },
    {
      kind: 'product',
      id,
      change: (doc: Product, chance) => ({ ...doc, categoryId: chance.pick([...categoryIds, null]) }),
    },
    {
      kind: 'product',
      id,
      change: (doc: Product, chance) => ({ ...doc, variants: variantsWith(doc, `extra-${chance.int(2)}`) }),
    },
  ]),
  {
    kind: 'customer',
    id: customerIds[0]!,
    change: (doc: Customer, chance) => ({
      ...doc,
      name: chance.pick(few),
      phone: chance.pick([null, '110']),
    }),
  },
  {
    kind: 'staff',
    id: staffIds[4]!,
    change: (doc: Staff, chance) => ({ ...doc, storeIds: toggled(doc.storeIds, chance.pick(storeIds)) }),
  },
  {
    kind: 'tax-class',
    id: taxClassId,
    change: (doc: RecordDocuments['tax-class'], chance) => ({
      ...doc,
      taxRates: doc.taxRates.map((rate) => ({ ...rate, rateBasisPoints: chance.pick([700, 1900]) })),
    }),
  },
]

export const edit: Deed = (world, tab) => {
  const { kind, id, change } = world.chance().pick(changes)
  const shown = shownRecord<object>(tab, kind, id)
  if (!shown) return
  const fields = diffRecord(kind, shown.doc, change(shown.doc as never, world.chance()))
  if (Object.keys(fields).length === 0) return
  commit(world, tab, { kind, id, action: 'change', baseV: shown.v, fields }, 'edit')
}

/** Dismissed, or taken on again. */
export const dismiss: Deed = (world, tab) => {
  const id = staffIds[3 + world.chance().int(2)]!
  const shown = shownRecord<Staff>(tab, 'staff', id)
  if (!shown) return
  const fields = diffRecord('staff', shown.doc, { ...shown.doc, isActive: !shown.doc.isActive })
  commit(world, tab, { kind: 'staff', id, action: 'change', baseV: shown.v, fields }, 'dismissal')
}

export const deleteOrCreate: Deed = (world, tab) => {
  const isProduct = world.chance().oneIn(2)
  const [kind, id] = isProduct
    ? (['product', productIds[0]!] as const)
    : (['customer', customerIds[0]!] as const)
  const shown = shownRecord<object>(tab, kind, id)
  if (shown) {
    const fields = { '': { base: shown.doc, value: null } }
    return commit(world, tab, { kind, id, action: 'delete', baseV: shown.v, fields }, 'delete')
  }
  const value = isProduct ? newProduct(id) : { customerId: id, name: 'Again', phone: null, email: null }
  commit(
    world,
    tab,
    { kind, id, action: 'create', baseV: 0, fields: { '': { base: null, value } } },
    'create again',
  )
}

export const settle: Deed = (world, tab) => {
  // Settled ones too: a choice can be turned around.
  const conflicts = shownRecords<Conflict>(tab, 'conflict')
  if (conflicts.length === 0) return
  const { id: conflictId, doc } = world.chance().pick(conflicts)
  const keep = world.chance().pick(['mine', 'theirs'] as const)
  const editOfChoice = settlementEdit(doc, keep, shownRecord(tab, doc.recordKind, doc.recordId))
  const settled = { conflictId, keep, seen: doc.kept, edit: editOfChoice }
  const act = actOf(world, tab)
  perform(world, tab, 'conflict settled', act.opId, () => tab.store.settleConflict(act, settled), Boolean)
}

function commit(world: World, tab: Tab, recordEdit: RecordEdit, what: string): void {
  const act = actOf(world, tab)
  perform(
    world,
    tab,
    what,
    act.opId,
    () => tab.store.commitEdit(act, recordEdit),
    () => true,
  )
}

function withVariant(doc: Product, fields: Partial<Product['variants'][number]>): Product {
  const [first, ...rest] = doc.variants
  return { ...doc, variants: first ? [{ ...first, ...fields }, ...rest] : [] }
}

function variantsWith(doc: Product, variantId: string): Product['variants'] {
  const without = doc.variants.filter((variant) => variant.variantId !== variantId)
  if (without.length < doc.variants.length) return without
  return [...doc.variants, { variantId, name: variantId, sku: null, barcodes: [], priceMinor: 500 }]
}

function toggled(list: readonly string[], value: string): string[] {
  return list.includes(value) ? list.filter((each) => each !== value) : [...list, value]
}

function newProduct(productId: string): Product {
  return {
    productId,
    name: 'Again',
    categoryId: null,
    taxClassId,
    variants: [{ variantId: 'again', name: '', sku: null, barcodes: [], priceMinor: 300 }],
    modifierSetIds: [],
    picture: null,
    isStockTracked: true,
    favouritePosition: null,
    isActive: true,
  }
}
