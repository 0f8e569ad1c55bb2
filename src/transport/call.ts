import { TRPCClientError } from '@trpc/client'
import { failed, type Failure, type Result } from '#domain/failure.ts'
import { isRetryable, type RequestTrouble } from '#sync/retry.ts'

export type CallOutcome<T> =
  | { readonly kind: 'answer'; readonly value: T }
  /** [P6] The same request may work later; not before `waitMs`, where the server said so. */
  | { readonly kind: 'retry'; readonly failure: Failure; readonly waitMs?: number }
  /** The device's token or the owner's session is missing or has run out. */
  | { readonly kind: 'unauthorised'; readonly failure: Failure }
  /** Another try brings the same. */
  | { readonly kind: 'failure'; readonly failure: Failure }

/** Makes a request and sorts what came of it. Throws nothing. */
export async function call<T>(request: () => Promise<T>): Promise<CallOutcome<T>> {
  try {
    return { kind: 'answer', value: await request() }
  } catch (error) {
    return outcomeOf(troubleOf(error), retryAfterMs(error))
  }
}

/** For procedures that answer a `Result`: the request's failures and the answer's become one. */
export async function callForResult<T>(request: () => Promise<Result<T>>): Promise<Result<T>> {
  const outcome = await call(request)
  if (outcome.kind !== 'answer') return { ok: false, failure: outcome.failure }
  return isResult(outcome.value) ? outcome.value : unreachable()
}

/** For procedures that answer plain data. */
export async function callForValue<T>(request: () => Promise<T>): Promise<Result<T>> {
  const outcome = await call(request)
  return outcome.kind === 'answer'
    ? { ok: true, value: outcome.value }
    : { ok: false, failure: outcome.failure }
}

export function unreachable(): { ok: false; failure: Failure } {
  return failed(
    'network/unreachable',
    'There is no connection right now.',
    'Try again when the network is back. What is on this device stays.',
  )
}

/** A tRPC error carries `data.httpStatus`; without it the answer, if there was one, was not the protocol's. */
function troubleOf(error: unknown): RequestTrouble {
  if (!(error instanceof TRPCClientError)) return { kind: 'network' }
  const data: unknown = error.data
  if (data instanceof Object && 'httpStatus' in data && typeof data.httpStatus === 'number')
    return { kind: 'status', status: data.httpStatus }
  const name = error.cause?.name
  if (name === 'TimeoutError' || name === 'AbortError') return { kind: 'timeout' }
  return error.meta?.response ? { kind: 'not-protocol' } : { kind: 'network' }
}

const LONGEST_WAIT_MS = 5 * 60_000

/** A server that admits nobody for now says for how many seconds; 0 where nothing is said. */
function retryAfterMs(error: unknown): number {
  if (!(error instanceof TRPCClientError)) return 0
  const response = error.meta?.response
  if (!(response instanceof Response) || ![429, 503].includes(response.status)) return 0
  const seconds = Number(response.headers.get('retry-after'))
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds * 1000, 0), LONGEST_WAIT_MS) : 0
}

function outcomeOf(trouble: RequestTrouble, waitMs: number): Exclude<CallOutcome<never>, { kind: 'answer' }> {
  const isTooOften = trouble.kind === 'status' && trouble.status === 429
  if (isRetryable(trouble)) {
    const { failure } = isTooOften ? { failure: tooOften } : unreachable()
    return waitMs > 0 ? { kind: 'retry', failure, waitMs } : { kind: 'retry', failure }
  }
  if (trouble.kind === 'status' && trouble.status === 401) return unauthorised
  return { kind: 'failure', failure: refused }
}

const unauthorised = {
  kind: 'unauthorised',
  failure: failed('session/none', 'Nobody is signed in here.', 'Sign in with your e-mail and password.')
    .failure,
} as const

const tooOften = failed(
  'request/too-often',
  'Those were too many tries.',
  'Wait a minute and try again.',
).failure

const refused = failed(
  'request/refused',
  'The other side did not take this.',
  'Reload the page. If it stays, tell the person who runs Evertill.',
).failure

function isResult(value: unknown): boolean {
  return value instanceof Object && 'ok' in value && typeof value.ok === 'boolean'
}
