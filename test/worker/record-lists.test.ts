import { describe, expect, test } from 'vitest'
import type { Customer, Product, RecordDocuments, RecordKind } from '#domain/catalogue.ts'
import type { CustomerQuery, ProductQuery } from '../../src/worker/api-lists.ts'
import type { DeviceEvent } from '../../src/worker/events.ts'
import { createRecordLists, type ListsDependencies } from '../../src/worker/record-lists.ts'
import { createSearchIndex } from '../../src/worker/search-index.ts'
import { product } from '../domain/product-samples.ts'

/** A catalogue in memory that counts how often all of its products were asked for. */
function shopOf(records: { products?: Product[]; customers?: Customer[] }) {
  const listeners: ((event: DeviceEvent) => void)[] = []
  const held = { products: records.products ?? [], customers: records.customers ?? [] }
  let reads = 0
  const byKind: { [Kind in RecordKind]?: () => RecordDocuments[Kind][] } = {
    product: () => {
      reads += 1
      return [...held.products]
    },
    customer: () => [...held.customers],
    category: () => [{ categoryId: 'drinks', name: 'Drinks', tint: 1, icon: 'cup', position: 0 }],
    'tax-class': () =>
      ['none', 'usual'].map((taxClassId) => ({ taxClassId, name: taxClassId, taxRates: [] })),
  }
  const catalogue: ListsDependencies['catalogue'] = {
    list: async (kind) => (byKind[kind] as () => never[])(),
    searchProducts: async (text, limit) => createSearchIndex(() => held.products).search(text, limit),
  }
  const lists = createRecordLists({ catalogue, events: { listen: (listener) => listeners.push(listener) } })
  const emit = (event: DeviceEvent) => listeners.forEach((listener) => listener(event))
  return { ...lists, held, emit, reads: () => reads }
}

const query = (change: Partial<ProductQuery> = {}): ProductQuery => ({
  text: '',
  categoryId: null,
  saleState: 'all',
  order: { key: 'name', descending: false },
  locale: 'en',
  ...change,
})

const tea = product('Tea', { categoryId: 'drinks', taxClassId: 'usual', priceMinor: 300 })
const mug10 = product('Mug 10', { taxClassId: 'usual', priceMinor: 900, favouritePosition: 4 })
const mug9 = product('Mug 9', { taxClassId: 'none', priceMinor: 300, isActive: false })

describe('listProducts', () => {
  const shop = shopOf({ products: [tea, mug10, mug9] })
  const names = async (change: Partial<ProductQuery>, offset = 0, limit = 10) =>
    (await shop.listProducts(query(change), offset, limit)).rows.map(({ name }) => name)

  test('by name, figures by their value, and the other way round', async () => {
    expect(await names({})).toEqual(['Mug 9', 'Mug 10', 'Tea'])
    expect(await names({ order: { key: 'name', descending: true } })).toEqual(['Tea', 'Mug 10', 'Mug 9'])
  })

  test('by any other column, equals by name; what has no value stands last in both orders', async () => {
    expect(await names({ order: { key: 'price', descending: true } })).toEqual(['Mug 10', 'Mug 9', 'Tea'])
    expect(await names({ order: { key: 'category', descending: false } })).toEqual(['Tea', 'Mug 9', 'Mug 10'])
    expect(await names({ order: { key: 'category', descending: true } })).toEqual(['Tea', 'Mug 9', 'Mug 10'])
    expect(await names({ order: { key: 'state', descending: false } })).toEqual(['Mug 10', 'Tea', 'Mug 9'])
  })

  test('a stretch of it, with the length of the whole', async () => {
    expect(await shop.listProducts(query(), 1, 1)).toEqual({ total: 3, rows: [mug10] })
    expect(await shop.listProducts(query(), 3, 10)).toEqual({ total: 3, rows: [] })
  })

  test('what was searched for, also when it is not on sale', async () => {
    expect(await names({ text: ' mug ' })).toEqual(['Mug 9', 'Mug 10'])
    expect(await names({ text: 'mug', saleState: 'on-sale' })).toEqual(['Mug 10'])
    expect(await names({ categoryId: '' })).toEqual(['Mug 9', 'Mug 10'])
  })

  test('is found once for all its stretches, and anew when a product has changed', async () => {
    const one = shopOf({ products: [tea] })
    await one.listProducts(query(), 0, 1)
    await one.listProducts(query(), 1, 1)
    expect(one.reads()).toBe(1)
    one.held.products = [tea, mug10]
    one.emit({ topics: ['catalogue'], recordKeys: [['customer', 'c1']] })
    expect((await one.listProducts(query(), 0, 1)).total).toBe(1)
    one.emit({ topics: ['catalogue'], recordKeys: [['product', 'Mug 10']] })
    expect((await one.listProducts(query(), 0, 1)).total).toBe(2)
    one.held.products = []
    one.emit({ topics: ['catalogue'], recordKeys: 'all' })
    expect((await one.listProducts(query(), 0, 1)).total).toBe(0)
  })
})

test('the summary counts what products have, and names the tax of most and the next place', async () => {
  const { productSummary } = shopOf({ products: [tea, mug10, mug9] })
  expect(await productSummary()).toEqual({
    total: 3,
    counts: { drinks: 1, usual: 2, none: 1 },
    usualTaxClassId: 'usual',
    nextFavourite: 5,
  })
})

test('customers by name or another column, found by name, phone or e-mail', async () => {
  const customer = (name: string, phone: string | null, email: string | null): Customer => ({
    ...{ customerId: name, name, phone, email },
  })
  const { listCustomers } = shopOf({
    customers: [customer('Zoë', '212 555 0160', null), customer('Ann', null, 'a@harbor.example')],
  })
  const names = async (text: string, order: CustomerQuery['order']) =>
    (await listCustomers({ text, order, locale: 'en' }, 0, 10)).rows.map(({ name }) => name)
  expect(await names('', { key: 'name', descending: false })).toEqual(['Ann', 'Zoë'])
  expect(await names('', { key: 'phone', descending: false })).toEqual(['Zoë', 'Ann'])
  expect(await names('5550160', { key: 'name', descending: false })).toEqual(['Zoë'])
  expect(await names('a@har', { key: 'name', descending: false })).toEqual(['Ann'])
})
