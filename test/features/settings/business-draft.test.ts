import { expect, test } from 'vitest'
import { businessOfDraft, draftOfBusiness } from '../../../src/features/settings/business-draft.ts'

const business = { name: 'Tidewater', locale: 'en-US' }

test('[R2] the name without space around it, the locale as chosen; untouched they stay', () => {
  expect(businessOfDraft(draftOfBusiness(business), business)).toEqual({ ok: true, doc: business })
  expect(businessOfDraft({ name: ' Sunrise ', locale: 'de-CH' }, business)).toEqual({
    ok: true,
    doc: { name: 'Sunrise', locale: 'de-CH' },
  })
})

test('a business has a name', () => {
  expect(businessOfDraft({ name: ' ', locale: 'en-US' }, business)).toEqual({
    ok: false,
    errors: { name: 'Write a name.' },
  })
})
