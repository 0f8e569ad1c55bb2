import { failed, success } from './failure.ts'
import type { Result } from './failure.ts'

/** What happens at exactly one half: away from zero (refunds then mirror sales), or to the even neighbour. */
export type Ties = 'half-away' | 'half-even'

/**
 * `a × b ÷ divisor` on integers, exact however large the product, rounded once to a whole number.
 * `f(−a) = −f(a)` for both tie rules. Throws RangeError on fractions, on a divisor below 1 and on results past 2^53: those are bugs.
 */
export function mulDivRound(a: number, b: number, divisor: number, ties: Ties = 'half-away'): number {
  if (!Number.isSafeInteger(a) || !Number.isSafeInteger(b) || !Number.isSafeInteger(divisor) || divisor < 1)
    throw new RangeError(
      `mulDivRound takes whole numbers and a positive divisor, not ${a} × ${b} ÷ ${divisor}`,
    )
  const product = Math.abs(a * b)
  const isNegative = a < 0 !== b < 0
  if (product > Number.MAX_SAFE_INTEGER)
    return toMinor(divideRounded(BigInt(a) * BigInt(b), BigInt(divisor), ties))
  const remainder = product % divisor
  const floor = (product - remainder) / divisor
  const rest = divisor - remainder
  const isUp = remainder > rest || (remainder === rest && (ties === 'half-away' || floor % 2 === 1))
  const rounded = isUp ? floor + 1 : floor
  return isNegative ? 0 - rounded : rounded
}

/** `numerator ÷ divisor` rounded to a whole number; the divisor is positive. */
export function divideRounded(numerator: bigint, divisor: bigint, ties: Ties = 'half-away'): bigint {
  const magnitude = numerator < 0n ? -numerator : numerator
  const floor = magnitude / divisor
  const twice = (magnitude % divisor) * 2n
  const isUp = twice > divisor || (twice === divisor && (ties === 'half-away' || floor % 2n === 1n))
  const rounded = isUp ? floor + 1n : floor
  return numerator < 0n ? -rounded : rounded
}

/**
 * Splits `totalMinor` in proportion to `weights` (≥ 0) so that the shares add up to it exactly.
 *
 * Each share is the exact proportion rounded down towards zero; the units left over go one each to the largest remainders,
 * equal remainders to the larger weight, equal weights to the lower index. So which shares fall to which weights does not
 * depend on the order of the weights, a weight of zero gets nothing, a negative total is the mirror of the positive one, and
 * no share exceeds its weight when the total doesn't exceed their sum.
 * Throws RangeError for a negative weight, or when there is something to split and nothing to split it by.
 */
export function allocateByLargestRemainder(
  totalMinor: number,
  weights: readonly (number | bigint)[],
): number[] {
  if (weights.some((weight) => weight < 0))
    throw new RangeError('Weights of an allocation are never negative')
  if (totalMinor === 0) return weights.map(() => 0)
  const parts = numberParts(Math.abs(totalMinor), weights) ?? exactParts(Math.abs(totalMinor), weights)
  if (parts === null) throw new RangeError(`Nothing to split ${totalMinor} by: all weights are zero`)
  const shares = parts.map(({ floor }) => floor)
  const leftOver = shares.reduce((rest, share) => rest - share, Math.abs(totalMinor))
  if (leftOver > 0)
    for (const { index } of parts.toSorted(byLargestRemainder).slice(0, leftOver)) shares[index]! += 1
  return totalMinor < 0 ? shares.map((share) => 0 - share) : shares
}

/** Several times as fast as `exactParts`; null where a number can't hold a product exactly, or there is nothing to split by. */
function numberParts(magnitude: number, weights: readonly (number | bigint)[]): Part[] | null {
  if (!weights.every((weight) => typeof weight === 'number' && Number.isInteger(weight))) return null
  const numbers = weights as readonly number[]
  const sum = numbers.reduce((total, weight) => total + weight, 0)
  if (sum === 0 || !Number.isSafeInteger(magnitude * sum)) return null
  return numbers.map((weight, index) => {
    const product = magnitude * weight
    const remainder = product % sum
    return { index, weight, floor: (product - remainder) / sum, remainder }
  })
}

function exactParts(magnitude: number, weights: readonly (number | bigint)[]): Part[] | null {
  const exact = weights.map(BigInt)
  const sum = exact.reduce((total, weight) => total + weight, 0n)
  if (sum === 0n) return null
  return exact.map((weight, index) => {
    const product = BigInt(magnitude) * weight
    return { index, weight, floor: toMinor(product / sum), remainder: product % sum }
  })
}

export type MoneyFormat = {
  /** The decimal mark, where the reader knows it (the rest of the column shows it). Without it `1,234` is ambiguous. */
  readonly decimalMark?: '.' | ','
  /** Round what is finer than the currency, half away from zero, instead of failing. */
  readonly isRounded?: boolean
}

/**
 * Reads an amount as people and exports write it into minor units: `$1,234.50`, `1.234,50`, `CHF 1'234.50`, `(5.00)`, `−$7.00`.
 * A sign may be `-`, `−` or accounting brackets; a currency sign or ISO code may stand at either end and is not checked.
 * Failures: `money/unreadable`, `money/ambiguous` (`1,234` may be a thousand or one and a bit), `money/too-precise`, `money/too-large`.
 */
export function parseMoney(text: string, exponent: number, format: MoneyFormat = {}): Result<number> {
  const shape = moneyShape.exec(text.trim())
  const isBracketed = shape?.groups?.['open'] === '('
  if (!shape?.groups || isBracketed !== (shape.groups['close'] === ')')) return unreadable(text)
  const { signBefore, signAfter, number = '' } = shape.groups
  const signs = [signBefore, signAfter, isBracketed ? '(' : undefined].filter(Boolean)
  if (signs.length > 1) return unreadable(text)

  const parts = splitDecimal(number, exponent, format.decimalMark)
  if (parts === 'ambiguous')
    return failed(
      'money/ambiguous',
      `“${text}” can be read in two ways.`,
      'Say which mark separates the decimals.',
    )
  if (parts === 'unreadable') return unreadable(text)

  const decimals = parts.decimals.replace(/0+$/, '')
  if (decimals.length > exponent && !format.isRounded)
    return failed(
      'money/too-precise',
      `“${text}” is finer than the currency.`,
      `Use at most ${exponent} decimals.`,
    )
  const digits = BigInt(parts.whole + decimals.padEnd(exponent, '0'))
  const magnitude = divideRounded(digits, 10n ** BigInt(Math.max(decimals.length - exponent, 0)))
  if (magnitude > BigInt(Number.MAX_SAFE_INTEGER))
    return failed('money/too-large', `“${text}” is too large.`, 'Check the amount.')
  return success(signs.length === 1 && signs[0] !== '+' ? 0 - Number(magnitude) : Number(magnitude))
}

const currencySign = String.raw`(?:[A-Z]{0,3}\p{Sc}|[A-Z]{3})`
const moneyShape = new RegExp(
  String.raw`^(?<open>\()?\s*(?<signBefore>[-−+])?\s*${currencySign}?\s*(?<signAfter>[-−+])?\s*` +
    String.raw`(?<number>[\d.,][\d.,'’\u0020\u00a0\u202f]*?)\s*${currencySign}?\s*(?<close>\))?$`,
  'u',
)

type DecimalParts = { readonly whole: string; readonly decimals: string }

function splitDecimal(
  number: string,
  exponent: number,
  knownMark: '.' | ',' | undefined,
): DecimalParts | 'ambiguous' | 'unreadable' {
  const mark = knownMark ?? decimalMarkOf(number, exponent)
  if (mark === 'ambiguous') return 'ambiguous'
  const [grouped = '', decimals = '', ...more] = mark === 'none' ? [number] : number.split(mark)
  const isWhole = grouped === '' ? decimals !== '' : plainOrGrouped.test(grouped)
  if (more.length > 0 || !isWhole || !/^\d*$/.test(decimals) || number.endsWith(mark)) return 'unreadable'
  return { whole: grouped.replace(/\D/g, '') || '0', decimals }
}

/** Digits, or digits in groups all parted by one mark; the last group has three (Indian ones before it have two). */
const plainOrGrouped = /^(?:\d+|\d{1,3}([.,'’\u0020\u00a0\u202f])(?:\d{2,3}\1)*\d{3})$/

function decimalMarkOf(number: string, exponent: number): '.' | ',' | 'none' | 'ambiguous' {
  const marks = number.match(/[.,]/g) ?? []
  const last = marks.at(-1) as '.' | ',' | undefined
  if (last === undefined) return 'none'
  if (new Set(marks).size === 2) return last
  if (marks.length > 1) return 'none'
  const [before = '', after = ''] = number.split(last)
  if (after.length !== 3 || !/^[1-9]\d{0,2}$/.test(before)) return last
  return exponent === 0 ? 'none' : 'ambiguous'
}

function unreadable(text: string) {
  return failed('money/unreadable', `“${text}” is not an amount.`, 'Write it with digits, like 12.50.')
}

type Part = {
  readonly index: number
  readonly weight: number | bigint
  readonly floor: number
  readonly remainder: number | bigint
}

function byLargestRemainder(a: Part, b: Part): number {
  if (a.remainder !== b.remainder) return a.remainder > b.remainder ? -1 : 1
  if (a.weight !== b.weight) return a.weight > b.weight ? -1 : 1
  return a.index - b.index
}

function toMinor(value: bigint): number {
  const minor = Number(value)
  if (!Number.isSafeInteger(minor)) throw new RangeError(`${value} is past the exact range of a number`)
  return minor
}
