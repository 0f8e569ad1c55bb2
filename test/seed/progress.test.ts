import { expect, test } from 'vitest'
import { createProgress } from '../../server/seed/progress.ts'

function watch(isTTY: boolean): { lines: string[]; written: string[]; run: () => void } {
  const lines: string[] = []
  const written: string[] = []
  const terminal = { isTTY, write: (text: string | Uint8Array) => written.push(String(text)) > 0 }
  const progress = createProgress({
    label: 'Baking',
    total: 1_000,
    line: (text) => lines.push(text),
    terminal,
  })
  const run = (): void => {
    for (let done = 0; done <= 1_050; done += 25) progress.update(done)
    progress.finish()
  }
  return { lines, written, run }
}

test('a terminal gets one line that is drawn anew and cleared in the end', () => {
  const { lines, written, run } = watch(true)
  run()
  expect(lines).toEqual([])
  expect(written.every((text) => text.startsWith('\r') && !text.includes('\n'))).toBe(true)
  expect(written.at(-2)).toContain('100 %')
  expect(written.at(-1)).toBe('\r\u001b[K')
})

test('a file gets a line for each tenth', () => {
  const { lines, written, run } = watch(false)
  run()
  expect(written).toEqual([])
  expect(lines).toHaveLength(10)
  expect(lines.at(0)).toBe('Baking: 10 %')
  expect(lines.at(-1)).toBe('Baking: 100 %')
})
