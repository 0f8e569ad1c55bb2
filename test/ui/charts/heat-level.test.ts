import { expect, test } from 'vitest'
import { heatLevel } from '../../../src/ui/charts/heat-level.ts'

test('nothing is the lightest and the highest the darkest of seven even steps', () => {
  expect([0, 10, 20, 40, 50, 60, 80, 99, 100].map((value) => heatLevel(value, 100))).toEqual([
    0, 0, 1, 2, 3, 4, 5, 6, 6,
  ])
})

test('a map of zeros has no dark cell', () => {
  expect(heatLevel(0, 0)).toBe(0)
})
