import type { Database } from '../../server/database/pool.ts'
import { acceptOperations } from '../../server/use-cases/accept-operations.ts'
import type { PushRequest } from '#protocol/push.ts'
import { ingestPartsOn, type VirtualRegister } from '../server/virtual-shop.ts'
import type { Bench, BenchOptions } from './bench.ts'
import { type CopyTables, makeCopyTables } from './copy-rows.ts'
import { checkTime, measureRound, type Round, rowsOf, timed } from './measure.ts'
import { openSampleShop, sellBatch } from './sample-journal.ts'
import { seededRandom } from './sample-order.ts'
import { onTemporaryDatabase } from './temporary-database.ts'

const limit = 'COPY of the same rows'

export const ingest: Bench = {
  name: 'ingest',
  about:
    'signed batches of 500 orders into PostgreSQL: signature, hashes, check, rows, rollups, durable commit',
  limit: 'COPY, one client, a durable transaction a batch, of the journal, order, payment and stock rows',
  rounds: 3,
  run: (options) =>
    onTemporaryDatabase(async (temporary) => {
      const { database } = temporary
      const registers = await openSampleShop(database, 200, 3)
      const copies = await makeCopyTables(temporary)
      const rounds = await measureIngest(database, registers, copies, options)
      return rowsOf(rounds, 'orders/s', limit)
    }),
}

/** Two registers push at once for as many orders as one pushes alone; COPY takes what that one stored the round before. */
async function measureIngest(
  database: Database,
  [alone, ...together]: readonly VirtualRegister[],
  copies: CopyTables,
  { rounds, size, signal }: BenchOptions,
): Promise<Round[]> {
  const batches = size === 'full' ? 6 : 2
  const ordersABatch = size === 'full' ? 500 : 5
  const orderCount = batches * ordersABatch
  const random = seededRandom(3)
  const sell = async (register: VirtualRegister, count: number): Promise<PushRequest[]> => {
    const sold: PushRequest[] = []
    while (sold.length < count) sold.push(await sellBatch(register, ordersABatch, random))
    return sold
  }
  const perSecond = async (work: () => Promise<unknown>) => (orderCount / (await timed(work))) * 1000

  const warmUp = await sell(alone!, batches)
  await push(database, warmUp)
  let stored = warmUp
  const measured: Round[] = []
  while (measured.length < rounds) {
    await checkTime(signal)
    const rowsToCopy = await copies.dump(alone!.installId, stored)
    const ofOne = await sell(alone!, batches)
    const ofTwo = await Promise.all(together.map((register) => sell(register, batches / together.length)))
    measured.push(
      await measureRound(
        {
          [limit]: () => perSecond(() => copies.copy(rowsToCopy.all)),
          'COPY without the journal': () => perSecond(() => copies.copy(rowsToCopy.withoutJournal)),
          'evertill, one client': () => perSecond(() => push(database, ofOne)),
          'evertill, two clients': () =>
            perSecond(() => Promise.all(ofTwo.map((requests) => push(database, requests)))),
        },
        1,
      ),
    )
    stored = ofOne
  }
  return measured
}

async function push(database: Database, requests: readonly PushRequest[]): Promise<void> {
  const parts = ingestPartsOn(database)
  for (const request of requests) {
    const answer = await acceptOperations(parts, request)
    if (!answer.ok || answer.value.status !== 'accepted')
      throw new Error(`A batch was not accepted: ${JSON.stringify(answer)}`)
    const isFlagged = answer.value.results.some(
      ({ status, flags }) => status !== 'applied' || flags.length > 0,
    )
    if (isFlagged) throw new Error('An order was flagged: this is not the usual case any more')
  }
}
