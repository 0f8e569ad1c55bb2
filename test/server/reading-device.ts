import type { PaidOrder } from '#domain/order.ts'
import { type LoadPage, type LoadRows, type PullAnswer, type PullPage, scopeOf } from '#protocol/pull.ts'
import { PROTOCOL_VERSION } from '#protocol/version.ts'
import { createChangesStore } from '../../server/database/changes-store.ts'
import type { Database } from '../../server/database/pool.ts'
import { packing } from '../../server/packing.ts'
import type { Effects, IngestStore, InstallState } from '../../server/use-cases/ports.ts'
import { type ChangesReading, loadPage, pullChanges } from '../../server/use-cases/read-changes.ts'
import type { VirtualRegister } from './virtual-shop.ts'

export function readingOf(database: Database, clock: () => number = Date.now): ChangesReading {
  return { changes: createChangesStore(database, clock), packing, clock }
}

export type LoadedPage = Omit<LoadPage, 'rows'> & LoadRows

/** One page of a load with its rows unpacked. */
export async function readLoadPage(
  reading: ChangesReading,
  install: InstallState,
  after: string | null,
  journalSeq = 0,
): Promise<LoadedPage> {
  const said = { protocol: PROTOCOL_VERSION, appVersion: 'test', journalSeq }
  const answer = await loadPage(reading, install, { ...said, after })
  if (answer.kind !== 'page') throw new Error(answer.kind)
  const text = await packing.inflate(answer.rows, 100_000_000)
  return { ...answer, ...(JSON.parse(text!) as LoadRows) }
}

export async function readWholeLoad(reading: ChangesReading, install: InstallState): Promise<LoadedPage[]> {
  const pages: LoadedPage[] = []
  for (let after: string | null = null, left = 100; left > 0; left -= 1) {
    const page = await readLoadPage(reading, install, after)
    pages.push(page)
    after = page.after
    if (after === null) return pages
  }
  throw new Error('the first load never ends')
}

export type Asked = {
  readonly cursor: number
  readonly epoch: string
  readonly protocol?: number
  readonly scopeId?: string
  readonly journalSeq?: number
  readonly wantsDigest?: boolean
}

export function askPull(reading: ChangesReading, install: InstallState, asked: Asked): Promise<PullAnswer> {
  return pullChanges(reading, install, {
    protocol: PROTOCOL_VERSION,
    appVersion: 'test',
    journalSeq: 0,
    scopeId: scopeOf(install.storeId, install.registerId).id,
    wantsDigest: false,
    ...asked,
  })
}

/** Throws where the answer is no page. */
export async function readPullPage(
  reading: ChangesReading,
  install: InstallState,
  asked: Asked,
): Promise<PullPage> {
  const answer = await askPull(reading, install, asked)
  if (answer.kind !== 'page') throw new Error(JSON.stringify(answer))
  return answer
}

export const noEffects: Effects = {
  orders: [],
  extraPayments: [],
  refundedOrderIds: [],
  shiftsOpened: [],
  adoptions: [],
  shiftsClosed: [],
  cashMoved: [],
  movements: [],
  records: [],
}

/** Stores what a register has not sent yet as one version, as if everything in it were in order; `more` happens with it. */
export async function storeJournal(
  ingest: IngestStore,
  register: VirtualRegister,
  more: Partial<Effects> = {},
): Promise<void> {
  const install = await ingest.findInstall(register.installId)
  await ingest.inIngest(install!, async (tx) => {
    const fresh = register.journal.filter(({ seq }) => seq > tx.install.head.seq)
    const judged = fresh.map((operation) => ({
      operation,
      result: { seq: operation.seq, status: 'applied' as const, flags: [] },
    }))
    const orders = fresh
      .filter(({ kind }) => kind === 'order.paid')
      .map(({ installId, seq, payload }) => {
        const order = JSON.parse(payload) as PaidOrder
        return { order, installId, seq, shiftId: order.shiftId }
      })
    if (!(await tx.accept(judged, { ...noEffects, orders, ...more }))) throw new Error('not storable')
  })
}
