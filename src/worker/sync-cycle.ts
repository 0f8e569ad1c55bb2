import { failed, type Failure } from '#domain/failure.ts'
import { MOST_OPERATIONS_A_BATCH, type PushAnswer } from '#protocol/push.ts'
import { PROTOCOL_VERSION } from '#protocol/version.ts'
import type { Operation } from '#sync/operation.ts'
import { showsLoss } from '#sync/pull-state.ts'
import type { Applied } from '../storage/changes.ts'
import type { SyncRow } from '../storage/rows.ts'
import { readLoadAnswer, readPullAnswer, readPushAnswer } from '../transport/answers.ts'
import { call, type CallOutcome, unreachable } from '../transport/call.ts'
import type { DeviceToken } from '../transport/device-token.ts'
import type { WorkerDependencies } from './dependencies.ts'
import type { Events } from './events.ts'
import { announceChanges } from './announce-changes.ts'

export type CycleDependencies = WorkerDependencies & {
  readonly token: DeviceToken
  readonly sign: (text: string) => Promise<string>
  readonly events: Events
  /** The server has answered, whatever it said: a long first load must not look like no network. */
  readonly onAnswer: () => void
}

/** How a cycle, or a part of it, ended. */
export type CycleEnd =
  | { readonly kind: 'done' }
  /** The time was up, or what was done asks for another round: go on at once. */
  | { readonly kind: 'more' }
  /** [P6] No answer of the protocol: later. */
  | { readonly kind: 'retry' }
  /** The server answered, and a person has to do something. */
  | { readonly kind: 'trouble'; readonly failure: Failure }

/** What a server takes in one request, with room for the envelope. */
const MOST_TEXT_A_BATCH = 512 * 1024

const done: CycleEnd = { kind: 'done' }

/** Sends what is unsent, then reads what is new, until `deadline` (ms since 1970). What keeps one from working does not stop the other. */
export async function runCycle(dependencies: CycleDependencies, deadline: number): Promise<CycleEnd> {
  const pushed = await push(dependencies, deadline)
  if (pushed.kind === 'retry' || pushed.kind === 'more') return pushed
  const pulled = await pull(dependencies, deadline)
  return pulled.kind === 'done' ? pushed : pulled
}

async function push(dependencies: CycleDependencies, deadline: number): Promise<CycleEnd> {
  const { store, clock, events } = dependencies
  for (;;) {
    const sync = await store.loadSync()
    if (sync === null) return done
    if (sync.forkAtSeq !== null) return { kind: 'trouble', failure: forked }
    const run = fittingRun(await store.loadOperations(sync.pushedSeq + 1, MOST_OPERATIONS_A_BATCH))
    const [first, last] = [run[0], run.at(-1)]
    if (!first || !last) return done
    if (clock() > deadline) return { kind: 'more' }

    const outcome = await sendRun(dependencies, run, last)
    if (outcome.kind === 'answer') dependencies.onAnswer()
    const answered = answerOf(outcome)
    if ('kind' in answered) return answered
    const sent = { epoch: sync.epoch, fromSeq: first.seq, toSeq: last.seq }
    await store.recordPush(sent, answered, clock())
    events.emit({ topics: ['orders', 'status'] })
    if (!(await hasMoved(dependencies, sync))) return { kind: 'retry' }
  }
}

/** A first operation too long for a batch travels alone: it must not block those behind it. */
function fittingRun(operations: readonly Operation[]): Operation[] {
  let text = 0
  const end = operations.findIndex(({ payload }, index) => {
    text += payload.length
    return index > 0 && text > MOST_TEXT_A_BATCH
  })
  return end === -1 ? [...operations] : operations.slice(0, end)
}

async function sendRun({ api, sign }: CycleDependencies, run: readonly Operation[], last: Operation) {
  const signature = await sign(`evertill-push:${last.chain}`)
  return call(() =>
    api.operations.push.mutate({
      protocol: PROTOCOL_VERSION,
      installId: last.installId,
      operations: run.map(({ installId: _, ...operation }) => operation),
      signature,
    }),
  )
}

type PushOutcome = Awaited<ReturnType<typeof sendRun>>

function answerOf(outcome: PushOutcome): PushAnswer | CycleEnd {
  if (outcome.kind === 'retry') return { kind: 'retry' }
  if (outcome.kind !== 'answer') return { kind: 'trouble', failure: outcome.failure }
  const result: unknown = outcome.value
  if (!(result instanceof Object) || !('ok' in result)) return { kind: 'retry' }
  if (!outcome.value.ok) return { kind: 'trouble', failure: outcome.value.failure }
  return readPushAnswer(outcome.value.value) ?? { kind: 'retry' }
}

/** Whether an answer brought anything on; without this a server that repeats itself would be asked without end. */
async function hasMoved({ store }: CycleDependencies, before: SyncRow): Promise<boolean> {
  const now = await store.loadSync()
  return now?.pushedSeq !== before.pushedSeq || now.forkAtSeq !== null || now.epoch !== before.epoch
}

async function pull(dependencies: CycleDependencies, deadline: number): Promise<CycleEnd> {
  const { store, clock } = dependencies
  for (;;) {
    const sync = await store.loadSync()
    if (sync === null) return done
    if (clock() > deadline) return { kind: 'more' }
    const end = sync.load === null ? await pullPage(dependencies, sync) : await loadPage(dependencies, sync)
    if (end !== 'next') return end
  }
}

async function pullPage(dependencies: CycleDependencies, sync: SyncRow): Promise<CycleEnd | 'next'> {
  const { api, store, clock } = dependencies
  const { epoch, cursor } = sync
  const request = { protocol: PROTOCOL_VERSION, epoch, cursor }
  const outcome = await withToken(dependencies, () => api.changes.pull.mutate(request))
  if (outcome.kind !== 'answer') return endOf(outcome)
  const answer = readPullAnswer(outcome.value)
  if (answer === null) return { kind: 'retry' }
  if (answer.kind === 'load-again' || showsLoss(sync, answer)) {
    await store.beginLoadAgain(sync, answer.epoch, clock())
    // [L5] Pushing begins again too.
    return { kind: 'more' }
  }
  await announce(dependencies, await store.applyPage(answer, clock()))
  return answer.next >= answer.head ? done : 'next'
}

async function loadPage(dependencies: CycleDependencies, sync: SyncRow): Promise<CycleEnd | 'next'> {
  const { api, store, clock } = dependencies
  const after = sync.load?.after ?? null
  const request = { protocol: PROTOCOL_VERSION, after }
  const outcome = await withToken(dependencies, () => api.changes.load.mutate(request))
  if (outcome.kind !== 'answer') return endOf(outcome)
  const answer = readLoadAnswer(outcome.value)
  if (answer === null) return { kind: 'retry' }
  if (answer.epoch !== sync.epoch) {
    await store.beginLoadAgain(sync, answer.epoch, clock())
    return { kind: 'more' }
  }
  await announce(dependencies, await store.applyLoadPage(after, answer, clock()))
  return 'next'
}

async function announce({ store, events }: CycleDependencies, applied: Applied | null): Promise<void> {
  if (applied === null) return
  const isLoading = (await store.loadSync())?.load !== null
  announceChanges(events, applied, isLoading)
}

/** With a token that has run out, the request is made once more with a new one. */
async function withToken<T>(
  { token, onAnswer }: CycleDependencies,
  request: () => Promise<T>,
): Promise<CallOutcome<T>> {
  if ((await token.get()) === null) {
    const refusal = token.refusal()
    return refusal ? { kind: 'failure', failure: refusal } : { kind: 'retry', failure: unreachable().failure }
  }
  const first = await call(request)
  const outcome = first.kind === 'unauthorised' ? await withNewToken(token, request) : first
  if (outcome.kind === 'answer') onAnswer()
  return outcome
}

function withNewToken<T>(token: DeviceToken, request: () => Promise<T>): Promise<CallOutcome<T>> {
  token.drop()
  return call(request)
}

function endOf(outcome: Exclude<CallOutcome<unknown>, { kind: 'answer' }>): CycleEnd {
  if (outcome.kind === 'retry') return { kind: 'retry' }
  return { kind: 'trouble', failure: outcome.kind === 'unauthorised' ? notAdmitted : outcome.failure }
}

const forked = failed(
  'sync/fork',
  'Another device has recorded sales under the name of this one.',
  'Keep selling, and tell the owner: this device must be enrolled again.',
).failure

const notAdmitted = failed(
  'sync/not-admitted',
  'This device is no longer admitted.',
  'Tell the owner. All sales stay on this device.',
).failure
