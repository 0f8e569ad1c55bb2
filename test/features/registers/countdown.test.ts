import { expect, test } from 'vitest'
import { countdownText } from '../../../src/features/registers/countdown.ts'

test.each([
  [600_000, '10:00'],
  [599_001, '10:00'],
  [599_000, '9:59'],
  [65_000, '1:05'],
  [1, '0:01'],
  [0, '0:00'],
  [-5000, '0:00'],
])('%d ms are %s', (leftMs, text) => expect(countdownText(leftMs)).toBe(text))
