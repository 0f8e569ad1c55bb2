import { failed, success } from './failure.ts'
import type { Result } from './failure.ts'

export type Gtin = {
  /** Fourteen digits: equal for equal goods, however many leading zeros were printed. */
  readonly gtin14: string
  /** The digits as they were read. */
  readonly digits: string
}

/**
 * Reads a GTIN-8, -12, -13 or -14; spaces and hyphens between the digits don't count.
 * Failures: `gtin/damaged-by-spreadsheet` (`7.48E+11`: digits are gone for good, never guess them), `gtin/not-digits`,
 * `gtin/wrong-length`, `gtin/wrong-check-digit`. Codes that fail may still be house codes.
 */
export function readGtin(text: string): Result<Gtin> {
  const digits = text.replace(/[\s-]/g, '')
  if (/^\d+(?:[.,]\d+)?E\+?\d+$/i.test(digits))
    return failed(
      'gtin/damaged-by-spreadsheet',
      `A spreadsheet has cut “${text}” short.`,
      'Export the file again and open it without a spreadsheet, or scan the item.',
    )
  if (!/^\d+$/.test(digits))
    return failed(
      'gtin/not-digits',
      `“${text}” is not a product number.`,
      'Scan the item or type the digits under its bars.',
    )
  if (![8, 12, 13, 14].includes(digits.length))
    return failed(
      'gtin/wrong-length',
      `“${text}” has ${digits.length} digits.`,
      'A product number has 8, 12, 13 or 14.',
    )
  if (gtinCheckDigit(digits.slice(0, -1)) !== Number(digits.at(-1)))
    return failed(
      'gtin/wrong-check-digit',
      `A digit of “${text}” is wrong.`,
      'Compare it with the digits under the bars.',
    )
  return success({ gtin14: digits.padStart(14, '0'), digits })
}

/** GS1 General Specifications 7.9: weights 3, 1, 3 … from the right, up to the next ten. Takes the digits without the check digit. */
export function gtinCheckDigit(digits: string): number {
  let sum = 0
  for (let place = 0; place < digits.length; place += 1)
    sum += Number(digits[digits.length - 1 - place]) * (place % 2 === 0 ? 3 : 1)
  return (10 - (sum % 10)) % 10
}
