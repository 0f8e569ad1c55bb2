import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decideDecimalMark } from '../../src/import/decimal-mark.ts'
import { parseDecimal, product, roundedTo, sum } from '../../src/import/decimal.ts'
import type { DecimalMark } from '../../src/import/decimal.ts'

function read(text: string, mark: DecimalMark): string | null {
  const value = parseDecimal(text, mark)
  if (!value) return null
  return `${value.units}e-${value.scale}`
}

describe('parseDecimal', () => {
  test.each([
    ['3', '.', '3e-0'],
    ['0.8', '.', '8e-1'],
    ['26.1415', '.', '261415e-4'],
    ['$1,234.50', '.', '123450e-2'],
    ['-$7.00', '.', '-700e-2'],
    ['$-7.00', '.', '-700e-2'],
    ['(7.00)', '.', '-700e-2'],
    ['($7.00)', '.', '-700e-2'],
    ['7.00-', '.', '-700e-2'],
    ['−7', '.', '-7e-0'],
    ['12,34,567.5', '.', '12345675e-1'],
    ['.5', '.', '5e-1'],
    ['1.234,50 €', ',', '123450e-2'],
    ['1 234,50 kr', ',', '123450e-2'],
    ["CHF 1'234.50", '.', '123450e-2'],
    ['US$5.00', '.', '500e-2'],
    ['1,234', '.', '1234e-0'],
    ['1,234', ',', '1234e-3'],
  ] as const)('reads %j with %j', (text, mark, expected) => {
    expect(read(text, mark)).toBe(expected)
  })

  test.each(['', '-', '7.48E+11', 'variable', '1,23', '1.2.3', '--7', '(-7)', '1,2345', '5 for 3', '50%'])(
    'refuses %j',
    (text) => {
      expect(read(text, '.')).toBeNull()
    },
  )

  test('reads exactly what any amount of cents is written as', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 12), max: 10 ** 12 }), (cents) => {
        const text = (cents / 100).toLocaleString('en-US', { style: 'currency', currency: 'USD' })
        const value = parseDecimal(text, '.')
        expect(value && roundedTo(value, 2)).toBe(cents === 0 ? 0 : cents)
      }),
    )
  })
})

describe('roundedTo', () => {
  test('rounds half away from zero and is exact where floats are not', () => {
    expect(roundedTo({ units: 1005n, scale: 3 }, 2)).toBe(101)
    expect(roundedTo({ units: -1005n, scale: 3 }, 2)).toBe(-101)
    expect(roundedTo({ units: 1004n, scale: 3 }, 2)).toBe(100)
    expect(roundedTo(product({ units: 11n, scale: 1 }, { units: 11n, scale: 1 }), 2)).toBe(121)
    expect(sum({ units: 1n, scale: 1 }, { units: 2n, scale: 2 })).toEqual({ units: 12n, scale: 2 })
    expect(roundedTo({ units: 10n ** 20n, scale: 0 }, 2)).toBeNull()
  })
})

describe('decideDecimalMark', () => {
  test.each([
    [['1,234', '3.5'], '.'],
    [['1.234', '3,5'], ','],
    [['1,234,567'], '.'],
    [['0,800'], ','],
    [['1.234,50'], ','],
    [['12', '-$3.00'], '.'],
    [['12', 'free'], '.'],
  ] as const)('decides %j', (values, mark) => {
    expect(decideDecimalMark([values])).toEqual({ ambiguous: false, value: mark })
  })

  test('one column decides for the others: a file has one way of writing', () => {
    expect(decideDecimalMark([['1,000'], ['3.50']])).toEqual({ ambiguous: false, value: '.' })
  })

  test('never guesses when nothing tells or amounts speak for both', () => {
    expect(decideDecimalMark([['1,234', '2,500']])).toEqual({ ambiguous: true, examples: ['1,234', '2,500'] })
    expect(decideDecimalMark([['3.5', '3,5']])).toMatchObject({ ambiguous: true })
  })
})
