import { expect, test } from 'vitest'
import { placeOf } from '../../../src/features/people/people-place.ts'

test('the address says which tab and which record are open', () => {
  expect(placeOf({})).toEqual({ tab: 'staff', item: null })
  expect(placeOf({ tab: 'customers', item: 'c1' })).toEqual({ tab: 'customers', item: 'c1' })
  expect(placeOf({ tab: 'elsewhere', item: '' })).toEqual({ tab: 'staff', item: null })
  expect(placeOf({ item: 4 })).toEqual({ tab: 'staff', item: null })
})
