import type { Customer } from '#domain/catalogue.ts'
import { haveWords, wordsOf } from '#domain/search-words.ts'

/** A customer with what a search looks at, made once for all searches. */
export type FindableCustomer = {
  readonly customer: Customer
  readonly words: readonly string[]
  readonly digits: string
}

const fewestDigits = 3

export function findable(customer: Customer): FindableCustomer {
  const { name, phone, email } = customer
  return {
    customer,
    words: [...wordsOf(name), ...wordsOf(email ?? ''), (email ?? '').toLowerCase()],
    digits: digitsOf(phone ?? ''),
  }
}

/** By beginnings of the words of name and e-mail, or by any part of the phone number, however it is written. */
export function searchCustomers(customers: readonly FindableCustomer[], text: string): readonly Customer[] {
  const asked = askedFor(text)
  const digits = /[\p{L}@]/u.test(text) ? '' : digitsOf(text)
  return customers
    .filter(
      ({ words, digits: phone }) =>
        haveWords(words, asked) || (digits.length >= fewestDigits && phone.includes(digits)),
    )
    .map(({ customer }) => customer)
}

/** An address is asked for as it stands. */
function askedFor(text: string): readonly string[] {
  return text
    .trim()
    .split(/\s+/)
    .flatMap((part) => (part.includes('@') ? [part.toLowerCase()] : wordsOf(part)))
}

function digitsOf(text: string): string {
  return text.replaceAll(/\D/g, '')
}
