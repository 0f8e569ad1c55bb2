import { expect, test } from 'vitest'
import { type CodeRow, moveRow, paces } from '../../../src/features/sync/code-row.ts'

const start: CodeRow = { index: 0, pace: 'normal', isPaused: false }

test('the row goes round', () => {
  const places = [1, 2, 3].reduce<CodeRow[]>((rows) => [...rows, moveRow(rows.at(-1)!, 3, 'tick')], [start])
  expect(places.map(({ index }) => index)).toEqual([0, 1, 2, 0])
})

test('stepping by hand holds it, backwards from the first too', () => {
  const back = moveRow(start, 3, 'previous')
  expect(back).toEqual({ index: 2, pace: 'normal', isPaused: true })
  expect(moveRow(back, 3, 'tick')).toBe(back)
  expect(moveRow(back, 3, 'next')).toMatchObject({ index: 0, isPaused: true })
})

test('it can be paused, set going again and be given another pace', () => {
  const paused = moveRow(start, 3, 'pause')
  expect(paused.isPaused).toBe(true)
  expect(moveRow(paused, 3, 'pause').isPaused).toBe(false)
  expect(moveRow(paused, 3, { pace: 'fast' })).toEqual({ ...paused, pace: 'fast' })
})

test('no pace flashes more than three times a second', () => {
  for (const everyMs of Object.values(paces)) expect(everyMs).toBeGreaterThan(1000 / 3)
})
