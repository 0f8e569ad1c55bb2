import { expect, test } from 'vitest'
import { currencyCodes } from '#domain/currency.ts'
import { localCurrency } from '../../../src/features/welcome/local-currency.ts'

test.each([
  ['en-US', 'USD'],
  ['en-GB', 'GBP'],
  ['de', 'EUR'],
  ['de-CH', 'CHF'],
  ['fr-CA', 'CAD'],
  ['ja', 'JPY'],
  ['ar-KW', 'KWD'],
  ['fr-SN', 'XOF'],
  ['es-EC', 'USD'],
  ['bg', 'EUR'],
  ['en', 'USD'],
  ['not a tag', 'USD'],
])('%s has %s', (tag, code) => expect(localCurrency(tag)).toBe(code))

test('every guess is a currency that stores can use', () => {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  for (const region of letters.flatMap((one) => letters.map((other) => one + other)))
    expect(currencyCodes).toContain(localCurrency(`en-${region}`))
})
