import type { ReceiptCheck } from '#protocol/proof.ts'

/** What the page shows: a person reads the heading, and no more if all is well. */
export type Verdict = {
  readonly look: 'genuine' | 'waiting' | 'wrong' | 'nothing'
  readonly heading: string
  readonly text: string
  readonly facts: readonly (readonly [label: string, value: string])[]
}

export const noReceipt: Verdict = {
  look: 'nothing',
  heading: 'No receipt to check',
  text: 'Scan the square code at the end of a receipt with the camera of your phone.',
  facts: [],
}

export const incompleteCode: Verdict = {
  look: 'nothing',
  heading: 'This code is not complete',
  text: 'Scan the square code again so that all of it is in the picture, or open the whole link.',
  facts: [],
}

export const noConnection: Verdict = {
  look: 'nothing',
  heading: 'No connection',
  text: 'The receipt could not be checked. Try again when you are online.',
  facts: [],
}

/** `seq`: the place in the till's journal that the code claims. */
export function verdictOf(check: ReceiptCheck, seq: number, locale: string): Verdict {
  if (check.status === 'held' && check.isSigned)
    return {
      look: 'genuine',
      heading: 'This receipt is genuine',
      text: 'Its till signed it, and the shop’s records hold it unchanged.',
      facts: factsOf(check, seq, locale),
    }
  if (check.status === 'awaited')
    return {
      look: 'waiting',
      heading: 'Signed, not recorded yet',
      text: 'A till of this shop signed it, perhaps while it had no network. Check again later.',
      facts: [['Place in the till’s journal', new Intl.NumberFormat(locale).format(seq)]],
    }
  return {
    look: 'wrong',
    heading: 'This receipt does not match',
    text:
      check.status === 'unknown'
        ? 'No till that is known here has issued it. Ask the shop that gave it to you.'
        : 'The shop’s records hold another sale at this place, or the code was not signed by the till. Ask the shop that gave it to you.',
    facts: [],
  }
}

function factsOf(check: ReceiptCheck, seq: number, locale: string): Verdict['facts'] {
  const { businessName, receiptNumber, totalMinor, currency, occurredAt, recordedAt } = check
  const time = (at: number): string =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(at)
  return [
    ['Shop', businessName],
    ['Receipt', receiptNumber],
    ['Total', totalMinor === null || currency === null ? null : amount(totalMinor, currency, locale)],
    ['Sold', occurredAt === null ? null : time(occurredAt)],
    ['Recorded', recordedAt === null ? null : time(recordedAt)],
    ['Place in the till’s journal', new Intl.NumberFormat(locale).format(seq)],
  ].filter((fact): fact is [string, string] => fact[1] !== null)
}

function amount(totalMinor: number, currency: NonNullable<ReceiptCheck['currency']>, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'currency', currency: currency.code }).format(
    totalMinor / 10 ** currency.exponent,
  )
}
