import { expect, test } from 'vitest'
import type { Staff } from '#domain/catalogue.ts'
import { filterStaff, storeWords } from '../../../src/features/people/staff-filter.ts'

function personOf(name: string, storeIds: string[], isActive = true): Staff {
  return { staffId: name, name, role: 'cashier', pin: null, storeIds, isActive }
}

const staff = [
  personOf('Tomás Herrera', []),
  personOf('Sam Whitaker', ['harbor']),
  personOf('Finn O’Sullivan', ['airport'], false),
]
const everyone = { text: '', state: 'all', storeId: null } as const

function names(filter: Parameters<typeof filterStaff>[1]): string[] {
  return filterStaff(staff, filter).map(({ name }) => name)
}

test('people are found by beginnings of their names, without accents', () => {
  expect(names({ ...everyone, text: 'tomas H' })).toEqual(['Tomás Herrera'])
  expect(names({ ...everyone, text: 'sulli' })).toEqual(['Finn O’Sullivan'])
  expect(names({ ...everyone, text: 'erre' })).toEqual([])
})

test('who has left is apart; who works everywhere works in each store', () => {
  expect(names({ ...everyone, state: 'working' })).toEqual(['Tomás Herrera', 'Sam Whitaker'])
  expect(names({ ...everyone, state: 'dismissed' })).toEqual(['Finn O’Sullivan'])
  expect(names({ ...everyone, storeId: 'harbor' })).toEqual(['Tomás Herrera', 'Sam Whitaker'])
})

test('stores are named, many are counted', () => {
  const known = new Map([
    ['a', 'Airport'],
    ['b', 'Harbor Street'],
    ['c', 'Mill Lane'],
  ])
  expect(storeWords([], known)).toBe('All stores')
  expect(storeWords(['a', 'b'], known)).toBe('Airport, Harbor Street')
  expect(storeWords(['a', 'b', 'c'], known)).toBe('Airport, Harbor Street and 1 more')
  expect(storeWords(['a', 'gone'], known)).toBe('Airport and 1 more')
  expect(storeWords(['gone'], known)).toBe('1 store')
})
