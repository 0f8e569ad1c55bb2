import { describe, expect, test } from 'vitest'
import type { Product, RecordDocuments, RecordKind } from '#domain/catalogue.ts'
import type { DeviceEvent } from '../../src/worker/events.ts'
import { createSearchIndex } from '../../src/worker/search-index.ts'
import { createTillProducts, type TillProductsDependencies } from '../../src/worker/till-products.ts'
import { product, variant } from '../domain/product-samples.ts'

const inCoffee = (name: string, change: Partial<Product> = {}): Product =>
  product(name, { categoryId: 'coffee', ...change })

function tillWith(...products: Product[]) {
  const listeners: ((event: DeviceEvent) => void)[] = []
  const held = { products }
  let reads = 0
  let prepared = 0
  const index = () => createSearchIndex(() => held.products)
  const byKind: { [Kind in RecordKind]?: () => RecordDocuments[Kind][] } = {
    product: () => {
      reads += 1
      return [...held.products]
    },
    category: () => [
      { categoryId: 'tea', name: 'Tea', tint: 1, icon: 'leaf', position: 2 },
      { categoryId: 'coffee', name: 'Coffee', tint: 2, icon: 'coffee', position: 1 },
    ],
  }
  const catalogue: TillProductsDependencies['catalogue'] = {
    shopRecords: () => Promise.reject(new Error('Nobody asks')),
    list: async (kind) => (byKind[kind] as () => never[])(),
    find: async (_, id) => (held.products.find(({ productId }) => productId === id) as never) ?? null,
    searchProducts: async (text, limit) => index().search(text, limit),
    findByBarcode: async (barcode) => index().findByCode(barcode),
    prepareSearch: () => {
      prepared += 1
    },
  }
  const till = createTillProducts({ catalogue, events: { listen: (listener) => listeners.push(listener) } })
  return {
    ...till,
    held,
    reads: () => reads,
    prepared: () => prepared,
    emit: (event: DeviceEvent) => listeners.forEach((listener) => listener(event)),
    tiles: async (pageId: string | null, offset = 0, limit = 10) => {
      const { rows, ...stretch } = await till.listTiles(pageId, 'en-US', offset, limit)
      return { ...stretch, names: rows.map(({ name }) => name).join(' ') }
    },
  }
}

describe('the pages of a till', () => {
  test('favourites come first by their place, then categories by theirs, with products by name', async () => {
    const till = tillWith(
      inCoffee('Mocha', { favouritePosition: 2 }),
      inCoffee('Cortado', { favouritePosition: 1 }),
      product('Assam', { categoryId: 'tea' }),
    )
    expect((await till.productPages()).map(({ pageId, name }) => [pageId, name])).toEqual([
      ['favourites', 'Favorites'],
      ['coffee', 'Coffee'],
      ['tea', 'Tea'],
    ])
    expect(await till.tiles('favourites')).toEqual({ pageId: 'favourites', total: 2, names: 'Cortado Mocha' })
    expect(await till.tiles('coffee')).toMatchObject({ names: 'Cortado Mocha' })
    expect(await till.tiles('tea')).toMatchObject({ names: 'Assam' })
  })

  test('numbers in names sort as numbers', async () => {
    expect(await tillWith(inCoffee('Size10'), inCoffee('Size9')).tiles('coffee')).toMatchObject({
      names: 'Size9 Size10',
    })
  })

  test('what has no known category is under Other; empty pages and inactive products are left out', async () => {
    const till = tillWith(
      product('Loose'),
      product('Gone', { categoryId: 'gone' }),
      inCoffee('Old', { isActive: false }),
      inCoffee('Bare', { variants: [] }),
    )
    expect((await till.productPages()).map(({ pageId }) => pageId)).toEqual(['other'])
    expect(await till.tiles('other')).toMatchObject({ total: 2, names: 'Gone Loose' })
  })

  test('a page comes by the stretch; where none is named, or one that is gone, the first page', async () => {
    const till = tillWith(inCoffee('A'), inCoffee('B'), inCoffee('C'))
    expect(await till.tiles('coffee', 1, 1)).toEqual({ pageId: 'coffee', total: 3, names: 'B' })
    expect(await till.tiles('coffee', 3, 1)).toEqual({ pageId: 'coffee', total: 3, names: '' })
    expect(await till.tiles(null)).toMatchObject({ pageId: 'coffee', total: 3 })
    expect(await till.tiles('tea')).toMatchObject({ pageId: 'coffee' })
    expect(await tillWith().tiles(null)).toEqual({ pageId: null, total: 0, names: '' })
  })

  test('search is got ready when tiles have been asked for, and not by a device that shows none', async () => {
    const till = tillWith(inCoffee('A'))
    await till.shopRecords().catch(() => null)
    await till.productPages()
    expect(till.prepared()).toBe(0)
    await till.tiles(null)
    expect(till.prepared()).toBe(1)
  })

  test('are made once, and anew when a product or a category has changed', async () => {
    const till = tillWith(inCoffee('A'))
    await till.productPages()
    await till.tiles('coffee')
    expect(till.reads()).toBe(1)
    till.held.products = [inCoffee('A'), inCoffee('AA')]
    till.emit({ topics: ['catalogue'], recordKeys: [['customer', 'c1']] })
    till.emit({ topics: ['status'] })
    expect(await till.tiles('coffee')).toMatchObject({ names: 'A' })
    till.emit({ topics: ['catalogue'], recordKeys: [['product', 'AA']] })
    expect(await till.tiles('coffee')).toMatchObject({ names: 'A AA' })
    till.held.products = []
    till.emit({ topics: ['catalogue'], recordKeys: 'all' })
    expect(await till.productPages()).toEqual([])
  })
})

test('what is searched or scanned for comes with its product, and with its variant where one is meant', async () => {
  const mug = product('Mug', {
    variants: [
      variant('small', { name: 'Small', barcodes: ['4006381333931'] }),
      variant('big', { name: 'Big' }),
    ],
  })
  const till = tillWith(mug, product('Muesli'))
  expect(await till.searchProducts('mug', 10)).toEqual([{ product: mug, variantId: null }])
  expect((await till.searchProducts('mu', 1)).map(({ product: { name } }) => name)).toEqual(['Muesli'])
  expect(await till.findByBarcode('04006381333931')).toEqual({ product: mug, variantId: 'small' })
  expect(await till.findByBarcode('111')).toBeNull()
  expect(await till.product('Mug')).toBe(mug)
  expect(await till.product('Cup')).toBeNull()
})
