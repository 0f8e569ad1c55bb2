import { describe, expect, test } from 'vitest'
import {
  formatAge,
  formatDate,
  formatMoney,
  formatNumber,
  formatPercent,
  formatTime,
  moneyParts,
} from '../../src/ui/format.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

describe('formatMoney', () => {
  test.each([
    [3837, 'USD', 2, '$38.37'],
    [5, 'USD', 2, '$0.05'],
    [0, 'USD', 2, '$0.00'],
    [1250, 'JPY', 0, '¥1,250'],
    [1_204_730, 'USD', 2, '$12,047.30'],
  ])('writes %i of %s with %i decimals as %s', (minor, currency, exponent, text) => {
    expect(formatMoney(minor, currency, exponent, 'en-US')).toBe(text)
  })

  test('three decimals stay three', () => {
    expect(formatMoney(1250, 'KWD', 3, 'en-US', { symbol: false })).toBe('1.250')
  })

  test('the minus is U+2212 and stands before the symbol', () => {
    expect(formatMoney(-90, 'USD', 2, 'en-US')).toBe('−$0.90')
    expect(formatMoney(-90, 'USD', 2, 'en-US', { symbol: false })).toBe('−0.90')
  })

  test('zero never has a sign', () => {
    expect(formatMoney(-0, 'USD', 2, 'en-US')).toBe('$0.00')
    expect(formatMoney(0, 'USD', 2, 'en-US', { sign: 'always' })).toBe('$0.00')
    expect(formatMoney(450, 'USD', 2, 'en-US', { sign: 'always' })).toBe('+$4.50')
  })

  test('large amounts keep their cents, where a division would lose them', () => {
    expect(formatMoney(9_007_199_254_740_991, 'USD', 2, 'en-US')).toBe('$90,071,992,547,409.91')
  })

  test('estimates are written without cents', () => {
    expect(formatMoney(1_760_049, 'USD', 2, 'en-US', { whole: true })).toBe('$17,600')
  })

  test('follows the locale', () => {
    expect(formatMoney(1_234_50, 'EUR', 2, 'de-DE')).toBe('1.234,50\u00a0€')
  })
})

describe('moneyParts', () => {
  test('parts whole amount, cents and what follows', () => {
    expect(moneyParts(1_204_730, 'USD', 2, 'en-US')).toEqual({ lead: '$12,047', cents: '.30', trail: '' })
    expect(moneyParts(123_450, 'EUR', 2, 'de-DE')).toEqual({ lead: '1.234', cents: ',50', trail: '\u00a0€' })
    expect(moneyParts(1250, 'JPY', 0, 'en-US')).toEqual({ lead: '¥1,250', cents: '', trail: '' })
  })
})

describe('formatNumber and formatPercent', () => {
  test('write the true minus and the decimals asked for', () => {
    expect(formatNumber(-1234.5, 'en-US', { decimals: 1 })).toBe('−1,234.5')
    expect(formatNumber(1906, 'en-US')).toBe('1,906')
    expect(formatPercent(0.684, 'en-US')).toBe('68.4%')
    expect(formatPercent(-0.014, 'en-US')).toBe('−1.4%')
  })
})

describe('formatDate and formatTime', () => {
  test('take the zone of the store', () => {
    const at = Date.UTC(2025, 10, 20, 19, 7)
    expect(formatDate(at, 'en-US', 'day', 'America/New_York')).toBe('Thu, Nov 20')
    expect(formatTime(at, 'en-US', 'America/New_York').replace('\u202f', ' ')).toBe('2:07 PM')
  })
})

describe('formatAge', () => {
  const nowMs = Date.UTC(2025, 10, 20, 12)

  test.each([
    [20_000, 'now'],
    [42 * MINUTE_MS, '42 min'],
    [59.9 * MINUTE_MS, '59 min'],
    [3.4 * HOUR_MS, '3 h'],
    [48 * HOUR_MS, 'since Tue'],
    [17 * 24 * HOUR_MS, 'since Nov 3'],
  ])('writes %i ms as %s', (ageMs, text) => {
    expect(formatAge(ageMs, { nowMs })).toBe(text)
  })
})
