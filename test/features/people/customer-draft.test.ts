import { expect, test } from 'vitest'
import type { Customer } from '#domain/catalogue.ts'
import {
  customerOfDraft,
  draftOfCustomer,
  longestPhone,
} from '../../../src/features/people/customer-draft.ts'

const ann: Customer = { customerId: 'c1', name: 'Ann', phone: '', email: null }

test('[R2] what nobody touched stays as it is stored, empty texts too', () => {
  expect(customerOfDraft(draftOfCustomer(ann), ann)).toEqual({ ok: true, doc: ann })
})

test('what is typed has no space around it, and what is taken out is nothing', () => {
  const before = { ...ann, phone: '+1 555 0100' }
  expect(customerOfDraft({ name: ' Anna ', phone: ' ', email: ' ann@harbor.example ' }, before)).toEqual({
    ok: true,
    doc: { ...before, name: 'Anna', phone: null, email: 'ann@harbor.example' },
  })
})

test('each wrong field is told at the field', () => {
  const draft = { name: ' ', phone: '0'.repeat(longestPhone + 1), email: 'ann at harbor' }
  expect(customerOfDraft(draft, ann)).toEqual({
    ok: false,
    errors: {
      name: 'Write a name.',
      phone: 'Shorten it.',
      email: 'Correct it, such as maya@harbor.example, or leave it out.',
    },
  })
})
