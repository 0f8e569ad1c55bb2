import { expect, test } from 'vitest'
import { rowWindow } from '../../src/ui/use-row-window.ts'

test('the heights of what is shown and left out add up to the whole', () => {
  for (const first of [0, 5, 500, 4_990, 9_999]) {
    const { start, end, before, after } = rowWindow(first, 20, 5_000, 36)
    expect(before + (end - start) * 36 + after).toBe(5_000 * 36)
    expect(start).toBeGreaterThanOrEqual(0)
    expect(end).toBeLessThanOrEqual(5_000)
  }
})

test('what is in sight is shown, with some rows more on both sides', () => {
  const { start, end } = rowWindow(500, 20, 5_000, 36)
  expect(start).toBeLessThan(500)
  expect(end).toBeGreaterThan(520)
  expect(end - start).toBeLessThan(60)
})

test('a list that became shorter than the place scrolled to still shows its end', () => {
  const { start, end } = rowWindow(4_000, 20, 250, 36)
  expect(end).toBe(250)
  expect(start).toBeLessThanOrEqual(230)
})
