import { failed, type Failure } from '#domain/failure.ts'
import type { CallOutcome } from '../transport/call.ts'
import type { CycleEnd } from './sync-ports.ts'

export const done: CycleEnd = { kind: 'done' }
export const more: CycleEnd = { kind: 'more' }
export const later: CycleEnd = { kind: 'retry', waitMs: 0 }

/** What came is of the protocol, or ends this part of the cycle. */
export type Heard<T> =
  { readonly kind: 'heard'; readonly answer: T } | { readonly kind: 'end'; readonly end: CycleEnd }

/** For procedures that answer plain data. `read` answers null for what is not the protocol's ([P6]). */
export function hear<T>(
  { onAnswer }: { readonly onAnswer: () => void },
  outcome: CallOutcome<unknown>,
  read: (came: unknown) => T | null,
): Heard<T> {
  if (outcome.kind !== 'answer') return { kind: 'end', end: endOf(outcome) }
  const answer = read(outcome.value)
  if (answer === null) return { kind: 'end', end: later }
  onAnswer()
  return { kind: 'heard', answer }
}

/** For procedures that answer a `Result`; its failure ends this part, but for those that another try mends. */
export function hearResult<T>(
  ports: { readonly onAnswer: () => void },
  outcome: CallOutcome<unknown>,
  read: (came: unknown) => T | null,
): Heard<T> {
  const heard = hear(ports, outcome, readResult)
  if (heard.kind === 'end') return heard
  const result = heard.answer
  if (!result.ok) {
    const { failure } = result
    return { kind: 'end', end: passing.has(failure.code) ? later : { kind: 'trouble', failure } }
  }
  const answer = read(result.value)
  return answer === null ? { kind: 'end', end: later } : { kind: 'heard', answer }
}

/** A batch that was damaged on its way is whole the next time. */
const passing = new Set(['push/damaged'])

function endOf(outcome: Exclude<CallOutcome<unknown>, { kind: 'answer' }>): CycleEnd {
  if (outcome.kind === 'retry') return { kind: 'retry', waitMs: outcome.waitMs ?? 0 }
  return { kind: 'trouble', failure: outcome.kind === 'unauthorised' ? notAdmitted : outcome.failure }
}

type ResultCame =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly failure: Failure }

function readResult(came: unknown): ResultCame | null {
  if (!(came instanceof Object) || !('ok' in came)) return null
  if (came.ok === true) return { ok: true, value: 'value' in came ? came.value : null }
  const failure = 'failure' in came ? came.failure : null
  const isFailure = failure instanceof Object && 'code' in failure && typeof failure.code === 'string'
  return isFailure ? { ok: false, failure: failure as Failure } : null
}

const notAdmitted = failed(
  'sync/not-admitted',
  'This device is no longer admitted.',
  'Tell the owner. All sales stay on this device.',
).failure
