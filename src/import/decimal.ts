/** An exact decimal: `units` / 10^`scale`. */
export type Decimal = { readonly units: bigint; readonly scale: number }

export type DecimalMark = '.' | ','

const mostDigits = 30
const mostCharacters = 60

/**
 * Reads an amount as exports write it: `$1,234.50`, `-$7.00`, `(7.00)`, `7.00-`, `−7`, `1.234,50 €`, `CHF 1'234.50`.
 * Null when it is not a number in this convention, such as `7.48E+11`, `1,23` with a decimal point, or a word.
 */
export function parseDecimal(text: string, mark: DecimalMark): Decimal | null {
  const amount = bareAmount(text)
  if (!amount) return null
  const at = amount.digits.lastIndexOf(mark)
  const whole = at < 0 ? amount.digits : amount.digits.slice(0, at)
  const fraction = at < 0 ? '' : amount.digits.slice(at + 1)
  if (whole === '' && fraction === '') return null
  if (!isGrouped(whole, mark) || !/^\d*$/.test(fraction)) return null
  const digits = whole.replace(/\D/g, '') + fraction
  if (digits.length > mostDigits) return null
  const units = BigInt(digits)
  return { units: amount.isNegative ? -units : units, scale: fraction.length }
}

/** Takes sign, currency and blanks off: what is left has digits and marks only. Null when there is more in it. */
export function bareAmount(text: string): { readonly digits: string; readonly isNegative: boolean } | null {
  if (plainAmount.test(text)) {
    const isNegative = text.startsWith('-')
    return { digits: isNegative ? text.slice(1) : text, isNegative }
  }
  if (text.length > mostCharacters) return null
  let rest = text.trim()
  let isNegative = false
  if (rest.startsWith('(') && rest.endsWith(')')) {
    isNegative = true
    rest = rest.slice(1, -1)
  }
  const [, before = '', digits = '', after = ''] = dressedAmount.exec(rest) ?? []
  if (digits === '') return null
  const signs = (before + after).match(/[-−–]/g)?.length ?? 0
  if (signs > 1 || (signs === 1 && isNegative)) return null
  return { digits, isNegative: isNegative || signs === 1 }
}

/** Rounds to `scale` decimals, half away from zero. Null beyond the safe integers. */
export function roundedTo(value: Decimal, scale: number): number | null {
  let units = value.units
  if (value.scale <= scale) units *= 10n ** BigInt(scale - value.scale)
  else {
    const divisor = 10n ** BigInt(value.scale - scale)
    const half = units < 0n ? -divisor / 2n : divisor / 2n
    units = (units + half) / divisor
  }
  const rounded = Number(units)
  return Number.isSafeInteger(rounded) ? rounded : null
}

export function product(left: Decimal, right: Decimal): Decimal {
  return { units: left.units * right.units, scale: left.scale + right.scale }
}

export function sum(left: Decimal, right: Decimal): Decimal {
  const scale = Math.max(left.scale, right.scale)
  return { units: unitsAt(left, scale) + unitsAt(right, scale), scale }
}

export function negated(value: Decimal): Decimal {
  return { units: -value.units, scale: value.scale }
}

export function areEqual(left: Decimal, right: Decimal): boolean {
  const scale = Math.max(left.scale, right.scale)
  return unitsAt(left, scale) === unitsAt(right, scale)
}

const plainAmount = /^-?\d+(?:[.,]\d+)?$/
/** Sign, up to five letters or a symbol of currency, digits with marks, the same behind. */
const dressedAmount =
  /^([-−–+]?\s*(?:\p{L}{1,5}\.?|\p{L}{0,3}\p{Sc})?\s*[-−–+]?)\s*([\d.,'’\s]*\d[.,]?|\d)(\s*(?:\p{L}{1,5}\.?|\p{Sc})?\s*[-−–]?)$/u

function isGrouped(whole: string, mark: DecimalMark): boolean {
  if (/^\d*$/.test(whole)) return true
  return mark === '.'
    ? /^\d{1,3}(?:[,'’\s]\d{2,3})*[,'’\s]\d{3}$/.test(whole)
    : /^\d{1,3}(?:[.'’\s]\d{2,3})*[.'’\s]\d{3}$/.test(whole)
}

function unitsAt(value: Decimal, scale: number): bigint {
  return value.scale === scale ? value.units : value.units * 10n ** BigInt(scale - value.scale)
}
