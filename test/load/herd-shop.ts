import { randomBytes } from 'node:crypto'
import type { Product, Register, Store } from '#domain/catalogue.ts'
import { uuidV7 } from '#domain/id.ts'
import type { Database } from '../../server/database/pool.ts'
import { type RecordToWrite, writeRecords } from '../../server/database/write-records.ts'
import { hashPassword } from '../../server/office/accounts.ts'
import { createTenant } from '../../server/office/set-up.ts'
import { samplePricing } from '../bench/sample-order.ts'
import { enrolRegister, type Shop, type VirtualRegister } from '../server/virtual-shop.ts'

/** A business of its own on the server, with its owner's account. */
export type HerdShop = {
  readonly tenantId: string
  readonly owner: { readonly email: string; readonly password: string }
  /** A place to sell each, already enrolled. */
  readonly registers: readonly VirtualRegister[]
  /** Version of the server at which the registers hold everything. */
  readonly cursor: number
  readonly epoch: string
}

const registersAStore = 4
const productCount = 40
const enrolmentsAtOnce = 4

export async function openHerdShop(database: Database, name: string, count: number): Promise<HerdShop> {
  const tenantId = newId()
  const staffId = newId()
  const stores = Array.from({ length: Math.ceil(count / registersAStore) }, (_, at) =>
    aStore(`Store ${at + 1}`),
  )
  const places = Array.from({ length: count }, (_, at) => {
    const { storeId } = stores[Math.floor(at / registersAStore)]!
    return { registerId: newId(), storeId, name: `Register ${at + 1}` } satisfies Register
  })
  const products = Array.from({ length: productCount }, (_, at) =>
    aProduct(`Product ${at + 1}`, 250 + at * 35),
  )
  const owner = { email: `${tenantId}@example.com`, password: randomBytes(16).toString('base64url') }
  const passwordHash = await hashPassword(owner.password)
  await database.asSystem(async (tx) => {
    await createTenant(tx, { tenantId, name })
    await tx.query(
      `insert into account (account_id, tenant_id, email, name, password_hash) values ($1, $2, $3, 'Owner', $4)`,
      [newId(), tenantId, owner.email, passwordHash],
    )
    await tx.query('select next_version($1)', [tenantId])
    const records: RecordToWrite[] = [
      { kind: 'business', id: tenantId, doc: { name, locale: 'en-US' } },
      {
        kind: 'staff',
        id: staffId,
        doc: { staffId, name: 'Olga', role: 'owner', pin: null, storeIds: [], isActive: true },
      },
      ...stores.map((doc) => ({ kind: 'store', id: doc.storeId, doc }) as const),
      ...places.map((doc) => ({ kind: 'register', id: doc.registerId, doc }) as const),
      ...products.map((doc) => ({ kind: 'product', id: doc.productId, doc }) as const),
    ]
    await writeRecords(tx, records)
  })
  const registers = await enrolAll(
    database,
    places.map(({ registerId, storeId }) => {
      const store = stores.find((each) => each.storeId === storeId)!
      return { tenantId, store, registerId, staffId, products }
    }),
  )
  const [head] = await database.asSystem((tx) =>
    tx.query<{ v: string; epoch: string }>(
      'select v, epoch from sync_head cross join database_life where tenant_id = $1',
      [tenantId],
    ),
  )
  return { tenantId, owner, registers, cursor: Number(head!.v), epoch: head!.epoch }
}

async function enrolAll(database: Database, shops: readonly Shop[]): Promise<VirtualRegister[]> {
  const registers: VirtualRegister[] = []
  const left = shops.entries()
  const takeNext = async (): Promise<void> => {
    for (const [at, shop] of left) registers[at] = await enrolRegister(database, shop)
  }
  await Promise.all(Array.from({ length: enrolmentsAtOnce }, takeNext))
  return registers
}

function aStore(name: string): Store {
  return { storeId: newId(), name, address: '', timeZone: 'UTC', pricing: samplePricing, receiptFooter: '' }
}

function aProduct(name: string, priceMinor: number): Product {
  return {
    productId: newId(),
    name,
    categoryId: null,
    taxClassId: null,
    variants: [{ variantId: newId(), name: '', sku: null, barcodes: [], priceMinor }],
    modifierSetIds: [],
    picture: null,
    isStockTracked: true,
    favouritePosition: null,
    isActive: true,
  }
}

function newId(): string {
  return uuidV7(Date.now(), randomBytes(16))
}
