import { quantile } from '../bench/measure.ts'

export type Latencies = {
  readonly count: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
  readonly maxMs: number
}

export type ProcedureRow = Latencies & {
  readonly procedure: string
  /** Told to come back later; what was told is tried again and is no error. */
  readonly sentAway: number
  /** By kind: a time-out, a broken connection, a status. */
  readonly errors: Readonly<Record<string, number>>
}

/** Every request of the run, by procedure. */
export type Requests = {
  note(procedure: string, elapsedMs: number, status: number): void
  noteTrouble(procedure: string, elapsedMs: number, error: unknown): void
  rows(): ProcedureRow[]
}

type Kept = { answeredMs: number[]; sentAway: number; errors: Record<string, number> }

export function recordRequests(): Requests {
  const kept = new Map<string, Kept>()
  const of = (procedure: string): Kept => {
    const found = kept.get(procedure) ?? { answeredMs: [], sentAway: 0, errors: {} }
    kept.set(procedure, found)
    return found
  }
  const count = (procedure: string, kind: string): void => {
    const { errors } = of(procedure)
    errors[kind] = (errors[kind] ?? 0) + 1
  }
  return {
    note(procedure, elapsedMs, status) {
      if (status === 200) of(procedure).answeredMs.push(elapsedMs)
      else if (status === 503) of(procedure).sentAway += 1
      else count(procedure, `status ${status}`)
    },
    noteTrouble(procedure, _elapsedMs, error) {
      count(procedure, troubleOf(error))
    },
    rows: () =>
      [...kept].map(([procedure, { answeredMs, sentAway, errors }]) => ({
        procedure,
        ...latenciesOf(answeredMs),
        sentAway,
        errors,
      })),
  }
}

export function latenciesOf(elapsedMs: readonly number[]): Latencies {
  const at = (share: number): number => (elapsedMs.length === 0 ? 0 : Math.round(quantile(elapsedMs, share)))
  return { count: elapsedMs.length, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), maxMs: at(1) }
}

function troubleOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  if (error.message === 'Lost on purpose') return 'answer lost on purpose'
  return error.name === 'TimeoutError' || error.name === 'AbortError' ? 'time-out' : 'connection'
}
