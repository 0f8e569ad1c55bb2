import { describe, expect, test } from 'vitest'
import type { Store } from '#domain/catalogue.ts'
import { changedPaths } from '../../../src/app/editing/draft.ts'
import {
  changesPricing,
  draftOfStore,
  longestText,
  storeFieldWords,
  storeOfDraft,
} from '../../../src/features/settings/store-draft.ts'

const store: Store = {
  storeId: 'harbor',
  name: 'Harbor Street',
  address: '12 Harbor Street\n',
  timeZone: 'America/New_York',
  pricing: {
    currency: { code: 'USD', exponent: 2, cashRoundingMinor: 1 },
    taxMode: 'exclusive',
    taxRounding: 'line',
  },
  receiptFooter: '',
}
const draft = draftOfStore(store)

describe('the form of a store', () => {
  test('[R2] what nobody touched stays as it is stored', () => {
    expect(storeOfDraft(draft, store)).toEqual({ ok: true, doc: store })
    expect(changesPricing(draft, store)).toBe(false)
  })

  test('tax and rounding change without the currency', () => {
    const changed = { ...draft, taxMode: 'inclusive', cashRoundingMinor: 5 } as const
    expect(changesPricing(changed, store)).toBe(true)
    expect(storeOfDraft(changed, store)).toEqual({
      ok: true,
      doc: {
        ...store,
        pricing: {
          currency: { code: 'USD', exponent: 2, cashRoundingMinor: 5 },
          taxMode: 'inclusive',
          taxRounding: 'line',
        },
      },
    })
  })

  test('texts that a device does not take are told at the field', () => {
    const long = 'x'.repeat(longestText + 1)
    expect(storeOfDraft({ ...draft, name: '', address: long, receiptFooter: long }, store)).toEqual({
      ok: false,
      errors: {
        name: 'Write a name.',
        address: 'Shorten it to 500 characters.',
        receiptFooter: 'Shorten it to 500 characters.',
      },
    })
  })

  test('what changed elsewhere is called by the names of the fields', () => {
    const now = { ...draft, timeZone: 'UTC', taxRounding: 'order' } as const
    expect(changedPaths(draft, now).map(storeFieldWords)).toEqual(['Time zone', 'Rounding of tax'])
  })
})
