import type { Product, Variant } from '#domain/catalogue.ts'
import { readGtin } from '#domain/gtin.ts'
import { kept, nameError, type ReadDraft, sameSetAs } from '../../app/editing/draft.ts'
import { priceError, type PriceFormat, priceText, readPrice } from './price-text.ts'

/** A product as its form holds it: prices as they are typed, '' for nothing. */
export type ProductDraft = {
  readonly name: string
  readonly categoryId: string
  readonly taxClassId: string
  readonly variants: readonly VariantDraft[]
  readonly modifierSetIds: readonly string[]
  readonly isStockTracked: boolean
  readonly isActive: boolean
  readonly favouritePosition: number | null
}

export type VariantDraft = {
  readonly id: string
  readonly name: string
  readonly sku: string
  readonly barcodes: readonly string[]
  /** What stands in the field for another barcode and was not added yet. */
  readonly nextBarcode: string
  readonly price: string
}

/** Categories that are not there any more are none: the till shows such products under Other. */
export function draftOfProduct(
  product: Product,
  format: PriceFormat,
  categoryIds: ReadonlySet<string>,
): ProductDraft {
  const { name, categoryId, taxClassId, modifierSetIds, isStockTracked, isActive, favouritePosition } =
    product
  return {
    name,
    categoryId: categoryId !== null && categoryIds.has(categoryId) ? categoryId : '',
    taxClassId: taxClassId ?? '',
    variants: product.variants.map(({ variantId, name: variantName, sku, barcodes, priceMinor }) => ({
      id: variantId,
      name: variantName,
      sku: sku ?? '',
      barcodes,
      nextBarcode: '',
      price: priceText(priceMinor, format),
    })),
    modifierSetIds,
    isStockTracked,
    isActive,
    favouritePosition,
  }
}

export function emptyVariant(variantId: string): VariantDraft {
  return { id: variantId, name: '', sku: '', barcodes: [], nextBarcode: '', price: '' }
}

/** What the form does not know of `before`, as the picture or fields of a newer release, stays as it is. */
export function productOfDraft(
  draft: ProductDraft,
  before: Product,
  format: PriceFormat,
): ReadDraft<Product> {
  const errors: Record<string, string> = {}
  const wrongName = nameError(draft.name)
  if (wrongName !== null) errors['name'] = wrongName
  const variants = draft.variants.map((variant) => {
    const old = before.variants.find(({ variantId }) => variantId === variant.id)
    const others = draft.variants.filter(({ id }) => id !== variant.id)
    const read = variantOfDraft(variant, old, others, format)
    if (read.ok) return read.doc
    for (const [field, error] of Object.entries(read.errors))
      errors[`variants.${variant.id}.${field}`] = error
    return null
  })
  if (Object.keys(errors).length > 0) return { ok: false, errors }
  const { modifierSetIds, isStockTracked, isActive, favouritePosition } = draft
  return {
    ok: true,
    doc: {
      ...before,
      name: kept(draft.name, before.name),
      categoryId: draft.categoryId === '' ? null : draft.categoryId,
      taxClassId: draft.taxClassId === '' ? null : draft.taxClassId,
      variants: variants.filter((variant) => variant !== null),
      modifierSetIds: sameSetAs(before.modifierSetIds, modifierSetIds),
      isStockTracked,
      isActive,
      favouritePosition,
    },
  }
}

function variantOfDraft(
  draft: VariantDraft,
  before: Variant | undefined,
  others: readonly VariantDraft[],
  format: PriceFormat,
): ReadDraft<Variant> {
  const errors: Record<string, string> = {}
  if (others.length > 0) {
    const wrongName = nameError(draft.name)
    if (wrongName !== null) errors['name'] = wrongName
    else if (others.some(({ name }) => name.trim() === draft.name.trim()))
      errors['name'] = 'Another variant has this name.'
  }
  const price = readPrice(draft.price, format)
  if (!price.ok) errors['price'] = priceError(draft.price, price.failure)
  else if (price.value < 0) errors['price'] = 'A price is zero or more.'
  const taken = others.flatMap(({ barcodes }) => barcodes)
  const barcodes = withBarcode(draft.barcodes, draft.nextBarcode, taken)
  if (!barcodes.ok) errors['barcodes'] = barcodes.error
  if (!price.ok || !barcodes.ok || Object.keys(errors).length > 0) return { ok: false, errors }
  const sku = kept(draft.sku, before?.sku ?? '')
  return {
    ok: true,
    doc: {
      ...before,
      variantId: draft.id,
      name: kept(draft.name, before?.name ?? ''),
      sku: sku === '' ? null : sku,
      barcodes: sameSetAs(before?.barcodes ?? [], barcodes.value),
      priceMinor: price.value,
    },
  }
}

type WithBarcode =
  | { readonly ok: true; readonly value: readonly string[] }
  /** `canKeep`: it may be a code of the shop's own all the same. */
  | { readonly ok: false; readonly error: string; readonly canKeep: boolean }

/**
 * The barcodes with another one. What looks like a printed number must have its check digit; anything else is the
 * shop's own code. An empty text adds nothing.
 */
export function withBarcode(
  barcodes: readonly string[],
  text: string,
  taken: readonly string[] = [],
): WithBarcode {
  const code = text.trim()
  if (code === '') return { ok: true, value: barcodes }
  const gtin = readGtin(code)
  if (!gtin.ok && ['gtin/wrong-check-digit', 'gtin/damaged-by-spreadsheet'].includes(gtin.failure.code)) {
    const { sentence, mend } = gtin.failure
    return {
      ok: false,
      error: `${sentence} ${mend}`,
      canKeep: gtin.failure.code === 'gtin/wrong-check-digit',
    }
  }
  const isTaken = [...barcodes, ...taken].some((each) => scanKey(each) === scanKey(code))
  if (isTaken) return { ok: false, error: 'This barcode stands here already.', canKeep: false }
  return { ok: true, value: [...barcodes, gtin.ok ? gtin.value.digits : code] }
}

/** Whether a barcode is the shop's own: no number of GS1. */
export function isOwnCode(barcode: string): boolean {
  return !readGtin(barcode).ok
}

/** Equal for codes that a scan can't tell apart. */
export function scanKey(barcode: string): string {
  const gtin = readGtin(barcode)
  return gtin.ok ? gtin.value.gtin14 : barcode
}

const fieldWords: Readonly<Record<string, string>> = {
  name: 'Name',
  categoryId: 'Category',
  taxClassId: 'Tax',
  modifierSetIds: 'Options',
  isStockTracked: 'Stock is counted',
  isActive: 'On sale',
  favouritePosition: 'Favorite',
}

const variantWords: Readonly<Record<string, string>> = {
  name: 'Name',
  sku: 'SKU',
  barcodes: 'Barcodes',
  price: 'Price',
}

/** What a path of a draft is called, as in `Price of Large`. */
export function productFieldWords(path: string, draft: ProductDraft): string {
  const [field = '', id, part] = path.split('.')
  if (field !== 'variants') return fieldWords[field] ?? field
  const name = draft.variants.find((variant) => variant.id === id)?.name ?? ''
  if (part === undefined) return name === '' ? 'A variant' : `Variant ${name}`
  const words = variantWords[part] ?? part
  return name === '' ? words : `${words} of ${name}`
}
