import { describe, expect, test } from 'vitest'
import { currencyCodes, currencyOf } from '#domain/currency.ts'

describe('currencyOf', () => {
  test.each([
    ['USD', 2, 1],
    ['EUR', 2, 1],
    ['JPY', 0, 1],
    ['KWD', 3, 1],
    ['CHF', 2, 5],
    ['CAD', 2, 5],
    ['NZD', 2, 10],
    ['SEK', 2, 100],
  ])('%s has %d decimals and a smallest coin of %d', (code, exponent, cashRoundingMinor) => {
    expect(currencyOf(code)).toEqual({ ok: true, value: { code, exponent, cashRoundingMinor } })
  })

  test('small letters and spaces around the code don’t matter; unknown codes fail', () => {
    expect(currencyOf(' usd ')).toMatchObject({ value: { code: 'USD' } })
    expect(currencyOf('ABC')).toMatchObject({ failure: { code: 'currency/unknown' } })
    expect(currencyOf('')).toMatchObject({ failure: { code: 'currency/unknown' } })
  })

  test('every code is one of the platform’s, which knows most of their decimals from CLDR', () => {
    const known = new Set(Intl.supportedValuesOf('currency'))
    expect(currencyCodes.filter((code) => !known.has(code))).toEqual([])
    expect(currencyCodes).toEqual([...new Set(currencyCodes)].toSorted())
    const differing = currencyCodes.filter((code) => {
      const digits = new Intl.NumberFormat('en', { style: 'currency', currency: code }).resolvedOptions()
        .maximumFractionDigits
      const found = currencyOf(code)
      return found.ok && found.value.exponent !== digits
    })
    expect(differing.filter((code) => !shownWithFewerDecimals.has(code))).toEqual([])
  })
})

/** ISO 4217 gives these two or three decimals; CLDR shows none, as is the custom. */
const shownWithFewerDecimals = new Set(
  'ALL AMD COP CRC HUF IDR IQD KZT LAK LBP MMK MUR PKR RSD TZS UZS AOA'.split(' '),
)
