import { expect, test } from 'vitest'
import { heardWords } from '../../../src/features/registers/heard-words.ts'

const nowMs = Date.parse('2026-03-03T14:07:00')
const minuteMs = 60_000
const device = {
  ...{ installId: 'i', enrolledAt: 0, lastSeq: 0, unsentCount: 0 },
  ...{ appVersion: null, forkedAt: null, revokedAt: null },
}
const words = (heardAt: number | null) => heardWords({ ...device, heardAt }, nowMs, 'en-US')

test('a register without a device is not silent', () => {
  expect(heardWords(null, nowMs, 'en-US')).toEqual({ kind: 'no-device', text: 'No device yet' })
})

test('a device that never spoke', () => expect(words(null)).toEqual({ kind: 'never', text: 'Not heard yet' }))

test('heard lately', () => {
  expect(words(nowMs)).toEqual({ kind: 'heard', text: 'Heard just now' })
  expect(words(nowMs - 10 * minuteMs)).toEqual({ kind: 'heard', text: 'Heard 10 min ago' })
})

test('a clock behind the other is no news from the future', () => {
  expect(words(nowMs + 5 * minuteMs).text).toBe('Heard just now')
})

test('silent: since when, and how long', () => {
  expect(words(nowMs - 42 * minuteMs)).toEqual({ kind: 'silent', text: 'Silent since 1:25 PM, 42 min' })
  expect(words(nowMs - 4 * 24 * 60 * minuteMs)).toEqual({ kind: 'silent', text: 'Silent since Fri, Feb 27' })
})
