import PouchDB from 'pouchdb-browser'
import { offerContender, take, timedEach } from '../sync/contender-page.ts'
import { type DataSet, makeOrders } from '../sync/documents.ts'

const docsABatch = 500
const orders = new PouchDB('orders')
const products = new PouchDB('products')
let target = ''

offerContender({
  prepareTill: (data) => insertAll(data),
  async commitSales(data) {
    const docs = [...docsOf(data)]
    return { pouchdb: await timedEach(docs, (doc) => orders.put(doc)) }
  },
  async prepareUnsent(data, pushTarget) {
    target = pushTarget
    await insertAll(data)
  },
  push: () => take(() => orders.replicate.to(remote('orders', target), { batch_size: docsABatch })),
  async load(source) {
    // What opens a database is not part of the others' time either.
    await Promise.all([orders.info(), products.info()])
    return take(() =>
      Promise.all([
        orders.replicate.from(remote('orders', source), { batch_size: docsABatch }),
        products.replicate.from(remote('products', source), { batch_size: docsABatch }),
      ]),
    )
  },
  async tally() {
    const { rows } = await orders.allDocs({ include_docs: true })
    return {
      orders: rows.length,
      totalMinor: rows.reduce((sum, { doc }) => sum + doc!.totals.totalMinor, 0),
      products: (await products.info()).doc_count,
    }
  },
})

async function insertAll(data: DataSet): Promise<void> {
  await orders.bulkDocs([...docsOf(data)])
}

function* docsOf(data: DataSet) {
  for (const order of makeOrders(data)) yield { ...order, _id: order.orderId }
}

function remote(kind: string, name: string) {
  return new PouchDB(`${location.origin}/db/${kind}-${name}`)
}
