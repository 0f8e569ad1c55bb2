import { expect, test } from 'vitest'
import { brokenWords } from '../../../src/features/registers/broken-words.ts'

test.each([
  ['gap', 'Operation 1,234 is missing.'],
  ['hash', 'Operation 1,234 was changed after its device wrote it.'],
  ['chain', 'Operation 1,234 does not follow the one before it.'],
  ['signature', 'The signature at operation 1,234 is not that of the device.'],
  ['head', 'The journal ends before operation 1,234, which had arrived.'],
] as const)('[I3] a journal that is broken by a %s says where', (reason, words) => {
  expect(brokenWords({ seq: 1234, reason }, 'en-US')).toBe(words)
})
