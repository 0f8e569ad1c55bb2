import { describe, expect, test } from 'vitest'
import { type PriceFormat, priceText, readPrice } from '../../../src/features/catalogue/price-text.ts'

const dollars: PriceFormat = { code: 'USD', exponent: 2, locale: 'en-US' }
const euros: PriceFormat = { code: 'EUR', exponent: 2, locale: 'de-DE' }
const yen: PriceFormat = { code: 'JPY', exponent: 0, locale: 'ja-JP' }
const dinars: PriceFormat = { code: 'BHD', exponent: 3, locale: 'ar-BH' }

describe('readPrice', () => {
  test.each([
    ['4.5', dollars, 450],
    ['1,250', dollars, 125_000],
    ['$ 1,250.05', dollars, 125_005],
    ['-0.50', dollars, -50],
    ['4,5', euros, 450],
    ['1.250', euros, 125_000],
    ['12.50', euros, 1250],
    ['1,250', yen, 1250],
    ['١٫٢٥٠', dinars, 1250],
  ])('%s', (text, format, priceMinor) =>
    expect(readPrice(text, format)).toEqual({ ok: true, value: priceMinor }),
  )

  test.each([
    ['', dollars],
    ['free', dollars],
    ['4.505', dollars],
    ['1.5', yen],
  ])('%s is refused', (text, format) => expect(readPrice(text, format).ok).toBe(false))

  test('amounts that no binary fraction holds are exact', () =>
    expect(readPrice('90071992547409.91', dollars)).toEqual({ ok: true, value: 9_007_199_254_740_991 }))
})

test.each([dollars, euros, yen, dinars, { ...dollars, locale: 'de-CH' }, { ...dollars, locale: 'fr-FR' }])(
  'what is written for $code in $locale is read back',
  (format) => {
    for (const priceMinor of [0, 5, 50, 999, 123_456_789, -80])
      expect(readPrice(priceText(priceMinor, format), format)).toEqual({ ok: true, value: priceMinor })
  },
)
