import type { LineTaxRate, PricingRules } from './order.ts'

/** Records that every device of a tenant holds. Each is replaced whole by a newer version `v`. */
export type Business = { readonly name: string; readonly locale: string }

export type Store = {
  readonly storeId: string
  readonly name: string
  readonly address: string
  /** IANA zone: decides the business day and hour of a sale. */
  readonly timeZone: string
  readonly pricing: PricingRules
  readonly receiptFooter: string
}

export type Register = { readonly registerId: string; readonly storeId: string; readonly name: string }

/** Roles from least to most; a role may do all that a lesser one may. */
export type StaffRole = 'cashier' | 'lead' | 'manager' | 'owner'

export type Staff = {
  readonly staffId: string
  readonly name: string
  readonly role: StaffRole
  /** PBKDF2-SHA-256 of the PIN; null when the person has none. Salt and hash are base64. */
  readonly pin: { readonly salt: string; readonly iterations: number; readonly hash: string } | null
  /** Empty: all stores. */
  readonly storeIds: readonly string[]
  readonly isActive: boolean
}

/** One of eight tints, `cat-1` … `cat-8` in the design tokens. */
export type CategoryTint = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

export type Category = {
  readonly categoryId: string
  readonly name: string
  readonly tint: CategoryTint
  /** Name of a Lucide icon from the set the till ships. */
  readonly icon: string
  readonly position: number
}

export type TaxRate = LineTaxRate

export type TaxClass = {
  readonly taxClassId: string
  readonly name: string
  readonly taxRates: readonly TaxRate[]
}

export type ModifierSet = {
  readonly modifierSetId: string
  readonly name: string
  readonly leastChoices: number
  readonly mostChoices: number
  readonly modifiers: readonly {
    readonly modifierId: string
    readonly name: string
    readonly priceMinor: number
  }[]
}

export type Variant = {
  readonly variantId: string
  readonly name: string
  readonly sku: string | null
  /** GTINs and house codes as text, several per variant. */
  readonly barcodes: readonly string[]
  readonly priceMinor: number
}

export type Product = {
  readonly productId: string
  readonly name: string
  readonly categoryId: string | null
  readonly taxClassId: string | null
  /** At least one; a product without choices has exactly one, named ''. */
  readonly variants: readonly Variant[]
  readonly modifierSetIds: readonly string[]
  /** Path of the picture on our own origin, or null. */
  readonly picture: string | null
  readonly isStockTracked: boolean
  /** Place on the favourites page, or null. */
  readonly favouritePosition: number | null
  readonly isActive: boolean
}

export type Customer = {
  readonly customerId: string
  readonly name: string
  readonly phone: string | null
  readonly email: string | null
}

/** The kinds of synced record and their documents. */
export type RecordDocuments = {
  business: Business
  store: Store
  register: Register
  staff: Staff
  category: Category
  'tax-class': TaxClass
  'modifier-set': ModifierSet
  product: Product
  customer: Customer
}

export type RecordKind = keyof RecordDocuments

export const recordKinds = [
  'business',
  'store',
  'register',
  'staff',
  'category',
  'tax-class',
  'modifier-set',
  'product',
  'customer',
] as const satisfies readonly RecordKind[]
