import { formatNumber } from '../../ui/format.ts'

const units = ['kB', 'MB', 'GB'] as const

/** `412 kB`, `3.4 MB`: decimal units, as browsers and shops of devices count. */
export function byteText(bytes: number, locale: string): string {
  let amount = bytes / 1000
  let unit = 0
  while (amount >= 1000 && unit < units.length - 1) {
    amount /= 1000
    unit += 1
  }
  return `${formatNumber(amount, locale, { decimals: amount < 10 && unit > 0 ? 1 : 0 })} ${units[unit]}`
}
