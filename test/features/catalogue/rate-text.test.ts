import { describe, expect, test } from 'vitest'
import { rateText, readRate } from '../../../src/features/catalogue/rate-text.ts'

describe('readRate', () => {
  test.each([
    ['8.25', 825],
    ['8,25 %', 825],
    ['9.975', 997.5],
    ['0', 0],
    ['100', 10_000],
    ['٨٫٢٥٪', 825],
  ])('%s is %d basis points', (text, basisPoints) => expect(readRate(text)).toBe(basisPoints))

  test.each(['', '100.01', '8.12345', '-1', 'eight'])('%s is none', (text) =>
    expect(readRate(text)).toBeNull(),
  )
})

test.each([
  [825, 'en-US', '8.25'],
  [825, 'de-DE', '8,25'],
  [997.5, 'en-US', '9.975'],
  [2000, 'en-US', '20'],
  [5, 'en-US', '0.05'],
  [0, 'en-US', '0'],
])('%d basis points in %s', (basisPoints, locale, text) => {
  expect(rateText(basisPoints, locale)).toBe(text)
  expect(readRate(text)).toBe(basisPoints)
})
