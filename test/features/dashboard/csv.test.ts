import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvOf, plainAmount } from '../../../src/features/dashboard/csv.ts'

describe('a saved table', () => {
  test('quotes what has a comma, a quote or a line break, and is known as UTF-8', () => {
    expect(
      csvOf({
        columns: ['Product', 'Net'],
        rows: [
          ['Beans, 250 g', 1],
          ['12" pizza\nlarge', 2],
        ],
      }),
    ).toBe('\uFEFFProduct,Net\r\n"Beans, 250 g",1\r\n"12"" pizza\nlarge",2\r\n')
  })

  test('a name that begins like a formula is text, a negative amount stays a number', () => {
    expect(csvOf({ columns: ['a'], rows: [['=1+1'], ['-12.30'], ['@sum'], [-5]] })).toBe(
      "\uFEFFa\r\n'=1+1\r\n-12.30\r\n'@sum\r\n-5\r\n",
    )
  })

  test('amounts are exact in every currency', () => {
    expect([plainAmount(5, 2), plainAmount(-1230, 2), plainAmount(1250, 0), plainAmount(-7, 3)]).toEqual([
      '0.05',
      '-12.30',
      '1250',
      '-0.007',
    ])
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.constantFrom(0, 2, 3), (minor, exponent) => {
        expect(BigInt(plainAmount(minor, exponent).replace('.', ''))).toBe(BigInt(minor))
      }),
    )
  })
})
