import { MOST_OPERATIONS_A_BATCH, type PushRequest } from '#protocol/push.ts'
import { PROTOCOL_VERSION } from '#protocol/version.ts'
import type { Operation } from '#sync/operation.ts'
import { toColumns } from '#sync/run-columns.ts'
import type { SyncPorts } from './sync-ports.ts'

/** [P1] What a server takes in one request, in characters of payload: about 100 kB when deflated. */
const MOST_TEXT_A_BATCH = 4_000_000

export type Batch = {
  readonly installId: string
  readonly firstSeq: number
  readonly lastSeq: number
  readonly request: PushRequest
}

export type BatchPorts = Pick<SyncPorts, 'packing' | 'appVersion' | 'mostABatch'> & {
  readonly store: Pick<SyncPorts['store'], 'loadRun' | 'loadReadyRun'>
  readonly identity: Pick<SyncPorts['identity'], 'sign'>
}

/**
 * [P1] The next run of the journal from `fromSeq` on, packed and signed, as it was made ready during an outage or now; null
 * where the journal ends before it.
 */
export async function prepareBatch(ports: BatchPorts, fromSeq: number): Promise<Batch | null> {
  const ready = await ports.store.loadReadyRun(fromSeq)
  if (ready === null || ready.row.protocol !== PROTOCOL_VERSION) return packBatch(ports, fromSeq)
  const { toSeq, request } = ready.row
  return {
    installId: request.installId,
    firstSeq: fromSeq,
    lastSeq: toSeq,
    request: requestOf(request, ready.journalSeq, ports.appVersion),
  }
}

/** The same, now. */
export async function packBatch(ports: BatchPorts, fromSeq: number): Promise<Batch | null> {
  const { store, packing, identity, appVersion, mostABatch = MOST_OPERATIONS_A_BATCH } = ports
  const { operations, previousChain, journalSeq } = await store.loadRun(fromSeq, mostABatch)
  const run = fittingRun(operations)
  const [first, last] = [run[0], run.at(-1)]
  if (!first || !last) return null
  const { columns, payloadText } = toColumns(run, previousChain)
  const [payloads, signature] = await Promise.all([
    packing.deflate(payloadText),
    identity.sign(`evertill-push:${last.chain}`),
  ])
  return {
    installId: first.installId,
    firstSeq: first.seq,
    lastSeq: last.seq,
    request: requestOf({ ...columns, payloads, signature }, Math.max(journalSeq, last.seq), appVersion),
  }
}

type Columns = ReturnType<typeof toColumns>['columns'] & Pick<PushRequest, 'payloads' | 'signature'>

/** The wire's type is the same but for `readonly`. */
function requestOf(columns: Columns, journalSeq: number, appVersion: string): PushRequest {
  return { protocol: PROTOCOL_VERSION, appVersion, journalSeq, ...columns } as PushRequest
}

/** A first operation too long for a batch travels alone: it must not block those behind it. */
function fittingRun(operations: readonly Operation[]): readonly Operation[] {
  let text = 0
  const end = operations.findIndex(({ payload }, index) => {
    text += payload.length
    return index > 0 && text > MOST_TEXT_A_BATCH
  })
  return end === -1 ? operations : operations.slice(0, end)
}
