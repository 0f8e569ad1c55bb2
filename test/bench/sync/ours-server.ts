import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig } from '../../../server/config.ts'
import { createHttp } from '../../../server/http.ts'
import { createLog } from '../../../server/log.ts'
import { createRoutes } from '../../../server/routes.ts'
import { bundle, emptyPage } from '../../e2e/bundled-page.ts'
import { onTemporaryDatabase } from '../temporary-database.ts'
import { serveParent } from './child-server.ts'
import { type DataSet, makeProducts } from './documents.ts'
import { addProducts, codeFor, fillOurShop, openOurShop, type OurShop, tallyShop } from './ours-shop.ts'
import { isolation } from './page-server.ts'

/** The product's own server on a PostgreSQL of its own, durable as in a shop; only the page is the bench's. */
const [page, worker] = await Promise.all([
  bundle(new URL('ours-page.ts', import.meta.url)),
  bundle(new URL('ours-worker.ts', import.meta.url)),
])
const folder = await mkdtemp(join(tmpdir(), 'evertill-bench-page-'))
let letGo = (): void => undefined
const isLetGo = new Promise<void>((resolve) => (letGo = resolve))
try {
  await Promise.all([
    writeFile(join(folder, 'index.html'), emptyPage('/page.js')),
    writeFile(join(folder, 'page.js'), page),
    writeFile(join(folder, 'worker.js'), worker),
  ])
  await onTemporaryDatabase(async ({ database }) => {
    const config = loadConfig({})
    if (!config.ok) throw new Error('The defaults are no configuration')
    const app = await createHttp({
      config: config.value,
      log: createLog('error'),
      database,
      distDir: folder,
      routes: [createRoutes({ config: config.value, database, setUpToken: { current: null } })],
    })
    app.addHook('onSend', async (_request, reply) => void reply.headers(isolation))
    await app.listen({ port: 0, host: '127.0.0.1' })
    const url = `http://127.0.0.1:${(app.addresses()[0] as AddressInfo).port}`
    serveParent(
      url,
      {
        openShop: () => openOurShop(database),
        addProducts: ({ shop, data }: { shop: OurShop; data: DataSet }) =>
          addProducts(database, shop, makeProducts(data)),
        fill: ({ shop, data }: { shop: OurShop; data: DataSet }) => fillOurShop(database, url, shop, data),
        code: (shop: OurShop) => codeFor(database, shop),
        tally: (shop: OurShop) => tallyShop(database, shop),
      },
      letGo,
    )
    await isLetGo
    await app.close()
  })
} finally {
  await rm(folder, { recursive: true, force: true })
}
process.exit()
