import { expect, test } from 'vitest'
import type { Customer } from '#domain/catalogue.ts'
import { findable, searchCustomers } from '../../src/worker/customer-search.ts'

const customers = [
  ['Zoë Sørensen', '+1 (565) 555-0160', null],
  ['Ann Brandt', null, 'Ann.B@harbor.example'],
  ['Brandon Zhao', '+44 20 7946 0555', 'office@zhao.example'],
].map(([name, phone, email], index): Customer => ({
  customerId: String(index),
  name: name!,
  phone: phone ?? null,
  email: email ?? null,
}))
const all = customers.map(findable)

test.each([
  ['', ['Zoë Sørensen', 'Ann Brandt', 'Brandon Zhao']],
  ['zoe', ['Zoë Sørensen']],
  ['bra', ['Ann Brandt', 'Brandon Zhao']],
  ['brandt ann', ['Ann Brandt']],
  ['randt', []],
  ['ann.b@har', ['Ann Brandt']],
  ['harbor', ['Ann Brandt']],
  ['zhao', ['Brandon Zhao']],
  ['565 555', ['Zoë Sørensen']],
  ['5550160', ['Zoë Sørensen']],
  ['0555', ['Brandon Zhao']],
  ['55', []],
])('“%s” finds %j', (text, names) => {
  expect(searchCustomers(all, text).map(({ name }) => name)).toEqual(names)
})
