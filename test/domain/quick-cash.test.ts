import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { roundCash } from '#domain/cash-rounding.ts'
import { currencyCodes } from '#domain/currency.ts'
import { changeDue, quickCash } from '#domain/quick-cash.ts'
import { currency } from './order-samples.ts'

describe('quickCash', () => {
  test.each([
    ['USD', 2337, [2337, 2400, 2500, 3000, 4000, 5000, 6000, 10_000]],
    ['USD', 300, [300, 500, 1000, 2000, 5000, 10_000]],
    ['USD', 2000, [2000, 5000, 10_000]],
    ['USD', 12_345, [12_345, 12_400, 12_500, 13_000, 14_000, 15_000, 16_000, 20_000]],
    ['CAD', 2337, [2335, 2400, 2500, 3000, 4000, 5000, 6000, 10_000]],
    ['JPY', 830, [830, 900, 1000, 5000, 10_000]],
    ['KWD', 1250, [1250, 2000, 5000, 10_000, 20_000, 50_000, 100_000]],
    ['SEK', 4950, [5000, 6000, 10_000, 20_000, 50_000]],
    ['USD', 0, []],
    ['USD', -500, []],
    ['SEK', 49, []],
  ])('in %s for %d offers %j', (code, dueMinor, expected) => {
    expect(quickCash(dueMinor, currency(code))).toEqual(expected)
  })

  test('offers the exact amount first, then more, ascending, at most eight', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000_000 }),
        fc.constantFrom(...currencyCodes),
        (dueMinor, code) => {
          const { roundedMinor } = roundCash(dueMinor, currency(code))
          const keys = quickCash(dueMinor, currency(code))
          expect(keys).toEqual([...new Set(keys)].toSorted((a, b) => a - b))
          expect(keys.length).toBeLessThanOrEqual(8)
          if (roundedMinor > 0) expect(keys[0]).toBe(roundedMinor)
        },
      ),
    )
  })
})

test('change is what was handed over above the amount due, and never negative', () => {
  expect(changeDue(2337, 3000)).toBe(663)
  expect(changeDue(2337, 2337)).toBe(0)
  expect(changeDue(2337, 2000)).toBe(0)
})
