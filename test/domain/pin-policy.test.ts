import { describe, expect, test } from 'vitest'
import { pinThrottle } from '#domain/pin-policy.ts'

const at = 1_750_000_000_000

describe('pinThrottle', () => {
  test.each([
    [0, 3],
    [1, 2],
    [2, 1],
  ])('after %d wrong PINs %d tries are left', (failures, triesLeft) => {
    const lastFailureAt = failures === 0 ? null : at
    expect(pinThrottle({ failures, lastFailureAt, now: at })).toMatchObject({
      allowed: true,
      triesLeft,
      waitMs: 0,
    })
  })

  test.each([
    [3, 30],
    [4, 60],
    [5, 120],
    [6, 240],
    [7, 480],
    [8, 900],
    [9, 900],
    [5000, 900],
  ])('after %d wrong PINs the wait is %d s, then one try', (failures, seconds) => {
    const waitMs = seconds * 1000
    const seen = (elapsedMs: number) => pinThrottle({ failures, lastFailureAt: at, now: at + elapsedMs })
    expect(seen(0)).toMatchObject({ allowed: false, triesLeft: 0, waitMs })
    expect(seen(waitMs - 1)).toMatchObject({ allowed: false, waitMs: 1 })
    expect(seen(waitMs)).toMatchObject({ allowed: true, triesLeft: 1, waitMs: 0 })
  })

  test('a clock set back by a year makes nobody wait longer than the wait', () => {
    const yearBack = at - 365 * 86_400_000
    const first = pinThrottle({ failures: 3, lastFailureAt: at, now: yearBack })
    expect(first).toEqual({ allowed: false, triesLeft: 0, waitMs: 30_000, lastFailureAt: yearBack })
    const later = pinThrottle({ failures: 3, lastFailureAt: first.lastFailureAt, now: yearBack + 30_000 })
    expect(later.allowed).toBe(true)
  })
})
