import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createNameOrder } from '../../src/worker/name-order.ts'

const named = (...names: string[]) => names.map((name) => ({ id: name, name }))
const namesOf = (items: readonly { name: string }[]) => items.map(({ name }) => name)

test('sorts by the rules of the language, figures in names by value', async () => {
  const order = createNameOrder<{ id: string; name: string }>(({ id }) => id)
  expect(namesOf(await order(named('Tee 10', 'Äpfel', 'Tee 9', 'Birnen'), 'de'))).toEqual([
    'Äpfel',
    'Birnen',
    'Tee 9',
    'Tee 10',
  ])
})

test('items that come, go or are renamed stand where they belong', async () => {
  const order = createNameOrder<{ id: string; name: string }>(({ id }) => id)
  await order(named('a', 'c', 'b'), 'en')
  expect(namesOf(await order([...named('d', 'c', 'aa'), { id: 'b', name: 'z' }], 'en'))).toEqual([
    'aa',
    'c',
    'd',
    'z',
  ])
})

test('what a page keeps asking for is in order, whatever came and went before', () => {
  const names = fc.uniqueArray(fc.constantFrom('a', 'B', 'ä', 'c 10', 'c 9', 'd', 'e'))
  const { compare } = new Intl.Collator('en', { numeric: true })
  return fc.assert(
    fc.asyncProperty(fc.array(names, { maxLength: 5 }), fc.boolean(), async (lists, areHurried) => {
      const order = createNameOrder<{ id: string; name: string }>(({ id }) => id, {
        sliceMs: 0,
        pause: async () => undefined,
      })
      const asked = lists.map((list) => ({ list, sorted: order(named(...list), 'en') }))
      if (!areHurried) await Promise.all(asked.map(({ sorted }) => sorted))
      for (const { list, sorted } of asked) expect(namesOf(await sorted)).toEqual(list.toSorted(compare))
    }),
  )
})

test('the same items are sorted once', async () => {
  const order = createNameOrder<{ id: string; name: string }>(({ id }) => id)
  const items = named('b', 'a')
  expect(order(items, 'en')).toBe(order(items, 'en'))
})
