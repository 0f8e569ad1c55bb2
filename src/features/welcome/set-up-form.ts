import type { SetUpInput } from '../../worker/api-office.ts'
import { readTaxRate } from './tax-rate.ts'
import { findTimeZone } from './time-zones.ts'

/** What stands in the fields of the set-up, as typed. */
export type SetUpValues = {
  readonly businessName: string
  readonly storeName: string
  readonly timeZone: string
  readonly currencyCode: string
  readonly ownerName: string
  readonly email: string
  readonly password: string
  readonly pin: string
  readonly tax: 'exclusive' | 'inclusive' | 'none'
  readonly taxName: string
  readonly taxRate: string
}

export type SetUpErrors = Partial<Record<keyof SetUpValues, string>>

export const shortestPassword = 10

/** In the order of the page, so that the first error is where the focus goes. Every message names the mend. */
export function setUpErrors(values: SetUpValues, zones: readonly string[]): SetUpErrors {
  const hasTax = values.tax !== 'none'
  const rate = readTaxRate(values.taxRate)
  return withoutEmpty({
    businessName: missing(values.businessName, 'Enter the name of the business.'),
    storeName: missing(values.storeName, 'Name the store, such as its street.'),
    timeZone:
      findTimeZone(values.timeZone, zones) === null
        ? 'Choose a zone of the list, such as Europe/Berlin.'
        : null,
    ownerName: missing(values.ownerName, 'Enter your name, as the till should show it.'),
    email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(values.email.trim())
      ? null
      : 'Enter an address with @ and a domain, such as maya@harbor.example.',
    password: passwordError(values.password),
    pin: /^\d{4,8}$/.test(values.pin) ? pinError(values.pin) : 'Use 4 to 8 digits.',
    taxName: hasTax ? missing(values.taxName, 'Name it as receipts should, such as Sales tax.') : null,
    taxRate: hasTax ? rateError(rate) : null,
  })
}

/** For values without errors. */
export function setUpInput(values: SetUpValues, zones: readonly string[], token: string): SetUpInput {
  const rate = values.tax === 'none' ? 0 : readTaxRate(values.taxRate)
  const timeZone = findTimeZone(values.timeZone, zones)
  if (rate === null || timeZone === null) throw new Error('The form was sent with errors.')
  return {
    token,
    businessName: values.businessName.trim(),
    ownerName: values.ownerName.trim(),
    email: values.email.trim(),
    password: values.password,
    pin: values.pin,
    storeName: values.storeName.trim(),
    timeZone,
    currencyCode: values.currencyCode,
    taxMode: values.tax === 'inclusive' ? 'inclusive' : 'exclusive',
    taxName: values.tax === 'none' ? '' : values.taxName.trim(),
    taxRateBasisPoints: rate,
    locale: navigator.language,
  }
}

function missing(text: string, mend: string): string | null {
  return text.trim() === '' ? mend : null
}

function rateError(rate: number | null): string | null {
  if (rate === null) return 'Use 0 to 100, such as 8.25.'
  return rate === 0 ? 'Enter the rate, or choose No tax.' : null
}

function passwordError(password: string): string | null {
  const more = shortestPassword - password.length
  if (more <= 0) return null
  return password === ''
    ? `Choose one of at least ${shortestPassword} characters.`
    : `Add ${more} more ${more === 1 ? 'character' : 'characters'}.`
}

/** What everybody tries first would let anyone sell in the owner's name. */
function pinError(pin: string): string | null {
  const isOneDigit = new Set(pin).size === 1
  const isRow = '0123456789'.includes(pin) || '9876543210'.includes(pin)
  return isOneDigit || isRow ? 'Choose digits that are harder to guess.' : null
}

function withoutEmpty(errors: Record<string, string | null>): SetUpErrors {
  return Object.fromEntries(Object.entries(errors).filter(([, error]) => error !== null))
}
