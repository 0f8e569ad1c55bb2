import type {
  Category,
  Customer,
  ModifierSet,
  Product,
  Register,
  Staff,
  Store,
  TaxClass,
} from '#domain/catalogue.ts'

/** What a shop has few of: all of it at once. Of products and customers there may be 50,000. */
export type ShopRecords = {
  /** Of the newest record held, products and customers too. */
  readonly version: number
  readonly categories: readonly Category[]
  readonly modifierSets: readonly ModifierSet[]
  readonly taxClasses: readonly TaxClass[]
  readonly stores: readonly Store[]
  readonly registers: readonly Register[]
  readonly staff: readonly Pick<Staff, 'staffId' | 'name' | 'role'>[]
}

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
  productSummary(): Promise<ProductSummary>
  listProducts(query: ProductQuery, offset: number, limit: number): Promise<ListPage<Product>>
  listCustomers(query: CustomerQuery, offset: number, limit: number): Promise<ListPage<Customer>>
}

/** What was searched or scanned for may be one variant; otherwise null. */
export type FoundProduct = { readonly product: Product; readonly variantId: string | null }

/** One entry of the till's category rail. */
export type ProductPage = {
  /** Category id, `favourites` or `other`. */
  readonly pageId: string
  readonly name: string
  readonly category: Category | null
}

/** A stretch of the tiles of one page. */
export type TileStretch = ListPage<Product> & {
  /** Null where there is nothing to sell. */
  readonly pageId: string | null
}

/** The products as a till shows them: found, grouped and sorted in the worker, handed over by the screenful. */
export type TillProductsApi = {
  shopRecords(): Promise<ShopRecords>
  /** Favorites first, then categories by place, then what has none; only those that have something to sell. */
  productPages(): Promise<readonly ProductPage[]>
  /** `pageId` null, or of a page that is gone: the first page. */
  listTiles(pageId: string | null, locale: string, offset: number, limit: number): Promise<TileStretch>
  /** Products by name, variant, SKU or barcode; best first. */
  searchProducts(text: string, limit: number): Promise<readonly FoundProduct[]>
  /** Exact scan: GTIN (any length, leading zeros ignored) or SKU. */
  findByBarcode(barcode: string): Promise<FoundProduct | null>
  product(productId: string): Promise<Product | null>
}
