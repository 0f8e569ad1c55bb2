import type { Granularity } from '#domain/report.ts'
import { formatDate, formatMoney, formatNumber, formatTime } from '../../ui/format.ts'

/** How figures and days are written, in the language of the business. */
export type Formats = ReturnType<typeof formatsOf>

export function formatsOf(locale: string, currency: { readonly code: string; readonly exponent: 0 | 2 | 3 }) {
  const hours = new Intl.DateTimeFormat(locale, { hour: 'numeric', timeZone: 'UTC' })
  const months = new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' })
  const monthsOfYear = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' })
  const hour = (value: number) => hours.format(Date.UTC(2020, 0, 1, value))
  return {
    locale,
    currency,
    scale: 10 ** currency.exponent,
    money: (minor: number) => formatMoney(minor, currency.code, currency.exponent, locale),
    /** For estimates. */
    wholeMoney: (minor: number) =>
      formatMoney(minor, currency.code, currency.exponent, locale, { whole: true }),
    count: (value: number) => formatNumber(value, locale, { decimals: 0 }),
    units: (milli: number) => formatNumber(milli / 1000, locale),
    /** Hundreds and more of weighed goods need no grams to be read. */
    roundUnits: (milli: number) =>
      Math.abs(milli) < 100_000
        ? formatNumber(milli / 1000, locale)
        : formatNumber(milli / 1000, locale, { decimals: 0 }),
    time: (at: number) => formatTime(at, locale),
    hour,
    day: (day: string, form: 'short' | 'day' | 'weekday' = 'short') =>
      formatDate(utc(day), locale, form, 'UTC'),
    /** Under a bar. */
    key: (granularity: Granularity, key: string, isFewDays: boolean) => {
      switch (granularity) {
        case 'hour':
          return hour(Number(key))
        case 'day':
          return formatDate(utc(key), locale, isFewDays ? 'day' : 'short', 'UTC')
        case 'week':
          return formatDate(utc(key), locale, 'short', 'UTC')
        case 'month':
          return (key.endsWith('-01') ? monthsOfYear : months).format(utc(`${key}-01`))
      }
    },
    /** In a table, where a key stands alone. */
    fullKey: (granularity: Granularity, key: string) =>
      granularity === 'month'
        ? monthsOfYear.format(utc(`${key}-01`))
        : granularity === 'hour'
          ? hour(Number(key))
          : formatDate(utc(key), locale, 'day', 'UTC'),
    /** Monday first. */
    weekday: (index: number) => formatDate(utc(`2024-01-0${index + 1}`), locale, 'weekday', 'UTC'),
  }
}

function utc(day: string): number {
  return Date.parse(`${day}T00:00:00Z`)
}
