import type { Product, RecordDocuments, RecordKind, Staff, StaffRole, Store } from '#domain/catalogue.ts'
import type { PricingRules } from '#domain/order.ts'
import { fixedId } from './ids.ts'

/** One record as the shop begins with it. */
export type FirstRecord = {
  [Kind in RecordKind]: {
    readonly kind: Kind
    readonly id: string
    readonly doc: RecordDocuments[Kind]
  }
}[RecordKind]

const kinds = { store: 1, register: 2, staff: 3, product: 4, variant: 5, category: 6, tax: 7, customer: 8 }

export const storeIds = [fixedId(kinds.store, 1), fixedId(kinds.store, 2)] as const
/** Two registers in the first store, one in the second. */
export const registerIds = [1, 2, 3].map((number) => fixedId(kinds.register, number))
const storeOfRegister = [storeIds[0], storeIds[0], storeIds[1]] as const
export const productIds = [1, 2, 3, 4].map((number) => fixedId(kinds.product, number))
export const variantIds = [1, 2, 3, 4].map((number) => fixedId(kinds.variant, number))
export const customerIds = [1, 2].map((number) => fixedId(kinds.customer, number))
export const categoryIds = [fixedId(kinds.category, 1), fixedId(kinds.category, 2)]
export const taxClassId = fixedId(kinds.tax, 1)

const roles: readonly StaffRole[] = ['owner', 'manager', 'lead', 'cashier', 'cashier']
export const staffIds = roles.map((_, index) => fixedId(kinds.staff, index + 1))

const pricing: PricingRules = {
  currency: { code: 'EUR', exponent: 2, cashRoundingMinor: 5 },
  taxMode: 'inclusive',
  taxRounding: 'line',
}

/** New York changes its clocks: the days of the change have 23 and 25 hours. */
const timeZones = ['America/New_York', 'Europe/Berlin'] as const

export const firstRecords: readonly FirstRecord[] = [
  { kind: 'business', id: fixedId(9, 1), doc: { name: 'Simulated Coffee', locale: 'en' } },
  ...storeIds.map((storeId, index): FirstRecord => {
    const doc: Store = {
      storeId,
      name: `Store ${index + 1}`,
      address: '',
      timeZone: timeZones[index]!,
      pricing,
      receiptFooter: '',
    }
    return { kind: 'store', id: storeId, doc }
  }),
  ...registerIds.map((registerId, index): FirstRecord => ({
    kind: 'register',
    id: registerId,
    doc: { registerId, storeId: storeOfRegister[index]!, name: `Register ${index + 1}` },
  })),
  ...staffIds.map((staffId, index): FirstRecord => {
    const doc: Staff = {
      staffId,
      name: `Person ${index + 1}`,
      role: roles[index]!,
      pin: null,
      storeIds: [],
      isActive: true,
    }
    return { kind: 'staff', id: staffId, doc }
  }),
  ...categoryIds.map((categoryId, index): FirstRecord => ({
    kind: 'category',
    id: categoryId,
    doc: { categoryId, name: `Category ${index + 1}`, tint: 1, icon: 'coffee', position: index },
  })),
  {
    kind: 'tax-class',
    id: taxClassId,
    doc: {
      taxClassId,
      name: 'Standard',
      taxRates: [{ taxRateId: 'vat', name: 'VAT', rateBasisPoints: 1900, isCompound: false }],
    },
  },
  ...productIds.map((_, index): FirstRecord => ({
    kind: 'product',
    id: productIds[index]!,
    doc: firstProduct(index),
  })),
  ...customerIds.map((customerId, index): FirstRecord => ({
    kind: 'customer',
    id: customerId,
    doc: { customerId, name: `Customer ${index + 1}`, phone: null, email: null },
  })),
]

function firstProduct(index: number): Product {
  return {
    productId: productIds[index]!,
    name: `Product ${index + 1}`,
    categoryId: categoryIds[index % 2]!,
    taxClassId,
    variants: [
      {
        variantId: variantIds[index]!,
        name: '',
        sku: null,
        barcodes: [`40000${index}`],
        priceMinor: 250 + 130 * index,
      },
    ],
    modifierSetIds: [],
    picture: null,
    isStockTracked: index < 3,
    favouritePosition: null,
    isActive: true,
  }
}
