import type { EditableKind, RecordDocuments } from '#domain/catalogue.ts'

/**
 * [R2] What happens where an edit meets a value that its author had not seen.
 * `later-wins`: the edit that the server takes later holds. `refuse-stale`: what stands there holds until a person
 * decides; for what costs money or gives rights. `set`: what was added is added, what was taken out is taken out.
 */
export type FieldPolicy = 'later-wins' | 'refuse-stale' | 'set'

/** A list whose elements are told apart by a field, e.g. the variants of a product. */
export type ListPolicy = { readonly id: string; readonly fields: Readonly<Record<string, FieldPolicy>> }

export type RecordPolicy = {
  readonly fields: Readonly<Record<string, FieldPolicy>>
  readonly lists: Readonly<Record<string, ListPolicy>>
}

type PlainFields<Doc, Lists extends string> = Readonly<
  Record<Exclude<keyof Doc & string, Lists>, FieldPolicy>
>

/** Names every field of a document, so that a new one cannot be forgotten. */
function policy<Kind extends EditableKind, Lists extends keyof RecordDocuments[Kind] & string = never>(
  fields: PlainFields<RecordDocuments[Kind], Lists>,
  lists: Readonly<Record<Lists, ListPolicy>>,
): RecordPolicy {
  return { fields, lists }
}

const later = 'later-wins'
const stale = 'refuse-stale'

export const fieldPolicies: Readonly<Record<EditableKind, RecordPolicy>> = {
  business: policy<'business'>({ name: later, locale: later }, {}),
  store: policy<'store'>(
    { storeId: stale, name: later, address: later, timeZone: stale, pricing: stale, receiptFooter: later },
    {},
  ),
  register: policy<'register'>({ registerId: stale, storeId: stale, name: later }, {}),
  staff: policy<'staff'>(
    { staffId: stale, name: later, role: stale, pin: later, storeIds: 'set', isActive: later },
    {},
  ),
  category: policy<'category'>(
    { categoryId: stale, name: later, tint: later, icon: later, position: later },
    {},
  ),
  'tax-class': policy<'tax-class', 'taxRates'>(
    { taxClassId: stale, name: later },
    { taxRates: { id: 'taxRateId', fields: { name: later, rateBasisPoints: stale, isCompound: stale } } },
  ),
  'modifier-set': policy<'modifier-set', 'modifiers'>(
    { modifierSetId: stale, name: later, leastChoices: later, mostChoices: later },
    { modifiers: { id: 'modifierId', fields: { name: later, priceMinor: stale } } },
  ),
  product: policy<'product', 'variants'>(
    {
      productId: stale,
      name: later,
      categoryId: later,
      taxClassId: stale,
      modifierSetIds: 'set',
      picture: later,
      isStockTracked: later,
      favouritePosition: later,
      isActive: later,
    },
    {
      variants: {
        id: 'variantId',
        fields: { name: later, sku: later, barcodes: 'set', priceMinor: stale },
      },
    },
  ),
  customer: policy<'customer'>({ customerId: stale, name: later, phone: later, email: later }, {}),
}
