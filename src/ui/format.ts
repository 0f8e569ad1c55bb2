export type Sign = 'auto' | 'always'

export interface MoneyOptions {
  /** With the currency's own short symbol; default true. */
  symbol?: boolean
  /** 'always' writes a plus too, but never on zero. */
  sign?: Sign
  /** Rounded to whole units of the currency, for estimates. */
  whole?: boolean
}

export interface MoneyParts {
  /** Everything up to the decimal separator, sign and symbol included when they stand in front. */
  lead: string
  /** Decimal separator and minor digits; empty for currencies without them. */
  cents: string
  /** What follows the digits, such as " €". */
  trail: string
}

const MINUS = '−'
const numberFormats = new Map<string, Intl.NumberFormat>()
const dateFormats = new Map<string, Intl.DateTimeFormat>()

/** Writes whole minor units as money, exactly: "$12.30", "−0.90", "¥1,250", "BD 1.250". */
export function formatMoney(
  minor: number,
  currency: string,
  exponent: number,
  locale: string,
  options: MoneyOptions = {},
): string {
  return joinParts(moneyIntlParts(minor, currency, exponent, locale, options))
}

/** The same in three pieces, so that the Display can draw the cents lighter. */
export function moneyParts(
  minor: number,
  currency: string,
  exponent: number,
  locale: string,
  options: MoneyOptions = {},
): MoneyParts {
  const parts = moneyIntlParts(minor, currency, exponent, locale, options)
  const start = parts.findIndex((part) => part.type === 'decimal')
  if (start < 0) return { lead: joinParts(parts), cents: '', trail: '' }
  const end = parts.findIndex((part) => part.type === 'fraction') + 1
  return {
    lead: joinParts(parts.slice(0, start)),
    cents: joinParts(parts.slice(start, end)),
    trail: joinParts(parts.slice(end)),
  }
}

export function formatNumber(
  value: number,
  locale: string,
  { decimals, sign = 'auto' }: { decimals?: number; sign?: Sign } = {},
): string {
  const format = numberFormat(locale, {
    minimumFractionDigits: decimals ?? 0,
    maximumFractionDigits: decimals ?? 3,
    signDisplay: signDisplay(sign),
  })
  return joinParts(format.formatToParts(value))
}

/** @param ratio 0.05 for 5 % */
export function formatPercent(
  ratio: number,
  locale: string,
  { decimals = 1, sign = 'auto' }: { decimals?: number; sign?: Sign } = {},
): string {
  const format = numberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    signDisplay: signDisplay(sign),
  })
  return joinParts(format.formatToParts(ratio))
}

export type DateForm = 'short' | 'day' | 'long' | 'month' | 'numeric' | 'weekday'

const DATE_FORMS: Record<DateForm, Intl.DateTimeFormatOptions> = {
  short: { month: 'short', day: 'numeric' },
  day: { weekday: 'short', month: 'short', day: 'numeric' },
  long: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  month: { month: 'long', year: 'numeric' },
  numeric: { year: 'numeric', month: '2-digit', day: '2-digit' },
  weekday: { weekday: 'short' },
}

/** @param at epoch milliseconds or Date; @param timeZone IANA name, the device's own by default */
export function formatDate(
  at: number | Date,
  locale: string,
  form: DateForm = 'day',
  timeZone?: string,
): string {
  return dateFormat(locale, { ...DATE_FORMS[form], ...zone(timeZone) }).format(at)
}

export function formatTime(at: number | Date, locale: string, timeZone?: string): string {
  return dateFormat(locale, { hour: 'numeric', minute: '2-digit', ...zone(timeZone) }).format(at)
}

export interface AgeWords {
  now: string
  minutes: (count: number) => string
  hours: (count: number) => string
  since: (when: string) => string
}

const AGE_WORDS: AgeWords = {
  now: 'now',
  minutes: (count) => `${count} min`,
  hours: (count) => `${count} h`,
  since: (when) => `since ${when}`,
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** "now" below a minute, "42 min", "3 h" below a day, then "since Tue", after six days "since Nov 3". */
export function formatAge(
  ageMs: number,
  {
    nowMs = Date.now(),
    locale = 'en-US',
    words = AGE_WORDS,
  }: { nowMs?: number; locale?: string; words?: AgeWords } = {},
): string {
  if (ageMs < MINUTE_MS) return words.now
  if (ageMs < HOUR_MS) return words.minutes(Math.floor(ageMs / MINUTE_MS))
  if (ageMs < DAY_MS) return words.hours(Math.floor(ageMs / HOUR_MS))
  return words.since(formatDate(nowMs - ageMs, locale, ageMs < 6 * DAY_MS ? 'weekday' : 'short'))
}

function moneyIntlParts(
  minor: number,
  currency: string,
  exponent: number,
  locale: string,
  { symbol = true, sign = 'auto', whole = false }: MoneyOptions,
): Intl.NumberFormatPart[] {
  const decimals = whole ? 0 : exponent
  const format = numberFormat(locale, {
    ...(symbol ? { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } : {}),
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    signDisplay: signDisplay(sign),
  })
  return format.formatToParts(decimalText(minor, exponent))
}

/** Intl takes decimal text exactly; dividing by 100 would go through a binary fraction. */
function decimalText(minor: number, exponent: number): `${number}` {
  const digits = String(Math.abs(minor)).padStart(exponent + 1, '0')
  const whole = digits.slice(0, digits.length - exponent)
  const fraction = exponent > 0 ? `.${digits.slice(-exponent)}` : ''
  return `${minor < 0 ? '-' : ''}${whole}${fraction}` as `${number}`
}

function signDisplay(sign: Sign): 'negative' | 'exceptZero' {
  return sign === 'always' ? 'exceptZero' : 'negative'
}

function joinParts(parts: Intl.NumberFormatPart[]): string {
  return parts
    .map((part) => (part.type === 'minusSign' ? part.value.replace('-', MINUS) : part.value))
    .join('')
}

function zone(timeZone: string | undefined): Intl.DateTimeFormatOptions {
  return timeZone === undefined ? {} : { timeZone }
}

function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return cached(numberFormats, locale, options, () => new Intl.NumberFormat(locale, options))
}

function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return cached(dateFormats, locale, options, () => new Intl.DateTimeFormat(locale, options))
}

/** Making an Intl format costs ~50 µs, using one ~1 µs: a table of figures needs them kept. */
function cached<T>(store: Map<string, T>, locale: string, options: object, make: () => T): T {
  const key = `${locale}|${JSON.stringify(options)}`
  const found = store.get(key)
  if (found !== undefined) return found
  const made = make()
  store.set(key, made)
  return made
}
