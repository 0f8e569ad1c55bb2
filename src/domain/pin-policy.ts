export type PinFailures = {
  /** Wrong PINs in a row; a right one sets it to 0. */
  readonly failures: number
  /** By the device's clock, ms; null when there was none. */
  readonly lastFailureAt: number | null
  readonly now: number
}

export type PinThrottle = {
  readonly allowed: boolean
  /** Wrong PINs until the next wait. */
  readonly triesLeft: number
  /** 0 when a try is allowed. */
  readonly waitMs: number
  /** To be stored in place of the given one: pulled back to now when the clock was set back, so that no wait outlasts its length. */
  readonly lastFailureAt: number | null
}

/**
 * Three tries, then 30 s; each further wrong PIN has one try and doubles the wait, up to 15 minutes.
 * A clock that is set forward ends a wait: a device without network has nothing better to measure by.
 */
export function pinThrottle({ failures, lastFailureAt, now }: PinFailures): PinThrottle {
  if (failures < freeTries || lastFailureAt === null)
    return { allowed: true, triesLeft: Math.max(freeTries - failures, 1), waitMs: 0, lastFailureAt }
  const failedAt = Math.min(lastFailureAt, now)
  const lengthMs = Math.min(firstWaitMs * 2 ** (failures - freeTries), longestWaitMs)
  const waitMs = Math.max(failedAt + lengthMs - now, 0)
  const allowed = waitMs === 0
  return { allowed, triesLeft: allowed ? 1 : 0, waitMs, lastFailureAt: failedAt }
}

const freeTries = 3
const firstWaitMs = 30_000
const longestWaitMs = 15 * 60_000
