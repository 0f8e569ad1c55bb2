import type { Category, Customer, Product, RecordKind, TaxClass } from '#domain/catalogue.ts'
import { priceSpan } from '#domain/price-span.ts'
import type { CustomerQuery, CustomerSortKey, ListsApi, ProductQuery, ProductSortKey } from './api-lists.ts'
import type { ResidentCatalogue } from './catalogue.ts'
import { findable, searchCustomers } from './customer-search.ts'
import type { Events } from './events.ts'
import { keptAnswers } from './kept-answers.ts'
import { sortByValue, type SortValue } from './list-order.ts'
import { pageOf } from './list-page.ts'
import { createNameOrder } from './name-order.ts'
import { filterProducts } from './product-filter.ts'
import { summarise } from './product-summary.ts'

export type ListsDependencies = {
  readonly catalogue: Pick<ResidentCatalogue, 'list' | 'searchProducts'>
  readonly events: Pick<Events, 'listen'>
}

/** A list is found and sorted once, and then handed over by the stretch until a record of its kinds changes. */
export function createRecordLists({ catalogue, events }: ListsDependencies): ListsApi {
  const products = createProductLists(catalogue)
  const customers = createCustomerLists(catalogue)
  events.listen(({ recordKeys }) => {
    if (recordKeys === undefined) return
    const kinds = recordKeys === 'all' ? null : new Set(recordKeys.map(([kind]) => kind))
    const isTouched = (...of: RecordKind[]) => kinds === null || of.some((kind) => kinds.has(kind))
    if (isTouched('product', 'category', 'tax-class')) products.forget()
    if (isTouched('customer')) customers.forget()
  })
  return {
    productSummary: () => products.summary.read(null),
    listProducts: async (query, offset, limit) => pageOf(await products.found.read(query), offset, limit),
    listCustomers: async (query, offset, limit) => pageOf(await customers.found.read(query), offset, limit),
  }
}

function createProductLists(catalogue: ListsDependencies['catalogue']) {
  const inNameOrder = createNameOrder<Product>(({ productId }) => productId)
  const named = keptAnswers(async (locale: string) => inNameOrder(await catalogue.list('product'), locale))
  const summary = keptAnswers(async (_: null) =>
    summarise(await catalogue.list('product'), await catalogue.list('tax-class')),
  )
  const found = keptAnswers(async ({ text, order, locale, ...filter }: ProductQuery) => {
    const asked = text.trim()
    const [all, categories, taxClasses] = await Promise.all([
      named.read(locale),
      catalogue.list('category'),
      catalogue.list('tax-class'),
    ])
    const hits = asked === '' ? null : await catalogue.searchProducts(asked, Infinity)
    const hitIds = hits && new Set(hits.map(({ productId }) => productId))
    const categoryIds = new Set(categories.map(({ categoryId }) => categoryId))
    const passed = filterProducts(all, filter, asked, hitIds, categoryIds)
    if (order.key === 'name') return order.descending ? passed.toReversed() : passed
    return sortByValue(passed, productValue(order.key, categories, taxClasses), order.descending, locale)
  })
  return { summary, found, forget: () => [named, summary, found].forEach((each) => each.forget()) }
}

function productValue(
  key: Exclude<ProductSortKey, 'name'>,
  categories: readonly Category[],
  taxClasses: readonly TaxClass[],
): (product: Product) => SortValue {
  const categoryNames = new Map(categories.map(({ categoryId, name }) => [categoryId, name]))
  const taxNames = new Map(taxClasses.map(({ taxClassId, name }) => [taxClassId, name]))
  switch (key) {
    case 'category':
      return ({ categoryId }) => categoryNames.get(categoryId ?? '') ?? null
    case 'tax':
      return ({ taxClassId }) => taxNames.get(taxClassId ?? '') ?? null
    case 'sku':
      return ({ variants }) => variants.find(({ sku }) => sku !== null)?.sku ?? null
    case 'variants':
      return ({ variants }) => variants.length
    case 'price':
      return (product) => priceSpan(product).leastMinor
    case 'state':
      return ({ isActive, favouritePosition }) => (!isActive ? 2 : favouritePosition === null ? 1 : 0)
  }
}

function createCustomerLists(catalogue: ListsDependencies['catalogue']) {
  const inNameOrder = createNameOrder<Customer>(({ customerId }) => customerId)
  const named = keptAnswers(async (locale: string) => inNameOrder(await catalogue.list('customer'), locale))
  const searched = keptAnswers(async (locale: string) => (await named.read(locale)).map(findable))
  const found = keptAnswers(async ({ text, order, locale }: CustomerQuery) => {
    const isAsked = text.trim() !== ''
    const passed = isAsked ? searchCustomers(await searched.read(locale), text) : await named.read(locale)
    if (order.key === 'name') return order.descending ? passed.toReversed() : passed
    return sortByValue(passed, customerValue(order.key), order.descending, locale)
  })
  return { found, forget: () => [named, searched, found].forEach((each) => each.forget()) }
}

function customerValue(key: Exclude<CustomerSortKey, 'name'>): (customer: Customer) => SortValue {
  return (customer) => customer[key]
}
