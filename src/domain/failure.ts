/** An expected failure. Thrown errors are for our own bugs only; everything a person can meet is one of these. */
export type Failure = {
  /** Stable code, `area/what`, e.g. `enrolment/code-expired`. Retry decisions look at this, never at the text. */
  readonly code: string
  /** What happened, for the person in front of it. */
  readonly sentence: string
  /** What to do now. */
  readonly mend: string
  /** Whether everything recorded so far is safe. */
  readonly dataSafe: boolean
}

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure }

export function success<T>(value: T): Result<T> {
  return { ok: true, value }
}

export function failed(
  code: string,
  sentence: string,
  mend: string,
  dataSafe = true,
): { ok: false; failure: Failure } {
  return { ok: false, failure: { code, sentence, mend, dataSafe } }
}
