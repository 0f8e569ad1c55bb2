import { scaledRate } from '#domain/rate.ts'
import { decimalMarkOf, plainFigures } from './locale-number.ts'

const mostScaled = 1_000_000

/**
 * A percentage as a person types it, such as `8.25`, `8,25 %` or `9.975`, in basis points with up to two decimals,
 * without binary fractions on the way. Null: not a rate from 0 to 100 %.
 */
export function readRate(text: string): number | null {
  const digits = /^(\d{1,3})(?:[.,](\d{0,4}))?\s*%?$/.exec(plainFigures(text).replace('٪', '%').trim())
  if (digits === null) return null
  const [, whole = '', decimals = ''] = digits
  const scaled = Number(whole + decimals.padEnd(4, '0'))
  return scaled <= mostScaled ? scaled / 100 : null
}

/** The percentage with as many decimals as it has: 825 is `8.25`, 997.5 is `9.975`, 2000 is `20`. */
export function rateText(rateBasisPoints: number, locale: string): string {
  const digits = String(scaledRate(rateBasisPoints)).padStart(5, '0')
  const decimals = digits.slice(-4).replace(/0+$/, '')
  const whole = digits.slice(0, -4)
  return decimals === '' ? whole : `${whole}${decimalMarkOf(locale)}${decimals}`
}
