import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { bundle } from '../../e2e/bundled-page.ts'
import { serveParent } from '../sync/child-server.ts'
import { type DataSet, makeOrders, makeProducts, type Tally } from '../sync/documents.ts'
import { sendPage } from '../sync/page-server.ts'

type Doc = Record<string, unknown>
type PushedRow = { readonly newDocumentState: Doc; readonly assumedMasterState?: Doc }

/** A collection in memory: documents by id, and the changes in the order they came, so that a page is read by its place. */
type Collection = { readonly places: Map<string, number>; readonly changes: (Doc | null)[] }

const idFields: Readonly<Record<string, string>> = { orders: 'orderId', products: 'productId' }
const collections = new Map<string, Collection>()

function collectionOf(name: string): Collection {
  let collection = collections.get(name)
  if (!collection) collections.set(name, (collection = { places: new Map(), changes: [] }))
  return collection
}

function store({ places, changes }: Collection, id: string, doc: Doc): void {
  const held = places.get(id)
  if (held !== undefined) changes[held] = null
  places.set(id, changes.push(doc) - 1)
}

/** RxDB's protocol: what is stored already and was not what the client assumed comes back as a conflict. */
function push(kind: string, name: string, rows: readonly PushedRow[]): Doc[] {
  const collection = collectionOf(name)
  const conflicts: Doc[] = []
  for (const { newDocumentState, assumedMasterState } of rows) {
    const id = newDocumentState[idFields[kind]!] as string
    const held = collection.changes[collection.places.get(id) ?? -1]
    if (held && JSON.stringify(held) !== JSON.stringify(assumedMasterState)) conflicts.push(held)
    else store(collection, id, newDocumentState)
  }
  return conflicts
}

function pull(
  name: string,
  after: number,
  limit: number,
): { documents: Doc[]; checkpoint: { place: number } } {
  const { changes } = collectionOf(name)
  const documents: Doc[] = []
  let place = after
  for (; place < changes.length && documents.length < limit; place += 1) {
    const doc = changes[place]
    if (doc) documents.push(doc)
  }
  return { documents, checkpoint: { place } }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

const script = await bundle(new URL('rxdb-page.ts', import.meta.url))
const server = createServer(async (request, response) => {
  if (sendPage(request.url, script, response)) return
  const url = new URL(request.url ?? '/', 'http://localhost')
  const [, verb, kind = '', name = ''] = url.pathname.split('/')
  const answer =
    verb === 'push'
      ? push(kind, `${kind} ${name}`, JSON.parse(await bodyOf(request)) as PushedRow[])
      : pull(`${kind} ${name}`, Number(url.searchParams.get('after')), Number(url.searchParams.get('limit')))
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify(answer))
})
await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))

serveParent(
  `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  {
    fill({ source, data }: { source: string; data: DataSet }): void {
      const [orders, products] = [collectionOf(`orders ${source}`), collectionOf(`products ${source}`)]
      for (const order of makeOrders(data)) store(orders, order.orderId, { ...order, _deleted: false })
      for (const product of makeProducts(data))
        store(products, product.productId, { ...product, _deleted: false })
    },
    tally(target: string): Tally {
      const orders = collectionOf(`orders ${target}`).changes.filter((order) => order !== null)
      const totalMinor = orders.reduce(
        (sum, { totals }) => sum + (totals as { totalMinor: number }).totalMinor,
        0,
      )
      return { orders: orders.length, totalMinor, products: collectionOf(`products ${target}`).places.size }
    },
    forget: (target: string): void => void collections.delete(`orders ${target}`),
  },
  () => {
    server.closeAllConnections()
    server.close()
  },
)
