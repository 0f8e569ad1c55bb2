import { createRxDatabase, type RxCollection, type RxDatabase } from 'rxdb/plugins/core'
import { replicateRxCollection } from 'rxdb/plugins/replication'
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie'
import type { Product } from '../../../src/domain/catalogue.ts'
import type { PaidOrder } from '../../../src/domain/order.ts'
import { offerContender, take, timedEach } from '../sync/contender-page.ts'
import { type DataSet, makeOrders } from '../sync/documents.ts'
import { orderSchema, productSchema } from './rxdb-schema.ts'

type Collections = { orders: RxCollection<PaidOrder>; products: RxCollection<Product> }

const docsABatch = 500
let opened: RxDatabase<Collections>
let target = ''

offerContender({
  async prepareTill(data) {
    await insertAll(await open(), data)
  },
  async commitSales(data) {
    return { rxdb: await timedEach([...makeOrders(data)], (order) => opened.orders.insert(order)) }
  },
  async prepareUnsent(data, pushTarget) {
    target = pushTarget
    await insertAll(await open(), data)
  },
  push: () =>
    take(async () => {
      const replication = replicateRxCollection<PaidOrder, never>({
        replicationIdentifier: `push-${target}`,
        collection: opened.orders,
        live: false,
        waitForLeadership: false,
        push: {
          batchSize: docsABatch,
          handler: async (rows) =>
            (
              await fetch(`/push/orders/${target}`, { method: 'POST', body: JSON.stringify(rows) })
            ).json() as Promise<never[]>,
        },
      })
      await untilDone(replication)
    }),
  async load(source) {
    const { orders, products } = await open()
    return take(() => Promise.all([pull(orders, 'orders', source), pull(products, 'products', source)]))
  },
  async tally() {
    const { orders, products } = opened
    const held = await orders.find().exec()
    return {
      orders: held.length,
      totalMinor: held.reduce((sum, { totals }) => sum + totals.totalMinor, 0),
      products: await products.count().exec(),
    }
  },
})

async function open(): Promise<RxDatabase<Collections>> {
  const database = await createRxDatabase<Collections>({
    name: 'till',
    storage: getRxStorageDexie(),
    // Off is the faster way; a shop's till in two tabs would need it.
    multiInstance: false,
  })
  await database.addCollections({ orders: { schema: orderSchema }, products: { schema: productSchema } })
  return (opened = database)
}

/** A few at a time: RxDB reads its unsent documents by the moment they were written, and with one moment for all again and again. */
async function insertAll({ orders }: RxDatabase<Collections>, data: DataSet): Promise<void> {
  const docs = [...makeOrders(data)]
  for (let start = 0; start < docs.length; start += 50) await orders.bulkInsert(docs.slice(start, start + 50))
}

async function pull<T>(collection: RxCollection<T>, kind: string, source: string): Promise<void> {
  const replication = replicateRxCollection<T, { place: number }>({
    replicationIdentifier: `pull-${kind}`,
    collection,
    live: false,
    waitForLeadership: false,
    pull: {
      batchSize: docsABatch,
      handler: async (checkpoint, limit) =>
        (
          await fetch(`/pull/${kind}/${source}?after=${checkpoint?.place ?? 0}&limit=${limit}`)
        ).json() as never,
    },
  })
  await untilDone(replication)
}

type Replication = {
  readonly error$: { subscribe(listener: (error: unknown) => void): unknown }
  awaitInitialReplication(): Promise<unknown>
}

/** RxDB tries again for ever; here a failure ends the bench. */
function untilDone(replication: Replication): Promise<unknown> {
  return Promise.race([
    replication.awaitInitialReplication(),
    new Promise((_, reject) => replication.error$.subscribe(reject)),
  ])
}
