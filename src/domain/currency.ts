import { failed, success } from './failure.ts'
import type { Result } from './failure.ts'

/**
 * A currency as a store uses it. `exponent` is ISO 4217's number of decimals (JPY 0, USD 2, KWD 3);
 * `cashRoundingMinor` is the smallest coin in minor units (5 for CAD and CHF, 1 where nothing is rounded).
 */
export type Currency = {
  readonly code: string
  readonly exponent: 0 | 2 | 3
  readonly cashRoundingMinor: number
}

/** The codes `currencyOf` knows, in alphabetical order. Source of codes and exponents: ISO 4217, list one. */
export const currencyCodes: readonly string[] = (
  'AED ALL AMD AOA ARS AUD AZN BAM BBD BDT BGN BHD BMD BND BOB BRL BSD BWP BYN BZD CAD CHF CLP CNY COP CRC CZK DKK DOP DZD ' +
  'EGP ETB EUR FJD GBP GEL GHS GTQ HKD HNL HUF IDR ILS INR IQD ISK JMD JOD JPY KES KGS KHR KRW KWD KZT LAK LBP LKR LYD MAD ' +
  'MDL MKD MMK MNT MOP MUR MVR MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR ' +
  'SEK SGD THB TND TRY TTD TWD TZS UAH UGX USD UYU UZS VND XAF XCD XOF XPF ZAR ZMW'
).split(' ')

/**
 * The currency with its default for cash rounding; a store may choose another, as where a euro country rounds to 5 cents.
 * Failure: `currency/unknown`.
 */
export function currencyOf(code: string): Result<Currency> {
  const upper = code.trim().toUpperCase()
  if (!currencyCodes.includes(upper))
    return failed(
      'currency/unknown',
      `“${code}” is not a currency code.`,
      'Use the three letters of ISO 4217, like EUR.',
    )
  return success({
    code: upper,
    exponent: exponentOf(upper),
    cashRoundingMinor: cashRounding.get(upper) ?? 1,
  })
}

const withoutDecimals = new Set('CLP ISK JPY KRW PYG RWF UGX VND XAF XOF XPF'.split(' '))
const withThreeDecimals = new Set('BHD IQD JOD KWD LYD OMR TND'.split(' '))

function exponentOf(code: string): Currency['exponent'] {
  if (withoutDecimals.has(code)) return 0
  return withThreeDecimals.has(code) ? 3 : 2
}

/**
 * Smallest coin in circulation, in minor units, where it is above one. Sources, the central banks: Royal Canadian Mint (cent
 * ended 2013), Swiss National Bank (5 rappen), Reserve Bank of Australia (5 cents since 1992), Reserve Bank of New Zealand
 * (10 cents since 2006), Sveriges Riksbank (1 krona since 2010), Norges Bank (1 krone since 2012), Danmarks Nationalbank (50
 * øre), Czech National Bank (1 koruna since 2008), Magyar Nemzeti Bank (5 forint since 2008), Bank Negara Malaysia (5 sen
 * since 2008), Bank of Israel (10 agorot since 2008), South African Reserve Bank (10 cents), Hong Kong Monetary Authority (10 cents).
 */
const cashRounding = new Map<string, number>([
  ['AUD', 5],
  ['CAD', 5],
  ['CHF', 5],
  ['CZK', 100],
  ['DKK', 50],
  ['HKD', 10],
  ['HUF', 500],
  ['ILS', 10],
  ['MYR', 5],
  ['NOK', 100],
  ['NZD', 10],
  ['SEK', 100],
  ['ZAR', 10],
])
