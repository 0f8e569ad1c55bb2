import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { roundCash } from '#domain/cash-rounding.ts'
import { currency } from './order-samples.ts'

describe('roundCash', () => {
  test.each([
    ['CAD', 1002, 1000],
    ['CAD', 1003, 1005],
    ['CHF', 997, 995],
    ['CHF', 998, 1000],
    ['NZD', 1005, 1010],
    ['NZD', -1005, -1010],
    ['SEK', 1049, 1000],
    ['SEK', 1050, 1100],
    ['USD', 1003, 1003],
    ['JPY', 103, 103],
    ['SEK', 49, 0],
    ['SEK', -49, 0],
  ])('in %s %d is paid as %d', (code, amountMinor, roundedMinor) => {
    expect(roundCash(amountMinor, currency(code))).toEqual({
      roundedMinor,
      roundingMinor: roundedMinor - amountMinor,
    })
  })

  test('the rounding is at most half a coin, and money back mirrors money taken', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 500 }), (amountMinor, cashRoundingMinor) => {
        const { roundedMinor, roundingMinor } = roundCash(amountMinor, { cashRoundingMinor })
        expect(Math.abs(roundingMinor) * 2).toBeLessThanOrEqual(cashRoundingMinor)
        expect(roundedMinor % cashRoundingMinor === 0).toBe(true)
        expect(amountMinor + roundingMinor).toBe(roundedMinor)
        expect(roundCash(0 - amountMinor, { cashRoundingMinor }).roundedMinor).toBe(0 - roundedMinor)
      }),
    )
  })
})
