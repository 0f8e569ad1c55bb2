import { randomBytes, randomUUID } from 'node:crypto'
import type { Product } from '#domain/catalogue.ts'
import { uuidV7 } from '#domain/id.ts'
import type { Database } from '../../../server/database/pool.ts'
import { sealPacks, usualOrdersAPack } from '../../../server/database/order-packs.ts'
import { writeRecords } from '../../../server/database/write-records.ts'
import { createEnrolmentCode } from '../../../server/office/enrolment.ts'
import { createTenant } from '../../../server/office/set-up.ts'
import { packing } from '../../../server/packing.ts'
import { enrolRegister } from '../../server/virtual-shop.ts'
import { samplePricing } from '../sample-order.ts'
import { type DataSet, makeOrders, makeProducts, type SampleShop, type Tally } from './documents.ts'

/** A business of its own on the server, so that what one measurement leaves behind is nobody else's. */
export type OurShop = SampleShop & { readonly tenantId: string }

const ordersABatch = 500

export async function openOurShop(database: Database): Promise<OurShop> {
  const tenantId = randomUUID()
  const store = {
    storeId: randomUUID(),
    name: 'Main Street',
    address: '',
    timeZone: 'America/New_York',
    pricing: samplePricing,
    receiptFooter: '',
  }
  const register = { registerId: randomUUID(), storeId: store.storeId, name: 'Register 1' }
  const staffId = randomUUID()
  const taxRate = { taxRateId: randomUUID(), name: 'Sales tax', rateBasisPoints: 825, isCompound: false }
  await database.asSystem(async (tx) => {
    await createTenant(tx, { tenantId, name: 'Bench Coffee' })
    await tx.query('select next_version($1)', [tenantId])
    await writeRecords(tx, [
      { kind: 'business', id: tenantId, doc: { name: 'Bench Coffee', locale: 'en-US' } },
      { kind: 'store', id: store.storeId, doc: store },
      { kind: 'register', id: register.registerId, doc: register },
      {
        kind: 'staff',
        id: staffId,
        doc: { staffId, name: 'Olga', role: 'owner', pin: null, storeIds: [], isActive: true },
      },
    ])
  })
  return { tenantId, store, registerId: register.registerId, staffId, taxRate }
}

export async function addProducts(
  database: Database,
  { tenantId }: OurShop,
  products: readonly Product[],
): Promise<void> {
  await database.asTenant(tenantId, async (tx) => {
    await tx.query('select next_version($1)', [tenantId])
    await writeRecords(
      tx,
      products.map((doc) => ({ kind: 'product', id: doc.productId, doc })),
    )
  })
}

/** Products first, then the orders as another register of the shop sold and sent them. */
export async function fillOurShop(
  database: Database,
  url: string,
  shop: OurShop,
  data: DataSet,
): Promise<void> {
  const products = makeProducts(data)
  await addProducts(database, shop, products)
  const register = await enrolRegister(database, { ...shop, products })
  let [sentSeq, analyseAt] = [0, ordersABatch]
  for (const order of makeOrders(data)) {
    register.append('order.paid', order, uuidV7(order.occurredAt, randomBytes(16)))
    if (register.head.seq % ordersABatch === 0 || register.head.seq === data.orderCount) {
      await pushBatch(url, await register.batch(sentSeq + 1))
      sentSeq = register.head.seq
      // As PostgreSQL does by itself in the hours that this takes a shop.
      if (register.head.seq >= analyseAt) {
        await database.asSystem((tx) => tx.query('analyze'))
        analyseAt *= 2
      }
    }
  }
  // As the server does by itself when a shop has been quiet for two seconds; where it is at it already, that one goes on.
  const sealing = { database, packing, clock: Date.now }
  while (await isSealing(database, shop)) await sealPacks(sealing, shop.tenantId, shop.store.storeId)
  await database.asSystem((tx) => tx.query('analyze'))
}

/** Whether more orders than fit one pack are in none. */
async function isSealing(database: Database, { tenantId, store }: OurShop): Promise<boolean> {
  return database.asTenant(tenantId, async (tx) => {
    const [row] = await tx.query<{ left: number }>(
      `select count(*)::int as left from orders o where store_id = $1 and (v, order_id) >
         coalesce((select (to_v, to_order_id) from order_pack where store_id = $1 order by pack_no desc limit 1),
           (0::bigint, '00000000-0000-0000-0000-000000000000'::uuid))`,
      [store.storeId],
    )
    return row!.left >= usualOrdersAPack
  })
}

export async function codeFor(database: Database, { tenantId, registerId }: OurShop): Promise<string> {
  const made = await createEnrolmentCode(database, tenantId, registerId)
  if (!made.ok) throw new Error(made.failure.sentence)
  return made.value.code
}

export function tallyShop(database: Database, { tenantId }: OurShop): Promise<Tally> {
  return database.asTenant(tenantId, async (tx) => {
    const [row] = await tx.query<{ orders: number; total: number; products: number }>(
      `select count(*)::int as orders, coalesce(sum(total_minor), 0)::float8 as total,
         (select count(*)::int from record where kind = 'product') as products from orders`,
    )
    return { orders: row!.orders, totalMinor: row!.total, products: row!.products }
  })
}

async function pushBatch(url: string, batch: unknown): Promise<void> {
  const response = await fetch(`${url}/trpc/operations.push`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(batch),
  })
  const text = await response.text()
  if (!/"status":"accepted"/.test(text) || /"flags":\["/.test(text))
    throw new Error(`A batch was not accepted as it is: ${text.slice(0, 500)}`)
}
