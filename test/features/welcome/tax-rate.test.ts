import { describe, expect, test } from 'vitest'
import { scaledRate } from '#domain/rate.ts'
import { readTaxRate } from '../../../src/features/welcome/tax-rate.ts'

describe('readTaxRate', () => {
  test.each([
    ['8.25', 825],
    ['8,25 %', 825],
    ['19%', 1900],
    [' 7. ', 700],
    ['0', 0],
    ['100', 10_000],
    ['0.01', 1],
    ['9.975', 997.5],
    ['0.0001', 0.01],
  ])('%j is %d basis points', (text, basisPoints) => expect(readTaxRate(text)).toBe(basisPoints))

  test.each(['', '%', '.5', '8.25.1', '-1', '1e1', '101', '100.0001', '8.25001', 'eight', '８'])(
    '%j is not a rate',
    (text) => expect(readTaxRate(text)).toBeNull(),
  )

  test('every answer is a rate that the domain takes', () => {
    for (let millionths = 0; millionths <= 1_000_000; millionths += 97) {
      const text = `${Math.floor(millionths / 10_000)}.${String(millionths % 10_000).padStart(4, '0')}`
      expect(scaledRate(readTaxRate(text)!)).toBe(millionths)
    }
  })
})
