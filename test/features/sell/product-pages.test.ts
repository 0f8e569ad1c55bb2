import { describe, expect, test } from 'vitest'
import type { Product } from '#domain/catalogue.ts'
import { productPages } from '../../../src/features/sell/product-pages.ts'

function product(name: string, change: Partial<Product> = {}): Product {
  return {
    productId: name,
    name,
    categoryId: 'coffee',
    taxClassId: null,
    variants: [{ variantId: `${name}-v`, name: '', sku: null, barcodes: [], priceMinor: 100 }],
    modifierSetIds: [],
    picture: null,
    isStockTracked: false,
    favouritePosition: null,
    isActive: true,
    ...change,
  }
}

const empty = {
  version: 1,
  products: [],
  modifierSets: [],
  taxClasses: [],
  customers: [],
  stores: [],
  registers: [],
  staff: [],
}
const categories = [
  { categoryId: 'tea', name: 'Tea', tint: 1, icon: 'leaf', position: 2 },
  { categoryId: 'coffee', name: 'Coffee', tint: 2, icon: 'coffee', position: 1 },
] as const

function pagesOf(...products: Product[]) {
  return productPages({ ...empty, categories, products }, 'en-US').map(({ pageId, products: shown }) => [
    pageId,
    shown.map(({ name }) => name).join(' '),
  ])
}

describe('product pages', () => {
  test('favourites come first by their place, then categories by theirs, with products by name', () => {
    expect(
      pagesOf(
        product('Mocha', { favouritePosition: 2 }),
        product('Cortado', { favouritePosition: 1 }),
        product('Assam', { categoryId: 'tea' }),
      ),
    ).toEqual([
      ['favourites', 'Cortado Mocha'],
      ['coffee', 'Cortado Mocha'],
      ['tea', 'Assam'],
    ])
  })

  test('numbers in names sort as numbers', () => {
    expect(pagesOf(product('Size 10'), product('Size 9'))).toEqual([['coffee', 'Size 9 Size 10']])
  })

  test('what has no known category is under Other; empty pages and inactive products are left out', () => {
    expect(
      pagesOf(
        product('Loose', { categoryId: null }),
        product('Gone', { categoryId: 'gone' }),
        product('Old', { isActive: false }),
      ),
    ).toEqual([['other', 'Gone Loose']])
  })
})
