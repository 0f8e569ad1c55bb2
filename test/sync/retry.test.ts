import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isRetryable, reconnectDelayMs, retryDelayMs } from '#sync/retry.ts'

describe('retry', () => {
  test.each(['network', 'timeout', 'not-protocol'] as const)('[P6] %s is retried', (kind) => {
    expect(isRetryable({ kind })).toBe(true)
  })

  test.each([
    [408, true],
    [429, true],
    [500, true],
    [503, true],
    [400, false],
    [401, false],
    [403, false],
    [404, false],
    [413, false],
  ])('[P6] status %i: %s', (status, expected) => {
    expect(isRetryable({ kind: 'status', status })).toBe(expected)
  })

  test('[P6] delays double from a second to a minute, spread over their upper half', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 50].map((failures) => retryDelayMs(failures, 1))).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000,
    ])
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (failures, chance) => {
          const fullMs = retryDelayMs(failures, 1)
          const delayMs = retryDelayMs(failures, chance)
          expect(delayMs).toBeGreaterThanOrEqual(fullMs / 2)
          expect(delayMs).toBeLessThanOrEqual(fullMs)
        },
      ),
    )
  })

  test('a live socket is tried again within a second at first, later within ten, spread from nothing on', () => {
    expect([1, 600, 601, 5_000].map((failures) => reconnectDelayMs(failures, 1))).toEqual([
      1_000, 1_000, 10_000, 10_000,
    ])
    expect(reconnectDelayMs(1, 0)).toBe(0)
    expect(reconnectDelayMs(601, 0.5)).toBe(5_000)
  })
})
