import { failed, success, type Result } from '#domain/failure.ts'
import type { PushAnswer, PushRequest, PushRequestV1 } from '#protocol/push.ts'
import { chainLink } from '#sync/journal.ts'
import type { Operation, OperationResult } from '#sync/operation.ts'
import { decide, type Decision } from './decide.ts'
import { decode } from './decode.ts'
import type { DecodedOperation } from './decoded.ts'
import { mentionedIn, recordText } from './mentioned.ts'
import type {
  HeldOperation,
  IngestStore,
  IngestTransaction,
  Known,
  Packing,
  StoredOperation,
  VerifySignature,
} from './ports.ts'
import { readPush } from './read-push.ts'
import { forkTask } from './tasks.ts'
import type { Turns } from './turns.ts'

export type IngestParts = {
  readonly store: IngestStore
  readonly packing: Packing
  readonly verify: VerifySignature
  /** ms since 1970; it dates tasks and conflicts for people, and decides nothing ([I13]). */
  readonly clock: () => number
  /** Is told of our own mistakes, which park what they met; without it they are thrown. */
  readonly onError?: (error: unknown) => void
  /** One install's batches in the sequence in which they came, without holding a connection; the lock of its row does the rest. */
  readonly turns?: Turns
}

/**
 * Takes a batch of one install's journal ([P1]–[P5]). Facts are never refused: what can't be decoded is parked, what
 * looks wrong is flagged, and both advance the journal, so that one bad operation never blocks the queue. Failures:
 * `push/unknown-install`, `push/damaged`, `push/bad-signature`.
 */
export async function acceptOperations(
  parts: IngestParts,
  request: PushRequest | PushRequestV1,
): Promise<Result<PushAnswer>> {
  const turn = parts.turns?.enter(request.installId)
  try {
    const install = await parts.store.findInstall(request.installId)
    if (!install) return unknownInstall
    const run = await readPush(parts, install, request)
    if (!run.ok) return run
    // While the database still writes the batch before.
    const batch = run.value.operations.map(decode)
    await turn?.comes
    return success(
      await parts.store.inIngest(install, (tx) =>
        takeRun({ tx, raisedAt: parts.clock(), onError: parts.onError }, batch, run.value.signature),
      ),
    )
  } finally {
    turn?.leave()
  }
}

type Taking = Pick<IngestParts, 'onError'> & { readonly tx: IngestTransaction; readonly raisedAt: number }

async function takeRun(
  taking: Taking,
  batch: readonly DecodedOperation[],
  signature: string,
): Promise<PushAnswer> {
  const { tx } = taking
  const { head } = tx.install
  const operations = batch.map(({ operation }) => operation)
  const repeated = operations.filter(({ seq }) => seq <= head.seq)
  const fresh = operations.slice(repeated.length)

  const stored = await storedOf(tx, repeated)
  const isSame = ({ seq, hash, chain }: Operation): boolean =>
    stored.get(seq)?.hash === hash && stored.get(seq)?.chain === chain
  const other = repeated.find((operation) => !isSame(operation))
  if (other) return keepFork(taking, operations, other.seq)

  const results: OperationResult[] = repeated.map(({ seq }) => stored.get(seq)!.result)
  const [next] = fresh
  if (next) {
    if (next.seq > head.seq + 1) return { status: 'gap', expectedSeq: head.seq + 1 }
    if (next.chain !== chainLink(head.chain, next.hash)) return keepFork(taking, fresh, next.seq)
    const taken = await takeFresh(taking, batch.slice(repeated.length))
    if ('twinSeq' in taken) return keepFork(taking, fresh, taken.twinSeq)
    results.push(...taken.results)
    const { seq, chain } = fresh.at(-1)!
    await tx.saveSignature({ seq, chain, signature })
  }
  return {
    status: 'accepted',
    ackedSeq: Math.max(head.seq, operations.at(-1)!.seq),
    results: results.map((result) => ({ ...result, flags: [...result.flags] })),
  }
}

async function storedOf(
  tx: IngestTransaction,
  repeated: readonly Operation[],
): Promise<ReadonlyMap<number, StoredOperation>> {
  const [first] = repeated
  return first ? tx.storedOperations(first.seq, repeated.at(-1)!.seq) : new Map()
}

async function takeFresh(
  taking: Taking,
  fresh: readonly DecodedOperation[],
): Promise<{ readonly results: readonly OperationResult[] } | { readonly twinSeq: number }> {
  const known = await taking.tx.known(mentionedIn(fresh))
  // [P3] An id that stands for something else, or twice in one journal. Nothing of the batch is taken then.
  const ids = new Set<string>()
  const isTwin = ({ operation }: DecodedOperation): boolean => {
    const held = known.operations.get(operation.opId)
    return ids.size === ids.add(operation.opId).size || (held !== undefined && !isSameFact(held, operation))
  }
  if (fresh.some(isTwin)) return { twinSeq: fresh[0]!.operation.seq }
  return { results: (await take(taking, fresh, known)) ?? (await takeInParts(taking, fresh)) }
}

function isSameFact(held: HeldOperation, { kind, kindVersion, payload }: Operation): boolean {
  return held.kind === kind && held.kindVersion === kindVersion && held.payload === payload
}

/**
 * [P4] What the tables can't hold is found by halving and parked alone, so that nothing behind it waits. Each part is
 * decided afresh: what the one before it did is stored by then.
 */
async function takeInParts(
  taking: Taking,
  batch: readonly DecodedOperation[],
): Promise<readonly OperationResult[]> {
  if (batch.length === 1) return park(taking, batch[0]!.operation)
  const middle = Math.ceil(batch.length / 2)
  const results: OperationResult[] = []
  for (const part of [batch.slice(0, middle), batch.slice(middle)]) {
    const known = await taking.tx.known(mentionedIn(part))
    results.push(...((await take(taking, part, known)) ?? (await takeInParts(taking, part))))
  }
  return results
}

async function park(taking: Taking, operation: Operation): Promise<readonly OperationResult[]> {
  const unread: DecodedOperation = { operation, decoded: { kind: 'nothing' } }
  const known = await taking.tx.known(mentionedIn([unread]))
  const results = await take(taking, [unread], known)
  if (!results) throw new Error(`Operation ${operation.opId} can't even be parked`)
  return results
}

/** Null, with nothing stored, where something of it can't be stored, or judged. */
async function take(
  { tx, raisedAt, onError }: Taking,
  batch: readonly DecodedOperation[],
  known: Known,
): Promise<readonly OperationResult[] | null> {
  const decision = decideOrReport(() => decide(batch, known, { install: tx.install, raisedAt }), onError)
  if (!decision || !(await tx.accept(decision.judged, decision.effects))) return null
  return decision.judged.map(({ result }) => result)
}

function decideOrReport(decideNow: () => Decision, onError: Taking['onError']): Decision | null {
  try {
    return decideNow()
  } catch (error) {
    if (!onError) throw error
    onError(error)
    return null
  }
}

/** [P2] Keeps what the fork sent, and raises the alarm once. */
async function keepFork(
  { tx, raisedAt }: Taking,
  operations: readonly Operation[],
  atSeq: number,
): Promise<PushAnswer> {
  const task = forkTask(tx.install, atSeq, raisedAt)
  const known = await tx.known(mentionedIn([], [['task', task.id]]))
  const isRaised = known.records.has(recordText('task', task.id))
  const fork = operations.filter(({ seq }) => seq >= atSeq)
  await tx.keepFork(fork, isRaised ? [] : [task])
  return { status: 'fork', atSeq }
}

const unknownInstall = failed(
  'push/unknown-install',
  'This device is not enrolled here.',
  'Enrol it again; its sales stay on it and are sent then.',
)
