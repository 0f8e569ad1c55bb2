import { describe, expect, test } from 'vitest'
import { readGtin } from '#domain/gtin.ts'
import { makeShop } from '../../server/seed/make-shop.ts'

const shop = makeShop(1)
const { catalogue } = shop
const products = catalogue.products.map(({ product }) => product)
const variants = products.flatMap((product) => product.variants)

/** Ids on which two records would meet. */
function repeated(ids: readonly string[]): string[] {
  return ids.filter((id, index) => ids.indexOf(id) !== index)
}

describe('the demo shop', () => {
  test('is the same for the same seed and another for another', () => {
    expect(makeShop(1)).toEqual(shop)
    expect(makeShop(2).tenantId).not.toBe(shop.tenantId)
    expect(makeShop(2).customers).not.toEqual(shop.customers)
  })

  test('has three stores, six registers, fourteen people, 300 customers and 200 products', () => {
    expect(shop.stores).toHaveLength(3)
    expect(shop.stores.flatMap(({ registers }) => registers)).toHaveLength(6)
    expect(shop.staff).toHaveLength(14)
    expect(shop.customers).toHaveLength(300)
    expect(products.length).toBeGreaterThanOrEqual(200)
    expect(catalogue.categories).toHaveLength(10)
  })

  test('gives every record, SKU, barcode and PIN once', () => {
    expect(repeated(products.map(({ productId }) => productId))).toEqual([])
    expect(repeated(variants.map(({ variantId }) => variantId))).toEqual([])
    expect(repeated(variants.map(({ sku }) => sku!))).toEqual([])
    expect(repeated(variants.flatMap(({ barcodes }) => barcodes))).toEqual([])
    expect(repeated(shop.staff.map(({ pin }) => pin))).toEqual([])
    expect(repeated(shop.customers.map(({ customerId }) => customerId))).toEqual([])
    expect(repeated(['a', 'b', 'a'])).toEqual(['a'])
  })

  test('numbers packaged goods from the range for use in stores, with right check digits', () => {
    const barcodes = variants.flatMap((variant) => variant.barcodes)
    expect(barcodes.length).toBeGreaterThan(50)
    for (const barcode of barcodes) {
      expect(barcode).toMatch(/^2\d{12}$/)
      expect(readGtin(barcode)).toMatchObject({ ok: true })
    }
  })

  test('lays thirty favourites in places 0 to 29', () => {
    const places = products.flatMap(({ favouritePosition }) => favouritePosition ?? [])
    expect(places.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, place) => place))
  })

  test('names only categories, tax classes, modifier sets and pictures that are there', () => {
    const categoryIds = catalogue.categories.map(({ categoryId }) => categoryId)
    const taxClassIds = catalogue.taxClasses.map(({ taxClassId }) => taxClassId)
    const setIds = catalogue.modifierSets.map(({ modifierSetId }) => modifierSetId)
    for (const product of products) {
      expect(categoryIds).toContain(product.categoryId)
      expect(taxClassIds).toContain(product.taxClassId)
      expect(setIds).toEqual(expect.arrayContaining([...product.modifierSetIds]))
      expect(catalogue.pictures.has(product.picture!.replace('/pictures/', ''))).toBe(true)
    }
  })

  test('has people for every store', () => {
    for (const { store } of shop.stores) {
      const people = shop.staff.filter(({ storeIds }) => storeIds.includes(store.storeId))
      expect(people.length).toBeGreaterThanOrEqual(3)
    }
  })
})
