import { expect, test } from 'vitest'
import { readinessWords, worstFirst } from '../../../src/features/sync/readiness-words.ts'
import type { ReadinessCheck } from '../../../src/worker/api-device.ts'

const check = (key: ReadinessCheck['key'], state: ReadinessCheck['state']): ReadinessCheck => ({
  ...{ key, state, sentence: '', mend: null },
})
const checks = [check('catalogue', 'ok'), check('clock', 'attention'), check('keys', 'missing')]

test('what somebody has to do stands on top', () => {
  expect(worstFirst(checks).map(({ key }) => key)).toEqual(['keys', 'clock', 'catalogue'])
})

test('a word for the whole', () => {
  expect(readinessWords({ checks })).toBe('1 missing, 1 worth a look')
  expect(readinessWords({ checks: checks.slice(0, 1) })).toBe('all in order')
})
