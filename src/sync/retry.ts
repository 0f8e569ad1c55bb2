/** Why a request brought no answer of the protocol. */
export type RequestTrouble =
  /** Nothing came back: no network, refused, reset, name not found. */
  | { readonly kind: 'network' }
  | { readonly kind: 'timeout' }
  /** Something came back that the protocol does not know, such as a captive portal's page with status 200. */
  | { readonly kind: 'not-protocol' }
  | { readonly kind: 'status'; readonly status: number }

const FIRST_DELAY_MS = 1_000
const LONGEST_DELAY_MS = 60_000

/** [P6] Only what another try can mend is tried again. */
export function isRetryable(trouble: RequestTrouble): boolean {
  if (trouble.kind !== 'status') return true
  return trouble.status === 408 || trouble.status === 429 || trouble.status >= 500
}

/**
 * [P6] Exponential backoff: 1 s doubled per failure up to a minute, spread over its upper half so that a thousand
 * devices do not come back at once. `failures` ≥ 1 in a row; `chance` is 0…1.
 */
export function retryDelayMs(failures: number, chance: number): number {
  const fullMs = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(failures - 1, 16))
  return Math.round(fullMs / 2 + (fullMs / 2) * chance)
}

const EAGER_RECONNECTS = 600
const EAGER_RECONNECT_MS = 1_000
const LONGEST_RECONNECT_MS = 10_000

/**
 * How long to wait before the live socket is tried again. Opening one costs nothing but a packet, and it is how a device
 * learns that the server is back: twice a second in the first five minutes, then every five seconds on average. Spread over the whole delay,
 * so that a thousand devices come back one by one. `failures` ≥ 1 in a row; `chance` is 0…1.
 */
export function reconnectDelayMs(failures: number, chance: number): number {
  const fullMs = failures <= EAGER_RECONNECTS ? EAGER_RECONNECT_MS : LONGEST_RECONNECT_MS
  return Math.round(fullMs * chance)
}
