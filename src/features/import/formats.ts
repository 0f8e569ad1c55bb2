import { useMemo } from 'react'
import { formatDate, formatMoney, formatNumber, formatTime } from '../../ui/format.ts'
import { useLocale } from '../../ui/locale.tsx'
import type { ShopRecords } from '../../worker/api-lists.ts'

export type ImportFormats = {
  readonly currency: { readonly code: string; readonly exponent: number }
  money(minor: number): string
  count(value: number): string
  /** "1 order", "2,134 orders". */
  counted(value: number, one: string, many: string): string
  /** Of `YYYY-MM-DD`. */
  day(day: string): string
  moment(at: number): string
}

export function useImportFormats(catalogue: ShopRecords | undefined): ImportFormats {
  const { locale } = useLocale()
  const currency = catalogue?.stores[0]?.pricing.currency
  const code = currency?.code ?? 'XXX'
  const exponent = currency?.exponent ?? 2
  return useMemo(() => {
    const count = (value: number): string => formatNumber(value, locale)
    const days = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
    return {
      currency: { code, exponent },
      money: (minor) => formatMoney(minor, code, exponent, locale),
      count,
      counted: (value, one, many) => `${count(value)} ${value === 1 ? one : many}`,
      day: (day) => days.format(Date.parse(`${day}T12:00:00Z`)),
      moment: (at) => `${formatDate(at, locale, 'short')}, ${formatTime(at, locale)}`,
    }
  }, [code, exponent, locale])
}
