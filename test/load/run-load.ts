import { setTimeout as delay } from 'node:timers/promises'
import { businessTime } from '#domain/business-time.ts'
import { createDatabase } from '../../server/database/pool.ts'
import { createLog } from '../../server/log.ts'
import { createDeviceToken } from '../../src/transport/device-token.ts'
import { chanceOf } from '../simulation/chance.ts'
import { checkHerd } from './check-herd.ts'
import { type CameBack, comeBack } from './come-back.ts'
import { type HerdShop, openHerdShop } from './herd-shop.ts'
import type { Ledger } from './ledger.ts'
import { createMeasuredApi } from './measured-api.ts'
import { memoryOf, type Target } from './own-server.ts'
import { prepareHerd } from './prepare-herd.ts'
import { type Bystander, type ProbeRow, probesOf, startProbing } from './probing.ts'
import { type Latencies, latenciesOf, type ProcedureRow, recordRequests } from './requests.ts'

export type LoadOptions = {
  readonly registers: number
  /** Sales that each register has not sent yet. */
  readonly unsent: number
  readonly seed: number
  readonly progress: (line: string) => void
}

export type LoadResult = {
  readonly registers: number
  readonly operations: number
  readonly orders: number
  readonly preparedMs: number
  /** Until the last operation of the last register was acknowledged. */
  readonly drainedMs: number
  /** Until the last register had read what the others had sent, too. */
  readonly readMs: number
  /** Of each register, from the start of all. */
  readonly acknowledged: Latencies
  readonly procedures: readonly ProcedureRow[]
  readonly probes: readonly ProbeRow[]
  readonly serverBytes: { readonly before: number | null; readonly peak: number | null }
  /** Registers that did not get through. */
  readonly unfinished: number
  /** What the ledger and the server do not agree on. */
  readonly differences: readonly string[]
  /** For whoever wants to look further while the server still stands. */
  readonly tenantId: string
  readonly ledger: Ledger
}

/** One register of so many has lost its storage and loads everything again. */
const emptyOneIn = 5
/** One register of so many never hears the first answer to its sales. */
const lostAnswerOneIn = 20
const giveUpAfterMs = 15 * 60_000
const quietMs = 2_000
const bystanderSalesARegister = 3

/** Sets a business up, has all its registers come back at once, and holds the server against their ledger. */
export async function runLoad(target: Target, options: LoadOptions): Promise<LoadResult> {
  const { url, databaseUrl, pid } = target
  const database = createDatabase({ url: databaseUrl, max: 4, log: createLog('error') })
  try {
    const { registers, unsent, seed, progress } = options
    const startedAt = performance.now()
    const now = Date.now()
    progress(`Enrolling ${registers} registers …`)
    const shop = await openHerdShop(database, 'Herd Coffee', registers)
    const other = await openHerdShop(database, 'Other Coffee', 1)
    progress(`Selling ${registers} × ${unsent} offline …`)
    const herd = await prepareHerd(shop.registers, { unsent, seed, now })
    const probes = probesOf(
      url,
      { cookie: await signIn(url, shop), day: businessTime(now, 'UTC').day },
      {
        ...(await prepareBystander(url, other, registers * bystanderSalesARegister)),
        cursor: other.cursor,
        epoch: other.epoch,
      },
    )
    const preparedMs = performance.now() - startedAt

    const before = await memoryOf(pid)
    const probing = await startProbing(probes)
    await delay(quietMs)
    progress('All come back …')
    const requests = recordRequests()
    const stormAt = performance.now()
    const untilMs = stormAt + giveUpAfterMs
    const { epoch, cursor } = shop
    const back = await Promise.all(
      herd.returning.map((returning, at) =>
        comeBack(returning, {
          ...{ url, requests, epoch, cursor, untilMs, chance: chanceOf(seed, at + 1, 1) },
          isEmpty: at % emptyOneIn === 0,
          losesAnswer: at % lostAnswerOneIn === 0,
        }),
      ),
    )
    const after = await memoryOf(pid)
    const probed = await probing.end(performance.timeOrigin + stormAt)
    progress('Comparing the server with the ledger …')
    const differences = await checkHerd(database, shop.tenantId, herd.ledger)
    return {
      registers,
      operations: herd.ledger.journals.reduce((sum, { head }) => sum + head.seq, 0),
      orders: herd.ledger.orders,
      preparedMs,
      ...timesOf(back, stormAt),
      procedures: requests.rows(),
      probes: probed,
      serverBytes: { before: before.nowBytes, peak: after.peakBytes },
      differences,
      tenantId: shop.tenantId,
      ledger: herd.ledger,
    }
  } finally {
    await database.close()
  }
}

function timesOf(back: readonly CameBack[], stormAt: number) {
  const ackedMs = back.flatMap(({ ackedAtMs }) => (ackedAtMs === null ? [] : [ackedAtMs - stormAt]))
  const readMs = back.flatMap(({ readAtMs }) => (readAtMs === null ? [] : [readAtMs - stormAt]))
  return {
    drainedMs: Math.max(0, ...ackedMs),
    readMs: Math.max(0, ...readMs),
    acknowledged: latenciesOf(ackedMs),
    unfinished: back.length - readMs.length,
  }
}

async function signIn(url: string, { owner }: HerdShop): Promise<string> {
  const answer = await fetch(`${url}/trpc/session.signIn`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(owner),
  })
  const [cookie] = answer.headers.getSetCookie()
  if (!answer.ok || cookie === undefined) throw new Error(`The owner can’t sign in: ${await answer.text()}`)
  return cookie.split(';')[0]!
}

/** The register of another business, with as many single sales as a long run needs. */
async function prepareBystander(
  url: string,
  { registers: [register] }: HerdShop,
  sales: number,
): Promise<Bystander> {
  const api = createMeasuredApi({
    ...{ url, requests: recordRequests(), losesAnswer: () => false },
    deviceToken: () => Promise.resolve(null),
  })
  const token = await createDeviceToken(() => api, {
    installId: () => Promise.resolve(register!.installId),
    sign: (text) => register!.sign(text),
  }).get()
  if (token === null) throw new Error('The bystander gets no token.')
  const pushes: string[] = []
  for (let seq = 1; seq <= sales; seq += 1) {
    register!.sell({ businessDay: businessTime(Date.now(), 'UTC').day })
    pushes.push(JSON.stringify(await register!.batch(seq, seq)))
  }
  return { register: register!, token, pushes }
}
