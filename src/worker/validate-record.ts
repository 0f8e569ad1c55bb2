import type {
  Business,
  Category,
  Customer,
  EditableKind,
  ModifierSet,
  Product,
  RecordDocuments,
  Register,
  Staff,
  Store,
  TaxClass,
} from '#domain/catalogue.ts'
import { currencyOf } from '#domain/currency.ts'
import { failed, type Failure } from '#domain/failure.ts'
import type { ResidentCatalogue } from './catalogue.ts'

/** What a form would write. `before: null` is a new record, `after: null` a deleted one. */
export type RecordChange<Kind extends EditableKind = EditableKind> = {
  readonly kind: Kind
  readonly id: string
  readonly before: RecordDocuments[Kind] | null
  readonly after: RecordDocuments[Kind] | null
}

type Held = Pick<ResidentCatalogue, 'list'>

/** Why it can't be so, in the words of the form; null where it can. All failures are `edit/invalid`. */
export async function validateRecord(change: RecordChange, held: Held): Promise<Failure | null> {
  const { kind, id, after } = change
  if (after === null) return mayGo(change, held)
  if (!isCalled(after, kind, id)) return invalid('This record has another id.', 'Open it again.')
  if ('name' in after && (after.name.trim() === '' || after.name.length > MOST_NAME))
    return invalid('The name is missing or too long.', `Write a name of up to ${MOST_NAME} characters.`)
  return checks[kind](after as never, held, change as never)
}

const MOST_NAME = 120
const MOST_TEXT = 500
const MOST_RATE_BASIS_POINTS = 10_000

type Check<Kind extends EditableKind> = (
  after: RecordDocuments[Kind],
  held: Held,
  change: RecordChange<Kind>,
) => Failure | null | Promise<Failure | null>

const checks: { readonly [Kind in EditableKind]: Check<Kind> } = {
  business: ({ locale }: Business) =>
    isLocale(locale) ? null : invalid('The language is not known.', 'Choose one of the list.'),
  store: checkStore,
  register: (after: Register, _, { before }) =>
    before === null || before.storeId !== after.storeId
      ? invalid('A register gets its store under Devices.', 'Add or move it there.')
      : null,
  staff: checkStaff,
  category: ({ tint, position }: Category) =>
    isWhole(tint) && tint >= 1 && tint <= 8 && isWhole(position)
      ? null
      : invalid('The color is not known.', 'Choose one of the list.'),
  'tax-class': checkTaxClass,
  'modifier-set': checkModifierSet,
  product: checkProduct,
  customer: ({ email, phone }: Customer) => {
    if (email !== null && !/^\S+@\S+$/.test(email))
      return invalid('The e-mail address is not one.', 'Correct it, or leave it out.')
    return (phone ?? '').length > MOST_NAME ? invalid('The phone number is too long.', 'Shorten it.') : null
  },
}

function checkStore(
  { address, receiptFooter, timeZone, pricing }: Store,
  _: Held,
  change: RecordChange<'store'>,
) {
  if (Math.max(address.length, receiptFooter.length) > MOST_TEXT)
    return invalid('The address or the receipt’s last lines are too long.', 'Shorten them.')
  if (!isTimeZone(timeZone)) return invalid('The time zone is not known.', 'Choose one of the list.')
  const { code } = pricing.currency
  if (!currencyOf(code).ok) return invalid('The currency is not known.', 'Choose one of the list.')
  const { before } = change
  return before !== null && before.pricing.currency.code !== code
    ? invalid('The currency of a store stays.', 'Add a store for the other currency.')
    : null
}

async function checkStaff(after: Staff, held: Held, { id }: RecordChange<'staff'>) {
  if (after.role === 'owner' && after.isActive) return null
  return (await isLastOwner(id, held)) ? lastOwner : null
}

function checkTaxClass({ taxRates }: TaxClass) {
  for (const { name, rateBasisPoints } of taxRates) {
    if (name.trim() === '') return invalid('A tax rate has no name.', 'Write the name of the tax.')
    const hundredths = rateBasisPoints * 100
    const isRate =
      rateBasisPoints >= 0 && rateBasisPoints <= MOST_RATE_BASIS_POINTS && isWhole(Math.round(hundredths))
    if (!isRate || Math.abs(Math.round(hundredths) - hundredths) > 1e-6)
      return invalid(`The rate of ${name} is not one.`, 'Write a rate between 0 and 100 %.')
  }
  return null
}

function checkModifierSet({ leastChoices, mostChoices, modifiers }: ModifierSet) {
  if (!isWhole(leastChoices) || !isWhole(mostChoices) || leastChoices < 0 || leastChoices > mostChoices)
    return invalid('The least choices are more than the most.', 'Correct the two numbers.')
  if (mostChoices > modifiers.length || modifiers.length === 0)
    return invalid('There are fewer choices than may be made.', 'Add choices, or lower the most.')
  if (modifiers.some(({ name }) => name.trim() === ''))
    return invalid('A choice has no name.', 'Write its name.')
  return modifiers.every(({ priceMinor }) => isWhole(priceMinor)) ? null : noPrice
}

async function checkProduct(product: Product, held: Held, { id }: RecordChange<'product'>) {
  const { variants, categoryId, taxClassId } = product
  if (variants.length === 0) return invalid('There is nothing to sell.', 'Add a price.')
  if (variants.some(({ priceMinor }) => !isWhole(priceMinor) || priceMinor < 0)) return noPrice
  const names = variants.map(({ name }) => name.trim())
  if (variants.length > 1 && (names.includes('') || new Set(names).size < names.length))
    return invalid('Two options have the same name, or one has none.', 'Give each option its own name.')
  const codes = variants.flatMap(({ barcodes }) => barcodes)
  if (codes.some((code) => code.trim() === ''))
    return invalid('A barcode is empty.', 'Scan it, or take it out.')
  if (new Set(codes).size < codes.length) return invalid('A barcode stands here twice.', 'Take one out.')
  const [products, categories, taxClasses] = await Promise.all([
    held.list('product'),
    held.list('category'),
    held.list('tax-class'),
  ])
  const taken = products.find(
    (other) => other.productId !== id && other.isActive && other.variants.some(hasOneOf(codes)),
  )
  if (taken) return invalid(`${taken.name} has this barcode already.`, 'Take it out there, or here.')
  if (categoryId !== null && !categories.some((each) => each.categoryId === categoryId))
    return invalid('The category is not there any more.', 'Choose another one.')
  if (taxClassId !== null && !taxClasses.some((each) => each.taxClassId === taxClassId))
    return invalid('The tax is not there any more.', 'Choose another one.')
  return null
}

async function mayGo({ kind, id }: RecordChange, held: Held): Promise<Failure | null> {
  switch (kind) {
    case 'business':
    case 'store':
    case 'register':
      return invalid('This is part of past sales.', 'Rename it instead.')
    case 'staff':
      return (await isLastOwner(id, held)) ? lastOwner : null
    case 'tax-class': {
      const user = (await held.list('product')).find(({ taxClassId }) => taxClassId === id)
      return user ? invalid(`${user.name} has this tax.`, 'Give it another tax first.') : null
    }
    case 'category':
    case 'modifier-set':
    case 'product':
    case 'customer':
      return null
  }
}

async function isLastOwner(staffId: string, held: Held): Promise<boolean> {
  const owners = (await held.list('staff')).filter(({ role, isActive }) => role === 'owner' && isActive)
  return owners.length === 1 && owners[0]!.staffId === staffId
}

const idFields = {
  business: null,
  store: 'storeId',
  register: 'registerId',
  staff: 'staffId',
  category: 'categoryId',
  'tax-class': 'taxClassId',
  'modifier-set': 'modifierSetId',
  product: 'productId',
  customer: 'customerId',
} as const satisfies Record<EditableKind, string | null>

function isCalled(doc: object, kind: EditableKind, id: string): boolean {
  const field = idFields[kind]
  return field === null || (doc as Record<string, unknown>)[field] === id
}

function hasOneOf(codes: readonly string[]) {
  return ({ barcodes }: Product['variants'][number]): boolean => barcodes.some((code) => codes.includes(code))
}

function isWhole(value: number): boolean {
  return Number.isSafeInteger(value)
}

function isLocale(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1
  } catch {
    return false
  }
}

function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

function invalid(sentence: string, mend: string): Failure {
  return failed('edit/invalid', sentence, mend).failure
}

const noPrice = invalid('A price is missing.', 'Write it with digits, like 12.50.')
const lastOwner = invalid('Somebody has to be the owner.', 'Make another person the owner first.')
