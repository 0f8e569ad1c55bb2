import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allocateByLargestRemainder, divideRounded, mulDivRound, parseMoney } from '#domain/money.ts'

describe('mulDivRound', () => {
  test.each([
    [5, 1, 2, 3],
    [-5, 1, 2, -3],
    [4, 1, 3, 1],
    [5, 1, 3, 2],
    [0, 7, 3, 0],
    [-1, 1, 3, 0],
    [9_007_199_254_740_991, 9_007_199_254_740_991, 9_007_199_254_740_991, 9_007_199_254_740_991],
    [8_000_000_000_000_001, 3, 6, 4_000_000_000_000_001],
  ])('%d × %d ÷ %d is %d, ties away from zero', (a, b, divisor, expected) => {
    expect(mulDivRound(a, b, divisor)).toBe(expected)
  })

  test.each([
    [1, 2, 0],
    [3, 2, 2],
    [5, 2, 2],
    [-5, 2, -2],
    [7, 2, 4],
  ])('%d ÷ %d is %d, ties to even', (a, divisor, expected) => {
    expect(mulDivRound(a, 1, divisor, 'half-even')).toBe(expected)
  })

  test('is never further than half from the exact value, and mirrors', () => {
    const whole = fc.maxSafeInteger()
    const divisors = fc.integer({ min: 1, max: 2_000_000 })
    fc.assert(
      fc.property(
        whole,
        fc.integer(),
        divisors,
        fc.constantFrom('half-away' as const, 'half-even' as const),
        (a, b, divisor, ties) => {
          const exact = BigInt(a) * BigInt(b)
          fc.pre(exact / BigInt(divisor) < 2n ** 52n && exact / BigInt(divisor) > -(2n ** 52n))
          const rounded = mulDivRound(a, b, divisor, ties)
          const twiceOff = (BigInt(rounded) * BigInt(divisor) - exact) * 2n
          expect((twiceOff < 0n ? -twiceOff : twiceOff) <= BigInt(divisor)).toBe(true)
          expect(mulDivRound(0 - a, b, divisor, ties)).toBe(0 - rounded)
        },
      ),
    )
  })

  test('the short way for small products gives what exact division gives', () => {
    const small = fc.integer({ min: -90_000_000, max: 90_000_000 })
    fc.assert(
      fc.property(small, small, fc.integer({ min: 1, max: 2_000_000 }), (a, b, divisor) => {
        expect(BigInt(mulDivRound(a, b, divisor))).toBe(divideRounded(BigInt(a) * BigInt(b), BigInt(divisor)))
      }),
    )
  })

  test('refuses fractions, a divisor below one and results that a number can’t hold', () => {
    expect(() => mulDivRound(0.5, 1, 1)).toThrow(RangeError)
    expect(() => mulDivRound(1, 1, 0)).toThrow(RangeError)
    expect(() => mulDivRound(Number.MAX_SAFE_INTEGER, 2, 1)).toThrow(RangeError)
  })
})

describe('allocateByLargestRemainder', () => {
  const weights = fc.array(fc.integer({ min: 0, max: 1_000_000_000 }), { minLength: 1, maxLength: 12 })
  const totals = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 })
  const isSplittable = (total: number, parts: readonly number[]) =>
    total === 0 || parts.some((part) => part > 0)

  test.each([
    [100, [1, 1, 1], [34, 33, 33]],
    [-100, [1, 1, 1], [-34, -33, -33]],
    [2, [3, 3, 2], [1, 1, 0]],
    [1, [5, 0, 7], [0, 0, 1]],
    [10, [0, 0, 5], [0, 0, 10]],
    [0, [0, 0], [0, 0]],
    [1, [2, 2, 4], [0, 0, 1]],
    [2, [1, 3], [0, 2]],
    [-2, [3, 1], [-2, 0]],
  ])('%d over %j is %j', (total, parts, expected) => {
    expect(allocateByLargestRemainder(total, parts)).toEqual(expected)
  })

  test('the shares add up, mirror, stay within one of the proportion, and give nothing for no weight', () => {
    fc.assert(
      fc.property(totals, weights, (total, parts) => {
        fc.pre(isSplittable(total, parts))
        const shares = allocateByLargestRemainder(total, parts)
        const weightSum = BigInt(sum(parts))
        expect(sum(shares)).toBe(total)
        expect(allocateByLargestRemainder(0 - total, parts)).toEqual(shares.map((share) => 0 - share))
        for (const [index, part] of parts.entries()) {
          const off = BigInt(shares[index]!) * weightSum - BigInt(total) * BigInt(part)
          expect(off < weightSum || weightSum === 0n).toBe(true)
          expect(-off < weightSum || weightSum === 0n).toBe(true)
          if (part === 0) expect(shares[index]).toBe(0)
        }
      }),
    )
  })

  test('numbers come out as whole numbers of any length do', () => {
    const large = fc.array(fc.integer({ min: 0, max: Math.floor(Number.MAX_SAFE_INTEGER / 16) }), {
      minLength: 1,
      maxLength: 12,
    })
    fc.assert(
      fc.property(totals, fc.oneof(weights, large), (total, parts) => {
        fc.pre(isSplittable(total, parts))
        expect(allocateByLargestRemainder(total, parts)).toEqual(
          allocateByLargestRemainder(total, parts.map(BigInt)),
        )
      }),
    )
  })

  test('which share falls to which weight does not depend on their order', () => {
    const shuffled = weights.chain((parts) =>
      fc.tuple(fc.constant(parts), fc.shuffledSubarray(parts, { minLength: parts.length })),
    )
    fc.assert(
      fc.property(totals, shuffled, (total, [parts, otherOrder]) => {
        fc.pre(isSplittable(total, parts))
        const pairs = (list: readonly number[]) =>
          allocateByLargestRemainder(total, list)
            .map((share, index) => `${list[index]}: ${share}`)
            .toSorted()
        expect(pairs(parts)).toEqual(pairs(otherOrder))
      }),
    )
  })

  test('no share exceeds its weight when the total doesn’t exceed their sum', () => {
    fc.assert(
      fc.property(weights, fc.double({ min: 0, max: 1, noNaN: true }), (parts, fraction) => {
        const shares = allocateByLargestRemainder(Math.floor(sum(parts) * fraction), parts)
        for (const [index, share] of shares.entries()) expect(share).toBeLessThanOrEqual(parts[index]!)
      }),
    )
  })

  test('refuses a negative weight, and a total with nothing to split it by', () => {
    expect(() => allocateByLargestRemainder(5, [3, -1])).toThrow(RangeError)
    expect(() => allocateByLargestRemainder(5, [0, 0])).toThrow(RangeError)
    expect(() => allocateByLargestRemainder(5, [0.5, 1])).toThrow(RangeError)
  })
})

describe('parseMoney', () => {
  test.each([
    ['$1,234.50', 2, 123_450],
    ['1.234,50', 2, 123_450],
    ['1,234,567.89', 2, 123_456_789],
    ['12,34,567.00', 2, 123_456_700],
    ['CHF 1’234.50', 2, 123_450],
    ['1\u202f234,50 €', 2, 123_450],
    ['(5.00)', 2, -500],
    ['($5.00)', 2, -500],
    ['-$7.00', 2, -700],
    ['$-7.00', 2, -700],
    ['−7', 2, -700],
    ['+7', 2, 700],
    ['US$ 3', 2, 300],
    ['8.00 USD', 2, 800],
    ['.5', 2, 50],
    ['0,5', 2, 50],
    ['0.1000', 2, 10],
    ['1234.567', 3, 1_234_567],
    ['0.125', 3, 125],
    ['¥1,234', 0, 1234],
    ['-0.00', 2, 0],
    ['90071992547409.91', 2, 9_007_199_254_740_991],
  ])('reads %j with %d decimals as %d', (text, exponent, amountMinor) => {
    expect(parseMoney(text, exponent)).toEqual({ ok: true, value: amountMinor })
  })

  test.each([
    ['1,234', 2, 'money/ambiguous'],
    ['1.234', 3, 'money/ambiguous'],
    ['0.125', 2, 'money/too-precise'],
    ['0.5', 0, 'money/too-precise'],
    ['90071992547409.92', 2, 'money/too-large'],
    ['variable', 2, 'money/unreadable'],
    ['', 2, 'money/unreadable'],
    ['5.', 2, 'money/unreadable'],
    ['.', 2, 'money/unreadable'],
    ['(5.00', 2, 'money/unreadable'],
    ['5.00)', 2, 'money/unreadable'],
    ['-(5.00)', 2, 'money/unreadable'],
    ['--5', 2, 'money/unreadable'],
    ['1.2.3', 2, 'money/unreadable'],
    ['1,2345,678.00', 2, 'money/unreadable'],
    ['1 234’567.00', 2, 'money/unreadable'],
    ['1e5', 2, 'money/unreadable'],
    ['Infinity', 2, 'money/unreadable'],
  ])('refuses %j with %d decimals: %s', (text, exponent, code) => {
    expect(parseMoney(text, exponent)).toMatchObject({ ok: false, failure: { code } })
  })

  test('a known decimal mark settles what is ambiguous', () => {
    expect(parseMoney('1,234', 2, { decimalMark: '.' })).toMatchObject({ value: 123_400 })
    expect(parseMoney('1,234', 3, { decimalMark: ',' })).toMatchObject({ value: 1234 })
    expect(parseMoney('1,23', 2, { decimalMark: '.' })).toMatchObject({
      failure: { code: 'money/unreadable' },
    })
  })

  test('rounds half away from zero when asked', () => {
    expect(parseMoney('0.125', 2, { isRounded: true })).toMatchObject({ value: 13 })
    expect(parseMoney('(0.125)', 2, { isRounded: true })).toMatchObject({ value: -13 })
    expect(parseMoney('0.1249', 2, { isRounded: true })).toMatchObject({ value: 12 })
  })

  test('reads every amount that was written plainly', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.constantFrom(0, 2, 3), (amountMinor, exponent) => {
        expect(parseMoney(written(amountMinor, exponent), exponent, { decimalMark: '.' })).toEqual({
          ok: true,
          value: amountMinor,
        })
      }),
    )
  })
})

function written(amountMinor: number, exponent: number): string {
  const digits = String(Math.abs(amountMinor)).padStart(exponent + 1, '0')
  const sign = amountMinor < 0 ? '-' : ''
  if (exponent === 0) return sign + digits
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0)
}
