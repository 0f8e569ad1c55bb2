import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Steps } from '../../src/worker/in-slices.ts'
import { sortInSteps } from '../../src/worker/sort-in-steps.ts'

/** Also how many steps it took. */
function atOnce<T>(steps: Steps<T>): { readonly result: T; readonly count: number } {
  for (let count = 0; ; count += 1) {
    const { done, value } = steps.next()
    if (done) return { result: value, count }
  }
}

type Item = { readonly key: number; readonly place: number }
const byKey = (one: Item, other: Item): number => one.key - other.key
const itemsOf = (keys: readonly number[]): Item[] => keys.map((key, place) => ({ key, place }))

test('sorts as the language does, equals in their order, and leaves the list alone', () =>
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 1, max: 900 }), (length, factor) => {
      const items = itemsOf(Array.from({ length }, (_, place) => (place * factor) % 997))
      const before = [...items]
      expect(atOnce(sortInSteps(items, byKey)).result).toEqual(items.toSorted(byKey))
      expect(items).toEqual(before)
    }),
    { numRuns: 60 },
  ))

test('compares no more than five thousand times before it can rest, and hardly at all where all is in order', () => {
  let most = 0
  let compared = 0
  let all = 0
  const counting = (one: Item, other: Item): number => {
    compared += 1
    all += 1
    return byKey(one, other)
  }
  const run = (items: Item[]): void => {
    const steps = sortInSteps(items, counting)
    all = 0
    do {
      most = Math.max(most, compared)
      compared = 0
    } while (!steps.next().done)
  }
  run(itemsOf(Array.from({ length: 50_000 }, (_, place) => (place * 7919) % 50_000)))
  expect(most).toBeGreaterThan(0)
  expect(most).toBeLessThan(5_500)
  run(itemsOf(Array.from({ length: 50_000 }, (_, place) => place)))
  expect(all).toBeLessThan(51_000)
})
