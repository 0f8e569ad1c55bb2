import { expect, test } from 'vitest'
import { createNameOrder } from '../../src/worker/name-order.ts'

const named = (...names: string[]) => names.map((name) => ({ id: name, name }))
const namesOf = (items: readonly { name: string }[]) => items.map(({ name }) => name)

test('sorts by the rules of the language, figures in names by value', () => {
  const order = createNameOrder<{ id: string; name: string }>(({ id }) => id)
  expect(namesOf(order(named('Tee 10', 'Äpfel', 'Tee 9', 'Birnen'), 'de'))).toEqual([
    'Äpfel',
    'Birnen',
    'Tee 9',
    'Tee 10',
  ])
})

test('items that come, go or are renamed stand where they belong', () => {
  const order = createNameOrder<{ id: string; name: string }>(({ id }) => id)
  order(named('a', 'c', 'b'), 'en')
  expect(namesOf(order([...named('d', 'c', 'aa'), { id: 'b', name: 'z' }], 'en'))).toEqual([
    'aa',
    'c',
    'd',
    'z',
  ])
})

test('the same items are sorted once', () => {
  const order = createNameOrder<{ id: string; name: string }>(({ id }) => id)
  const items = named('b', 'a')
  expect(order(items, 'en')).toBe(order(items, 'en'))
})
