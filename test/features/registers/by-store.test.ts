import { expect, test } from 'vitest'
import { byStore, nextRegisterName } from '../../../src/features/registers/by-store.ts'

const register = (storeId: string, storeName: string, name: string) => ({
  registerId: `${storeId}-${name}`,
  storeId,
  storeName,
  name,
  install: null,
  past: [],
})

test('stores and registers stand by name, numbers by value', () => {
  const stores = byStore(
    [
      register('s2', 'Old Market', 'Register 10'),
      register('s1', 'Harbor Street', 'Bar'),
      register('s2', 'Old Market', 'Register 2'),
    ],
    [],
  )
  expect(stores.map(({ name, registers }) => [name, registers.map((each) => each.name)])).toEqual([
    ['Harbor Street', ['Bar']],
    ['Old Market', ['Register 2', 'Register 10']],
  ])
})

test('a store without registers is there too, each once', () => {
  const stores = byStore(
    [register('s1', 'Harbor Street', 'Register 1')],
    [
      { storeId: 's1', name: 'Harbor Street' },
      { storeId: 's3', name: 'Airport' },
    ],
  )
  expect(stores.map(({ name, registers }) => [name, registers.length])).toEqual([
    ['Airport', 0],
    ['Harbor Street', 1],
  ])
})

test('a new register gets the lowest free number', () => {
  expect(nextRegisterName([])).toBe('Register 1')
  expect(nextRegisterName(['Register 1', 'register 2 ', 'Bar', 'Register 4'])).toBe('Register 3')
})
