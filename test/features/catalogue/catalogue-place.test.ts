import { expect, test } from 'vitest'
import { placeOf } from '../../../src/features/catalogue/catalogue-place.ts'

test.each([
  [{}, { tab: 'products', item: null }],
  [
    { tab: 'taxes', item: 'new' },
    { tab: 'taxes', item: 'new' },
  ],
  [
    { tab: 'nonsense', item: 7 },
    { tab: 'products', item: null },
  ],
])('the address %j', (search, place) => expect(placeOf(search)).toEqual(place))
