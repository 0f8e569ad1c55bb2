import { randomUUID } from 'node:crypto'
import type { ImportedOrderWire } from '#protocol/import.ts'
import type { Database } from '../../../server/database/pool.ts'
import { writeRecords } from '../../../server/database/write-records.ts'
import { appendToImport, beginImport } from '../../../server/import/take-import.ts'
import { hashPassword } from '../../../server/office/accounts.ts'
import { createTenant } from '../../../server/office/set-up.ts'
import { acceptOperations } from '../../../server/use-cases/accept-operations.ts'
import { enrolRegister, ingestPartsOn, type Shop, type VirtualRegister } from '../virtual-shop.ts'

export type Tenant = Shop & {
  readonly email: string
  readonly password: string
  readonly register: VirtualRegister
  readonly importId: string
}

/** Another business on the same server, with everything of its own but the shapes of `model`'s records. */
export async function openSecondShop(database: Database, model: Shop): Promise<Shop> {
  const tenantId = randomUUID()
  const storeId = randomUUID()
  const registerId = randomUUID()
  const staffId = randomUUID()
  const store = { ...model.store, storeId, name: 'Elsewhere' }
  const products = model.products.map((product) => ({ ...product, productId: randomUUID() }))
  await database.asSystem(async (tx) => {
    await createTenant(tx, { tenantId, name: 'Other Coffee' })
    await tx.query('select next_version($1)', [tenantId])
    await writeRecords(tx, [
      { kind: 'business', id: tenantId, doc: { name: 'Other Coffee', locale: 'en-US' } },
      { kind: 'store', id: storeId, doc: store },
      { kind: 'register', id: registerId, doc: { registerId, storeId, name: 'Register 1' } },
      {
        kind: 'staff',
        id: staffId,
        doc: { staffId, name: 'Oscar', role: 'owner', pin: null, storeIds: [], isActive: true },
      },
      ...products.map((doc) => ({ kind: 'product', id: doc.productId, doc }) as const),
    ])
  })
  return { tenantId, store, registerId, staffId, products }
}

/** Gives a business at least one row in every table that tenants share. */
export async function fillEveryTable(database: Database, shop: Shop, email: string): Promise<Tenant> {
  const ingest = ingestPartsOn(database)
  const password = 'a password for tests'
  const passwordHash = await hashPassword(password)
  await database.asSystem(async (tx) => {
    const accountId = randomUUID()
    await tx.query(
      `insert into account (account_id, tenant_id, email, name, password_hash) values ($1, $2, $3, 'Owner', $4)`,
      [accountId, shop.tenantId, email, passwordHash],
    )
    await tx.query(
      `insert into account_session (token_hash, tenant_id, account_id, expires_at)
       values (sha256($1::text::bytea), $2, $3, now() + interval '1 hour')`,
      [randomUUID(), shop.tenantId, accountId],
    )
  })
  const register = await enrolRegister(database, shop)
  register.append('shift.opened', {
    shiftId: randomUUID(),
    storeId: shop.store.storeId,
    registerId: shop.registerId,
    openedAt: Date.now(),
    openingFloatMinor: 10_000,
  })
  register.sell()
  const taken = await acceptOperations(ingest, await register.batch())
  const clone = register.twinAfter(1)
  clone.sell()
  const fork = await acceptOperations(ingest, await clone.batch())
  if (!taken.ok || !fork.ok || fork.value.status !== 'fork') throw new Error('The journal was not taken')
  await database.asTenant(shop.tenantId, async (tx) => {
    await tx.query(
      `insert into product_picture (picture_id, media_type, bytes) values ($1, 'image/png', '\\x00')`,
      [randomUUID()],
    )
    await tx.query(
      `insert into batch_signature (install_id, seq, chain, signature) values ($1, 1, '', '') on conflict do nothing`,
      [register.installId],
    )
    await tx.query(
      `insert into cash_movement (cash_movement_id, install_id, shift_id, store_id, register_id, kind, amount_minor, reason)
       values ($1, $2, $1, $3, $4, 'paid-in', 100, '')`,
      [randomUUID(), register.installId, shop.store.storeId, shop.registerId],
    )
    await tx.query('insert into shift_sum values (default, $1, 0, 0, 0)', [randomUUID()])
    await tx.query(`insert into version_mark (v, marked_at) values (1, now())`)
    await tx.query(
      `insert into order_pack (store_id, pack_no, from_v, from_order_id, to_v, to_order_id, last_business_day, columns, docs)
       values ($1, 1, 0, $1, 0, $1, '2020-01-01', '{}', '')`,
      [shop.store.storeId],
    )
  })
  const begun = await beginImport(database, shop.tenantId, {
    fileName: 'a.csv',
    source: 'own',
    rowsRefused: 0,
  })
  if (!begun.ok) throw new Error(begun.failure.code)
  const { importId } = begun.value
  await appendToImport(database, shop.tenantId, importId, [anImportedOrder('first', shop.store.name)])
  return { ...shop, email, password, register, importId }
}

export function anImportedOrder(externalId: string, storeName: string): ImportedOrderWire {
  const amounts = { grossMinor: 500, discountMinor: 0, netMinor: 500, taxMinor: 0, totalMinor: 500 }
  return {
    externalId,
    storeName,
    registerName: null,
    businessDay: '2026-02-03',
    businessHour: 10,
    occurredAt: Date.UTC(2026, 1, 3, 15),
    isRefund: false,
    refundOfExternalId: null,
    tender: 'cash',
    customerName: null,
    lines: [
      {
        productKey: 'tea',
        productName: 'Tea',
        variantName: null,
        categoryName: null,
        sku: null,
        barcode: null,
        modifiers: [],
        quantityMilli: 1000,
        unitPriceMinor: 500,
        note: null,
        ...amounts,
      },
    ],
    totals: amounts,
  }
}
