import type { LineTaxRate, OpenOrder, PricingRules } from './order.ts'

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

/** [R4] An order on its store's park list; every register of the store may resume it. The record goes when it is paid or voided. */
export type ParkedOrder = {
  readonly order: OpenOrder
  readonly storeId: string
  readonly registerId: string
  readonly staffId: string | null
  /** ms since 1970 by the register's clock. */
  readonly parkedAt: number
}

/** Who wrote a value: the person where one was signed in, and the device. `at` is that device's clock, ms since 1970. */
export type Author = {
  readonly actorId: string | null
  readonly installId: string | null
  readonly at: number
}

/**
 * [R3] An edit met a value that its author had not seen. `theirs` was there when `mine` arrived; `base` is what the author
 * of `mine` saw. Values are JSON; undefined is written null.
 */
export type Conflict = {
  readonly conflictId: string
  readonly recordKind: EditableKind
  readonly recordId: string
  /** What the record was called then. */
  readonly recordName: string
  /** A path as in the field policy, e.g. `variants.<id>.priceMinor`; '' is the whole record, as when it was deleted. */
  readonly field: string
  readonly base: unknown
  readonly mine: unknown
  readonly theirs: unknown
  readonly mineBy: Author
  readonly theirsBy: Author | null
  /** `overwritten`: mine holds. `refused`: theirs holds until a person decides. `deleted`: the record is gone, the edit is kept here. */
  readonly outcome: 'overwritten' | 'refused' | 'deleted'
  /** Why it was refused, where not for being stale. */
  readonly reason: 'unseen-value' | 'not-permitted'
  /** ms since 1970 by the server's clock. */
  readonly raisedAt: number
  readonly state: 'open' | 'settled'
  readonly settledBy: Author | null
  readonly kept: 'mine' | 'theirs' | null
}

export type TaskReason =
  | 'unknown-product'
  | 'dismissed-staff'
  | 'totals-differ'
  | 'payments-differ'
  | 'revoked-install'
  | 'duplicate-receipt-number'
  | 'overpaid-order'
  | 'double-refund'
  | 'closed-shift'
  | 'negative-stock'
  | 'count-unsure'
  | 'not-permitted'
  | 'fork'
  | 'parked-operation'
  | 'storage-lost'

/** [P4] Something that was taken in and that a person should look at. One per operation and reason, stock: one per product and store. */
export type Task = {
  readonly taskId: string
  readonly reason: TaskReason
  readonly storeId: string | null
  readonly registerId: string | null
  readonly installId: string | null
  readonly seq: number | null
  readonly orderId: string | null
  readonly receiptNumber: string | null
  readonly productId: string | null
  /** ms since 1970 by the server's clock. */
  readonly raisedAt: number
  readonly state: 'open' | 'done'
  readonly doneBy: Author | null
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
  'parked-order': ParkedOrder
  conflict: Conflict
  task: Task
}

export type RecordKind = keyof RecordDocuments

/** What people edit. The other kinds change by facts and by the server alone. */
export const editableKinds = [
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

export type EditableKind = (typeof editableKinds)[number]
