import { gzipSync } from 'node:zlib'
import type { LoadPage } from '#protocol/pull.ts'
import { PROTOCOL_VERSION } from '#protocol/version.ts'
import { createIngestStore } from '../../server/database/ingest-store.ts'
import { sealPacks } from '../../server/database/order-packs.ts'
import type { Database } from '../../server/database/pool.ts'
import { packing } from '../../server/packing.ts'
import type { InstallState } from '../../server/use-cases/ports.ts'
import { type ChangesReading, loadPage } from '../../server/use-cases/read-changes.ts'
import { readingOf, readPullPage, storeJournal } from '../server/reading-device.ts'
import { enrolRegister } from '../server/virtual-shop.ts'
import type { Bench, BenchRow } from './bench.ts'
import { checkTime, measureRounds, rowsOf, timed } from './measure.ts'
import { type DataSet, makeOrders, makeProducts } from './sync/documents.ts'
import { addProducts, openOurShop, type OurShop } from './sync/ours-shop.ts'
import { onTemporaryDatabase } from './temporary-database.ts'

const limit = 'two selects'
const ordersABatch = 500

export const pull: Bench = {
  name: 'pull',
  about:
    'the server’s part of a register’s first load: 20,000 orders and 10,000 products; and a pull after one sale',
  limit: 'the same orders and products read as stored text by two selects, nothing put together',
  rounds: 5,
  run: (options) =>
    onTemporaryDatabase(async ({ database }) => {
      const isFull = options.size === 'full'
      const shop = await openOurShop(database)
      const data: DataSet = {
        shop,
        orderCount: isFull ? 20_000 : 20,
        productCount: isFull ? 10_000 : 30,
        lastAt: Date.now(),
        seed: 7,
      }
      await addProducts(database, shop, makeProducts(data))
      const install = await storeOrders(database, shop, data, options.signal)
      const sealing = { database, packing, clock: Date.now, ordersAPack: isFull ? 300 : 8 }
      const sealMs = await timed(() => sealPacks(sealing, shop.tenantId, shop.store.storeId))

      const reading = readingOf(database)
      const answers = await loadAll(reading, install)
      const packed = answers.flatMap(({ packs }) => packs.map(({ orderIds }) => orderIds.length))
      if (packed.length === 0) throw new Error('Nothing was packed')
      const { epoch, startVersion } = answers[0]!
      const contenders = {
        [limit]: () => timed(() => selectAll(database, install)),
        'evertill, load the pages': () => timed(() => loadAll(reading, install)),
        'write the answers as JSON': () => timed(() => answers.map((answer) => JSON.stringify(answer))),
        'a pull after one batch': () =>
          timed(() => readPullPage(reading, install, { cursor: startVersion - 1, epoch })),
        'a pull with the digest': () =>
          timed(() => readPullPage(reading, install, { cursor: startVersion, epoch, wantsDigest: true })),
      }
      const measured = await measureRounds(contenders, isFull ? 3 : 2, options)
      return [...rowsOf(measured, 'ms', limit), sealRow(sealMs), ...sizesOf(answers)]
    }),
}

/** As another register of the store sold and sent them. */
async function storeOrders(
  database: Database,
  shop: OurShop,
  data: DataSet,
  signal: AbortSignal,
): Promise<InstallState> {
  const ingest = createIngestStore(database)
  const register = await enrolRegister(database, { ...shop, products: makeProducts(data).slice(0, 1) })
  for (const order of makeOrders(data)) {
    register.append('order.paid', order)
    if (register.head.seq % ordersABatch !== 0 && register.head.seq !== data.orderCount) continue
    await checkTime(signal)
    await storeJournal(ingest, register)
    register.journal.length = 0
  }
  await database.asSystem((tx) => tx.query('analyze'))
  return (await ingest.findInstall(register.installId))!
}

async function loadAll(reading: ChangesReading, install: InstallState): Promise<LoadPage[]> {
  const answers: LoadPage[] = []
  const said = { protocol: PROTOCOL_VERSION, appVersion: 'bench', journalSeq: 0 }
  for (let after: string | null = null; ;) {
    const answer = await loadPage(reading, install, { ...said, after })
    if (answer.kind !== 'page') throw new Error(answer.kind)
    answers.push(answer)
    if (answer.after === null) return answers
    after = answer.after
  }
}

function selectAll(database: Database, install: InstallState): Promise<unknown> {
  return database.asTenant(install.tenantId, async (tx) => {
    await tx.query(`select payload from operation where kind = 'order.paid'`)
    await tx.query(`select doc::text from record`)
  })
}

function sealRow(sealMs: number): BenchRow {
  return { what: 'pack the orders, once', unit: 'ms', median: sealMs, p95: null, ratio: null, isLimit: false }
}

function sizesOf(answers: readonly LoadPage[]): BenchRow[] {
  const texts = answers.map((answer) => JSON.stringify(answer))
  const bytesOf = (measure: (text: string) => number) => texts.reduce((sum, text) => sum + measure(text), 0)
  return [
    { what: `${texts.length} answers, JSON`, median: bytesOf((text) => Buffer.byteLength(text)) },
    { what: `${texts.length} answers, gzip`, median: bytesOf((text) => gzipSync(text).length) },
  ].map((row) => ({ ...row, unit: 'bytes', p95: null, ratio: null, isLimit: false }))
}
