import type { Conflict, EditableKind, RecordDocuments, RecordKind } from '#domain/catalogue.ts'
import { type Fields, placeOf, valueAt } from '#sync/record-fields.ts'
import type { ConflictCard } from './api-editing.ts'

type Look = ConflictCard['valueLook']

/** Names of the records that ids stand for; null where this device has none. */
export type NameOf = (kind: RecordKind, id: string) => string | null

type FieldWords = {
  readonly name: string
  readonly look?: Look
  /** The values are ids of these. */
  readonly idsOf?: RecordKind
  /** What the values are called. */
  readonly values?: Readonly<Record<string, string>>
}

/** By kind and by the path's first and last part; what is missing is shown under its own name. */
const words: { readonly [Kind in EditableKind]: Readonly<Record<string, FieldWords>> } = {
  business: { name: { name: 'Name' }, locale: { name: 'Language' } },
  store: {
    name: { name: 'Name' },
    address: { name: 'Address' },
    timeZone: { name: 'Time zone' },
    pricing: { name: 'Currency and tax', look: 'record' },
    receiptFooter: { name: 'Last lines of the receipt' },
  },
  register: { name: { name: 'Name' }, storeId: { name: 'Store', idsOf: 'store' } },
  staff: {
    name: { name: 'Name' },
    role: {
      name: 'Role',
      values: { cashier: 'Cashier', lead: 'Shift lead', manager: 'Manager', owner: 'Owner' },
    },
    pin: { name: 'PIN' },
    storeIds: { name: 'Stores', look: 'list', idsOf: 'store' },
    isActive: { name: 'Works here', look: 'flag' },
  },
  category: {
    name: { name: 'Name' },
    tint: {
      name: 'Color',
      values: {
        ...{ 1: 'Green', 2: 'Copper', 3: 'Indigo', 4: 'Blue' },
        ...{ 5: 'Olive', 6: 'Lilac', 7: 'Brass', 8: 'Rose' },
      },
    },
    icon: { name: 'Icon' },
    position: { name: 'Place' },
  },
  'tax-class': {
    name: { name: 'Name' },
    taxRates: { name: 'Rate', look: 'record' },
    'taxRates.name': { name: 'Name of the rate' },
    'taxRates.rateBasisPoints': { name: 'Rate', look: 'rate' },
    'taxRates.isCompound': { name: 'Charged on other taxes', look: 'flag' },
  },
  'modifier-set': {
    name: { name: 'Name' },
    leastChoices: { name: 'Least choices' },
    mostChoices: { name: 'Most choices' },
    modifiers: { name: 'Choice', look: 'record' },
    'modifiers.name': { name: 'Name of the choice' },
    'modifiers.priceMinor': { name: 'Extra price', look: 'money' },
  },
  product: {
    name: { name: 'Name' },
    categoryId: { name: 'Category', idsOf: 'category' },
    taxClassId: { name: 'Tax', idsOf: 'tax-class' },
    modifierSetIds: { name: 'Options', look: 'list', idsOf: 'modifier-set' },
    picture: { name: 'Picture' },
    isStockTracked: { name: 'Stock is counted', look: 'flag' },
    favouritePosition: { name: 'Place among the favorites' },
    isActive: { name: 'On sale', look: 'flag' },
    variants: { name: 'Variant', look: 'record' },
    'variants.name': { name: 'Name of the variant' },
    'variants.sku': { name: 'SKU' },
    'variants.barcodes': { name: 'Barcodes', look: 'list' },
    'variants.priceMinor': { name: 'Price', look: 'money' },
  },
  customer: { name: { name: 'Name' }, phone: { name: 'Phone' }, email: { name: 'E-mail' } },
}

type Worded = Pick<ConflictCard, 'fieldName' | 'valueLook' | 'base' | 'mine' | 'theirs'>

/** A conflict's field and values in words: `Price of Flat white, Large`, names in place of ids, no secrets. */
export function wordConflict(
  conflict: Conflict,
  record: RecordDocuments[EditableKind] | null,
  nameOf: NameOf,
): Worded {
  const { recordKind, recordName, field, base, mine, theirs } = conflict
  const place = placeOf(recordKind, field)
  const known = words[recordKind][keyOf(place)]
  const shown = (value: unknown): unknown => shownValue(value, field, known, nameOf)
  const element = elementName(conflict, record)
  const subject = element === null ? recordName : `${recordName}, ${element}`
  return {
    fieldName: place.type === 'record' ? recordName : `${known?.name ?? field} of ${subject}`,
    valueLook: place.type === 'record' ? 'record' : (known?.look ?? 'text'),
    base: shown(base),
    mine: shown(mine),
    theirs: shown(theirs),
  }
}

function keyOf(place: ReturnType<typeof placeOf>): string {
  switch (place.type) {
    case 'record':
      return ''
    case 'field':
      return place.field
    case 'element':
      return place.list
    case 'element-field':
      return `${place.list}.${place.field}`
  }
}

/** What the variant, choice or rate is called now, or was called in the values themselves. */
function elementName(
  { recordKind, field, mine, theirs, base }: Conflict,
  record: RecordDocuments[EditableKind] | null,
): string | null {
  const place = placeOf(recordKind, field)
  if (place.type !== 'element' && place.type !== 'element-field') return null
  const candidates = [valueAt(record as Fields | null, { ...place, type: 'element' }), mine, theirs, base]
  for (const each of candidates) {
    const name = each instanceof Object && 'name' in each ? each.name : null
    if (typeof name === 'string' && name !== '') return name
  }
  return null
}

function shownValue(value: unknown, field: string, known: FieldWords | undefined, nameOf: NameOf): unknown {
  if (field === 'pin') return value === null ? null : '••••'
  if (value instanceof Object && !Array.isArray(value) && 'pin' in value)
    return { ...value, pin: value.pin === null ? null : '••••' }
  const called = known?.values?.[String(value)]
  if (called !== undefined) return called
  const kind = known?.idsOf
  if (kind === undefined) return value
  const named = (id: unknown): unknown => (typeof id === 'string' ? (nameOf(kind, id) ?? id) : id)
  return Array.isArray(value) ? value.map(named) : named(value)
}
