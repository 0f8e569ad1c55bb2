import type { AddressInfo } from 'node:net'
import express, { type Request, type Response } from 'express'
import expressPouchdb from 'express-pouchdb'
import memoryAdapter from 'pouchdb-adapter-memory'
import PouchDB from 'pouchdb-core'
import replication from 'pouchdb-replication'
import { bundle } from '../../e2e/bundled-page.ts'
import { serveParent } from '../sync/child-server.ts'
import { type DataSet, makeOrders, makeProducts, type Tally } from '../sync/documents.ts'
import { sendPage } from '../sync/page-server.ts'

const docsABatch = 500
const script = await bundle(new URL('pouchdb-page.ts', import.meta.url))
const InMemory = PouchDB.plugin(memoryAdapter).plugin(replication).defaults({ adapter: 'memory' })

const app = express()
app.use((request: Request, response: Response, next: () => void) => {
  if (!sendPage(request.url, script, response)) next()
})
app.use('/db', expressPouchdb(InMemory, { mode: 'minimumForPouchDB' }))
const server = app.listen(0, '127.0.0.1')
await new Promise((ready) => server.once('listening', ready))

async function fill(name: string, docs: readonly object[], idField: string): Promise<void> {
  const database = new InMemory(name)
  for (let start = 0; start < docs.length; start += docsABatch)
    await database.bulkDocs(
      docs
        .slice(start, start + docsABatch)
        .map((doc) => ({ ...doc, _id: Reflect.get(doc, idField) as string })),
    )
}

serveParent(
  `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  {
    async fill({ source, data }: { source: string; data: DataSet }): Promise<void> {
      await fill(`orders-${source}`, [...makeOrders(data)], 'orderId')
      await fill(`products-${source}`, makeProducts(data), 'productId')
    },
    async tally(target: string): Promise<Tally> {
      const { rows } = await new InMemory(`orders-${target}`).allDocs({ include_docs: true })
      const totalMinor = rows.reduce((sum, { doc }) => sum + doc!.totals.totalMinor, 0)
      return { orders: rows.length, totalMinor, products: 0 }
    },
    forget: (target: string) => new InMemory(`orders-${target}`).destroy(),
  },
  () => {
    server.closeAllConnections()
    server.close()
  },
)
