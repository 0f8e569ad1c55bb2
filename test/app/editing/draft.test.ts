import { describe, expect, test } from 'vitest'
import { changedPaths, kept, nameError, rebased, sameSetAs } from '../../../src/app/editing/draft.ts'

const large = { id: 'l', name: 'Large', price: '5.00' }
const small = { id: 's', name: 'Small', price: '4.00' }
const seen = { name: 'Latte', categoryId: 'coffee', variants: [small, large], sets: ['milk', 'extras'] }

describe('rebased', () => {
  test('[R2] fields changed on both sides merge: mine stay, the others are as they are now', () => {
    const mine = { ...seen, name: 'Caffè latte', variants: [small, { ...large, price: '5.50' }] }
    const now = { ...seen, categoryId: 'iced', variants: [{ ...small, price: '4.20' }, large] }
    expect(rebased(seen, mine, now)).toEqual({
      name: 'Caffè latte',
      categoryId: 'iced',
      variants: [
        { ...small, price: '4.20' },
        { ...large, price: '5.50' },
      ],
      sets: ['milk', 'extras'],
    })
  })

  test('what both changed stays mine', () =>
    expect(rebased(seen, { ...seen, name: 'Mine' }, { ...seen, name: 'Theirs' }).name).toBe('Mine'))

  test('elements added on either side are there, those taken out are not', () => {
    const huge = { id: 'h', name: 'Huge', price: '7.00' }
    const tiny = { id: 't', name: 'Tiny', price: '3.00' }
    const mine = { ...seen, variants: [large, huge], sets: ['milk', 'extras', 'sugar'] }
    const now = { ...seen, variants: [small, large, tiny], sets: ['extras'] }
    const both = rebased(seen, mine, now)
    expect(both.variants).toEqual([large, tiny, huge])
    expect(both.sets).toEqual(['extras', 'sugar'])
  })

  test('what was deleted elsewhere stays deleted, though I changed it', () => {
    const mine = { ...seen, variants: [{ ...small, name: 'Short' }, large] }
    expect(rebased(seen, mine, { ...seen, variants: [large] }).variants).toEqual([large])
  })
})

describe('changedPaths', () => {
  test('names fields, fields of elements, and whole elements', () => {
    const now = { ...seen, name: 'Caffè latte', variants: [{ ...small, price: '4.20' }], sets: ['milk'] }
    expect(changedPaths(seen, now)).toEqual(['name', 'variants.s.price', 'variants.l', 'sets'])
  })

  test('equal drafts have none', () => expect(changedPaths(seen, structuredClone(seen))).toEqual([]))
})

test('a text that nobody touched stays as it is stored', () => {
  expect(kept(' Latte', ' Latte')).toBe(' Latte')
  expect(kept(' Caffè latte ', ' Latte')).toBe('Caffè latte')
})

test('a set in another order is the same set', () => {
  const before = ['a', 'b']
  expect(sameSetAs(before, ['b', 'a'])).toBe(before)
  expect(sameSetAs(before, ['b'])).toEqual(['b'])
})

test('a name has one to 120 characters', () => {
  expect(nameError(' ')).toBe('Write a name.')
  expect(nameError('x'.repeat(121))).toContain('120')
  expect(nameError(' Latte ')).toBeNull()
})
