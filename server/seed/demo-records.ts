import type { Staff } from '#domain/catalogue.ts'
import type { RecordToWrite } from '../database/write-records.ts'
import { hashPin } from '../office/secrets.ts'
import type { DemoShop } from './make-shop.ts'

/** The shop as the records that devices hold. Hashing the PINs takes about 60 ms each. */
export async function recordsOf(shop: DemoShop): Promise<RecordToWrite[]> {
  const { catalogue } = shop
  const staff = await Promise.all(
    shop.staff.map(async ({ staffId, name, role, pin, storeIds }): Promise<Staff> => ({
      staffId,
      name,
      role,
      pin: await hashPin(pin),
      storeIds,
      isActive: true,
    })),
  )
  return [
    { kind: 'business', id: shop.tenantId, doc: { name: shop.name, locale: 'en-US' } },
    ...shop.stores.flatMap(({ store, registers }): RecordToWrite[] => [
      { kind: 'store', id: store.storeId, doc: store },
      ...registers.map((doc): RecordToWrite => ({ kind: 'register', id: doc.registerId, doc })),
    ]),
    ...staff.map((doc): RecordToWrite => ({ kind: 'staff', id: doc.staffId, doc })),
    ...catalogue.categories.map((doc): RecordToWrite => ({ kind: 'category', id: doc.categoryId, doc })),
    ...catalogue.taxClasses.map((doc): RecordToWrite => ({ kind: 'tax-class', id: doc.taxClassId, doc })),
    ...catalogue.modifierSets.map((doc): RecordToWrite => ({
      kind: 'modifier-set',
      id: doc.modifierSetId,
      doc,
    })),
    ...catalogue.products.map(({ product }): RecordToWrite => ({
      kind: 'product',
      id: product.productId,
      doc: product,
    })),
    ...shop.customers.map((doc): RecordToWrite => ({ kind: 'customer', id: doc.customerId, doc })),
  ]
}
