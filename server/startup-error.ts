import type { Failure } from '#domain/failure.ts'

/**
 * Something the person who starts the program has to put right. The entry points print its failure plainly,
 * without a stack, and exit with 1; no request ever sees one.
 */
export class StartupError extends Error {
  readonly failure: Failure

  constructor(failure: Failure, cause?: unknown) {
    super(`${failure.sentence} ${failure.mend}`, { cause })
    this.name = 'StartupError'
    this.failure = failure
  }
}

/** Two plain lines for the terminal: what happened, and what to do. */
export function formatFailure(failure: Failure): string {
  return `  ${failure.sentence}\n    → ${failure.mend}`
}
