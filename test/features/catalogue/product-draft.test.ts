import { describe, expect, test } from 'vitest'
import type { Product } from '#domain/catalogue.ts'
import {
  draftOfProduct,
  emptyVariant,
  isOwnCode,
  type ProductDraft,
  productFieldWords,
  productOfDraft,
  withBarcode,
} from '../../../src/features/catalogue/product-draft.ts'

const format = { code: 'USD', exponent: 2, locale: 'en-US' } as const
const latte: Product = {
  productId: 'p1',
  name: 'Latte ',
  categoryId: 'coffee',
  taxClassId: 'food',
  variants: [
    { variantId: 's', name: 'Small', sku: 'LAT-S', barcodes: ['4006381333931'], priceMinor: 450 },
    { variantId: 'l', name: 'Large', sku: null, barcodes: [], priceMinor: 550 },
  ],
  modifierSetIds: ['milk', 'extras'],
  picture: '/pictures/1',
  isStockTracked: false,
  favouritePosition: 3,
  isActive: true,
}
const opened = draftOfProduct(latte, format, new Set(['coffee']))
const small = opened.variants[0]!
const large = opened.variants[1]!

const docOf = (change: Partial<ProductDraft>, before = latte) => {
  const read = productOfDraft({ ...opened, ...change }, before, format)
  if (!read.ok) throw new Error(JSON.stringify(read.errors))
  return read.doc
}
const errorsOf = (change: Partial<ProductDraft>) => {
  const read = productOfDraft({ ...opened, ...change }, latte, format)
  return read.ok ? {} : read.errors
}

describe('productOfDraft', () => {
  test('[R2] an untouched form gives back the very document, also fields that this release does not know', () => {
    const newer = {
      ...latte,
      allergens: ['milk'],
      variants: latte.variants.map((each) => ({ ...each, unit: 'cup' })),
    }
    expect(docOf({}, newer)).toEqual(newer)
    expect(JSON.stringify(docOf({}, newer))).toBe(JSON.stringify(newer))
  })

  test('what is typed arrives: names trimmed, prices whole, empty texts as nothing', () => {
    const doc = docOf({
      name: ' Caffè latte ',
      categoryId: '',
      taxClassId: '',
      variants: [
        { ...small, price: '1,004.5', sku: ' ' },
        { ...large, name: ' XL ' },
      ],
      favouritePosition: null,
    })
    expect(doc).toMatchObject({
      name: 'Caffè latte',
      categoryId: null,
      taxClassId: null,
      favouritePosition: null,
      picture: '/pictures/1',
      variants: [
        { variantId: 's', priceMinor: 100_450, sku: null },
        { variantId: 'l', name: 'XL' },
      ],
    })
  })

  test('variants are added at the end and taken out', () => {
    const huge = { ...emptyVariant('h'), name: 'Huge', price: '7' }
    expect(docOf({ variants: [large, huge] }).variants).toEqual([
      latte.variants[1],
      { variantId: 'h', name: 'Huge', sku: null, barcodes: [], priceMinor: 700 },
    ])
  })

  test('sets that were taken off and put on again are no change', () =>
    expect(docOf({ modifierSetIds: ['extras', 'milk'] }).modifierSetIds).toEqual(['milk', 'extras']))

  test('a barcode that still stands in its field is added', () =>
    expect(
      docOf({ variants: [{ ...small, nextBarcode: '96385074 ' }, large] }).variants[0]!.barcodes,
    ).toEqual(['4006381333931', '96385074']))

  test('every wrong field is named', () => {
    const variants = [
      { ...small, name: 'Large', price: '' },
      { ...large, price: '-1', nextBarcode: '4006381333930' },
    ]
    expect(errorsOf({ name: '', variants })).toEqual({
      name: 'Write a name.',
      'variants.s.name': 'Another variant has this name.',
      'variants.s.price': 'Write a price.',
      'variants.l.name': 'Another variant has this name.',
      'variants.l.price': 'A price is zero or more.',
      'variants.l.barcodes': expect.stringContaining('A digit of'),
    })
  })

  test('the only variant needs no name', () => {
    expect(errorsOf({ variants: [{ ...small, name: '' }] })).toEqual({})
    expect(errorsOf({ variants: [{ ...small, name: '' }, large] })).toEqual({
      'variants.s.name': 'Write a name.',
    })
  })

  test('a barcode of another variant of the product is refused', () =>
    expect(errorsOf({ variants: [small, { ...large, nextBarcode: '04006381333931' }] })).toEqual({
      'variants.l.barcodes': 'This barcode stands here already.',
    }))
})

test('a category that is not there any more is none', () =>
  expect(draftOfProduct(latte, format, new Set()).categoryId).toBe(''))

describe('withBarcode', () => {
  test.each([
    ['4006381 333931', '4006381333931'],
    ['SHELF-7', 'SHELF-7'],
    ['123', '123'],
  ])('%s is taken', (text, code) => expect(withBarcode([], text)).toEqual({ ok: true, value: [code] }))

  test('a wrong check digit is asked about, and may be kept as an own code', () =>
    expect(withBarcode([], '4006381333930')).toMatchObject({ ok: false, canKeep: true }))

  test('what a spreadsheet has cut short is refused', () =>
    expect(withBarcode([], '4.00638E+12')).toMatchObject({ ok: false, canKeep: false }))

  test('the same number with leading zeros is the same', () =>
    expect(withBarcode(['012345678905'], '0012345678905')).toMatchObject({ ok: false }))

  test('own codes are told from printed numbers', () => {
    expect(isOwnCode('SHELF-7')).toBe(true)
    expect(isOwnCode('4006381333931')).toBe(false)
  })
})

test.each([
  ['name', 'Name'],
  ['variants.l.price', 'Price of Large'],
  ['variants.s', 'Variant Small'],
  ['variants.gone', 'A variant'],
])('%s is called %s', (path, words) => expect(productFieldWords(path, opened)).toBe(words))
