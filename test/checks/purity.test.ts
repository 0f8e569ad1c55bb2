import { describe, expect, test } from 'vitest'
import { runOnPlanted } from './planted-project.ts'

/** Lints `expression` in a file at `path` and returns what oxlint says. */
function lint(path: string, expression: string): { exitCode: number | null; output: string } {
  return runOnPlanted({ [path]: `export const planted = () => ${expression}\n` }, ['oxlint', 'src'])
}

describe('the pure core', () => {
  test.each([
    ['Date.now()', 'Take the time as an argument'],
    ['new Date()', 'Take the time as an argument'],
    ['Date()', 'Take the time as an argument'],
    ['performance.now()', 'Take the time as an argument'],
    ['Math.random()', 'Take ids and random numbers as arguments'],
    ['crypto.randomUUID()', 'Take ids and random numbers as arguments'],
    ['setTimeout(() => 1, 1)', 'let the caller (src/worker, server) set the timer'],
    ["fetch('/')", 'let the caller fetch or store it'],
  ])('%s is refused, and the message names the mend', (expression, mend) => {
    for (const folder of ['src/domain', 'src/sync']) {
      const { exitCode, output } = lint(`${folder}/planted.ts`, expression)
      expect(output).toContain(mend)
      expect(exitCode).toBe(1)
    }
  })

  test('new Date(milliseconds) only converts and is allowed', () => {
    expect(lint('src/domain/planted.ts', 'new Date(0)')).toMatchObject({ exitCode: 0 })
  })

  test('outside of the core the clock may be read', () => {
    expect(lint('src/worker/planted.ts', 'Date.now()')).toMatchObject({ exitCode: 0 })
  })
})
