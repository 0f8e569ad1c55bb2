import type { Customer, Product } from '#domain/catalogue.ts'
import type { Catalogue } from './api-selling.ts'

/** What a shop has few of. */
export type ShopRecords = Omit<Catalogue, 'products' | 'customers'>

/** A stretch of a list that is too long to be handed over whole. */
export type ListPage<Row> = {
  /** Of all that was asked for. */
  readonly total: number
  readonly rows: readonly Row[]
}

export type ListOrder<Key extends string> = { readonly key: Key; readonly descending: boolean }

export type SaleState = 'on-sale' | 'off-sale' | 'all'

export type ProductSortKey = 'name' | 'category' | 'sku' | 'tax' | 'variants' | 'price' | 'state'

export type ProductQuery = {
  /** Beginnings of words of name, variant, SKU or barcode; '' finds all. */
  readonly text: string
  /** Null: of any category; '': of none. */
  readonly categoryId: string | null
  readonly saleState: SaleState
  readonly order: ListOrder<ProductSortKey>
  /** Whose rules names are ordered by. */
  readonly locale: string
}

export type CustomerSortKey = 'name' | 'phone' | 'email'

export type CustomerQuery = {
  readonly text: string
  readonly order: ListOrder<CustomerSortKey>
  readonly locale: string
}

/** What is asked of all products together. */
export type ProductSummary = {
  readonly total: number
  /** How many products have each category, tax class and modifier set, by its id. */
  readonly counts: Readonly<Record<string, number>>
  /** The tax class that most products have; null where there is none. */
  readonly usualTaxClassId: string | null
  /** The first free place after the favorites. */
  readonly nextFavourite: number
}

/** Lists of what there may be 50,000 of: found, filtered and sorted in the worker, handed over by the screenful. */
export type ListsApi = {
  shopRecords(): Promise<ShopRecords>
  productSummary(): Promise<ProductSummary>
  listProducts(query: ProductQuery, offset: number, limit: number): Promise<ListPage<Product>>
  listCustomers(query: CustomerQuery, offset: number, limit: number): Promise<ListPage<Customer>>
}
