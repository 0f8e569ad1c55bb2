import { describe, expect, test } from 'vitest'
import type { Product } from '#domain/catalogue.ts'
import { productPages } from '../../../src/features/sell/product-pages.ts'
import { product } from '../../domain/product-samples.ts'

const inCoffee = (name: string, change: Partial<Product> = {}): Product =>
  product(name, { categoryId: 'coffee', ...change })
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
        inCoffee('Mocha', { favouritePosition: 2 }),
        inCoffee('Cortado', { favouritePosition: 1 }),
        product('Assam', { categoryId: 'tea' }),
      ),
    ).toEqual([
      ['favourites', 'Cortado Mocha'],
      ['coffee', 'Cortado Mocha'],
      ['tea', 'Assam'],
    ])
  })

  test('numbers in names sort as numbers', () => {
    expect(pagesOf(inCoffee('Size 10'), inCoffee('Size 9'))).toEqual([['coffee', 'Size 9 Size 10']])
  })

  test('what has no known category is under Other; empty pages and inactive products are left out', () => {
    expect(
      pagesOf(
        product('Loose'),
        product('Gone', { categoryId: 'gone' }),
        inCoffee('Old', { isActive: false }),
      ),
    ).toEqual([['other', 'Gone Loose']])
  })
})
