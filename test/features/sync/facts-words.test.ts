import { expect, test } from 'vitest'
import { clockWords, digestWords } from '../../../src/features/sync/facts-words.ts'

test.each([
  [null, 'Not compared yet'],
  [900, 'Right to the second'],
  [-1900, '2 seconds behind'],
  [61_000, '1 minute ahead'],
  [-3 * 3_600_000, '3 hours behind'],
  [365 * 86_400_000, '365 days ahead'],
])('a clock that is %s ms ahead: %s', (aheadMs, words) => {
  expect(clockWords(aheadMs, 'en-US')).toBe(words)
})

test('[I9] whether this device shows what the business holds, and when that was compared', () => {
  const nowMs = new Date(2026, 2, 3, 14, 7).getTime()
  const at = nowMs - 5 * 60_000
  expect(digestWords(null, nowMs, 'en-US').text).toBe('Not compared yet')
  expect(digestWords({ at, isEqual: true }, nowMs, 'en-US')).toEqual({
    text: 'Equal, 2:02 PM (5 min)',
    note: undefined,
  })
  expect(digestWords({ at, isEqual: false }, nowMs, 'en-US').note).toBe(
    'This device reads everything again; nothing on it is lost.',
  )
})
