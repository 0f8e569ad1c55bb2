import type { Result } from '#domain/failure.ts'
import { retryDelayMs } from '#sync/retry.ts'
import { callForResult } from '../transport/call.ts'

export type Patience = {
  /** Six tries are about half a minute without a network. */
  readonly mostTries: number
  /** Ends the waiting between two tries. */
  readonly mayStop?: AbortSignal
  /** How long to wait after the n-th failure in a row. */
  readonly delayMs?: ((failures: number) => number) | undefined
}

/** Makes a request that may safely arrive twice, again and again while another try can mend it ([P6]). */
export async function persistently<T>(
  request: () => Promise<Result<T>>,
  { mostTries, mayStop, delayMs = (failures) => retryDelayMs(failures, Math.random()) }: Patience,
): Promise<Result<T> | 'stopped'> {
  for (let tries = 1; ; tries += 1) {
    const answer = await callForResult(request)
    if (answer.ok || !passing.has(answer.failure.code) || tries === mostTries) return answer
    await pause(delayMs(tries), mayStop)
    if (mayStop?.aborted) return 'stopped'
  }
}

const passing = new Set(['network/unreachable', 'request/too-often'])

function pause(ms: number, mayStop: AbortSignal | undefined): Promise<void> {
  if (mayStop?.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    mayStop?.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
