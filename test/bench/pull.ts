import { gzipSync } from 'node:zlib'
import type { LoadAnswer } from '#protocol/pull.ts'
import { createChangesStore } from '../../server/database/changes-store.ts'
import { createIngestStore } from '../../server/database/ingest-store.ts'
import type { Database } from '../../server/database/pool.ts'
import { acceptOperations } from '../../server/use-cases/accept-operations.ts'
import type { ChangesStore, InstallState } from '../../server/use-cases/ports.ts'
import { loadPage } from '../../server/use-cases/read-changes.ts'
import type { VirtualRegister } from '../server/virtual-shop.ts'
import type { Bench, BenchRow } from './bench.ts'
import { measureRounds, rowsOf, timed } from './measure.ts'
import { openSampleShop, sellBatch } from './sample-journal.ts'
import { seededRandom } from './sample-order.ts'
import { onTemporaryDatabase } from './temporary-database.ts'

const limit = 'two selects'
const ordersABatch = 500

export const pull: Bench = {
  name: 'pull',
  about: 'a register’s first load at the server: 5,000 orders and 2,000 products, page by page to the last',
  limit: 'the same orders and products read as stored text by two selects, nothing put together',
  rounds: 5,
  run: (options) =>
    onTemporaryDatabase(async ({ database }) => {
      const [orderCount, productCount] = options.size === 'full' ? [5_000, 2_000] : [20, 10]
      const [register] = await openSampleShop(database, productCount, 1)
      await storeOrders(database, register!, orderCount)
      const install = await createIngestStore(database).findInstall(register!.installId)
      const store = createChangesStore(database)

      const answers = await loadAll(store, install!)
      const loaded = answers.reduce((sum, answer) => sum + answer.orders.length, 0)
      if (loaded !== orderCount) throw new Error(`${loaded} orders were loaded, not ${orderCount}`)
      const texts = answers.map((answer) => JSON.stringify(answer))
      const contenders = {
        [limit]: () => timed(() => selectAll(database, install!)),
        'evertill, load the pages': () => timed(() => loadAll(store, install!)),
        'write them as JSON': () => timed(() => answers.map((answer) => JSON.stringify(answer))),
        'gzip the JSON': () => timed(() => texts.map((text) => gzipSync(text))),
      }
      const measured = await measureRounds(contenders, options.size === 'full' ? 3 : 2, options)
      return [...rowsOf(measured, 'ms', limit), ...sizesOf(texts)]
    }),
}

async function storeOrders(database: Database, register: VirtualRegister, orderCount: number): Promise<void> {
  const random = seededRandom(4)
  for (let left = orderCount; left > 0; left -= ordersABatch) {
    const batch = await sellBatch(register, Math.min(left, ordersABatch), random)
    const answer = await acceptOperations(createIngestStore(database), batch)
    if (!answer.ok) throw new Error(answer.failure.sentence)
  }
}

async function loadAll(store: ChangesStore, install: InstallState): Promise<LoadAnswer[]> {
  const answers: LoadAnswer[] = []
  let after: string | null = null
  do {
    const answer: LoadAnswer = await loadPage(store, install, { protocol: 1, after })
    answers.push(answer)
    after = answer.after
  } while (after !== null)
  return answers
}

function selectAll(database: Database, install: InstallState): Promise<unknown> {
  return database.asTenant(install.tenantId, async (tx) => {
    await tx.query(`select payload from operation where kind = 'order.paid'`)
    await tx.query(`select doc::text from record`)
  })
}

function sizesOf(texts: readonly string[]): BenchRow[] {
  const bytesOf = (measure: (text: string) => number) => texts.reduce((sum, text) => sum + measure(text), 0)
  const [whole, gzipped] = [
    bytesOf((text) => Buffer.byteLength(text)),
    bytesOf((text) => gzipSync(text).length),
  ]
  return [
    { what: `${texts.length} answers, JSON`, median: whole },
    { what: `${texts.length} answers, gzip`, median: gzipped },
  ].map((row) => ({ ...row, unit: 'bytes', p95: null, ratio: null, isLimit: false }))
}
