import { expect, test } from 'vitest'
import { byteText } from '../../../src/features/sync/byte-text.ts'

test.each([
  [0, '0 kB'],
  [412_300, '412 kB'],
  [3_440_000, '3.4 MB'],
  [56_000_000, '56 MB'],
  [1_200_000_000, '1.2 GB'],
  [2_000_000_000_000, '2,000 GB'],
])('%d bytes are %s', (bytes, text) => expect(byteText(bytes, 'en-US')).toBe(text))
