import type { Failure, Result } from '#domain/failure.ts'
import { parseMoney } from '#domain/money.ts'
import { formatMoney } from '../../ui/format.ts'
import { decimalMarkOf, plainFigures } from './locale-number.ts'

/** How prices are written here. */
export type PriceFormat = {
  readonly code: string
  readonly exponent: 0 | 2 | 3
  readonly locale: string
}

/** Without the currency's sign: `1,250.00`. */
export function priceText(priceMinor: number, { code, exponent, locale }: PriceFormat): string {
  return formatMoney(priceMinor, code, exponent, locale, { symbol: false })
}

/**
 * Whole minor units of what a person typed. Marks are read as the language writes them; where that can't be, as in
 * `12.50` by somebody who writes commas, they are read as they stand. Failures as of `parseMoney`.
 */
export function readPrice(text: string, { exponent, locale }: PriceFormat): Result<number> {
  const plain = plainFigures(text)
  const asWritten = parseMoney(plain, exponent, { decimalMark: decimalMarkOf(locale) })
  return asWritten.ok || asWritten.failure.code !== 'money/unreadable'
    ? asWritten
    : parseMoney(plain, exponent)
}

export function priceError(text: string, { sentence, mend }: Failure): string {
  return text.trim() === '' ? 'Write a price.' : `${sentence} ${mend}`
}
