import { expect, test } from 'vitest'
import { drillWords } from '../../../src/app/till/drill-words.ts'
import type { ReadinessCheck } from '../../../src/worker/api-device.ts'

const ok: ReadinessCheck = { key: 'journal', state: 'ok', sentence: '', mend: null }
const worthALook: ReadinessCheck = { ...ok, key: 'clock', state: 'attention' }

test('what a practice outage showed', () => {
  expect(drillWords({ operations: 3, checks: [ok] })).toBe('3 sales, everything in order.')
  expect(drillWords({ operations: 1, checks: [ok, worthALook] })).toBe('1 sale, 1 thing to look at.')
  expect(drillWords({ operations: 0, checks: [worthALook, worthALook] })).toBe(
    'Nothing was sold, 2 things to look at.',
  )
})
