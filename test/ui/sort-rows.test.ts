import { expect, test } from 'vitest'
import { sortRows } from '../../src/ui/sort-rows.ts'

const rows = [{ name: 'Till 10' }, { name: 'Till 9' }, { name: null }, { name: 'äther' }, { name: 'Zest' }]
const byName = (row: { name: string | null }) => row.name

test('texts sort by the rules of the locale, and digits in them by value', () => {
  expect(sortRows(rows, byName, false, 'de').map(byName)).toEqual([
    'äther',
    'Till 9',
    'Till 10',
    'Zest',
    null,
  ])
})

test('what has no value stands last in both orders', () => {
  expect(sortRows(rows, byName, true, 'de').map(byName)).toEqual(['Zest', 'Till 10', 'Till 9', 'äther', null])
})

test('the given list stays as it is', () => {
  const given = [3, 1, 2]
  expect(sortRows(given, (value) => value, false, 'en')).toEqual([1, 2, 3])
  expect(given).toEqual([3, 1, 2])
})
