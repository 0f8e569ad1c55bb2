import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const script = fileURLToPath(new URL('cli.ts', import.meta.url))

function simulate(...args: string[]): Promise<{ readonly code: number; readonly lines: readonly string[] }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], { maxBuffer: 2 ** 26 }, (error, stdout) => {
      resolve({ code: error ? Number(error.code) : 0, lines: stdout.trimEnd().split('\n') })
    })
  })
}

test('a seed that breaks a rule says which, and how to see it again', async () => {
  const { code, lines } = await simulate('--seeds', '2', '--steps', '30', '--mutant', 'delete-on-send')
  expect(code).toBe(1)
  expect(lines[0]).toMatch(/^seed 1: \[I\d+\] /)
  const [, again] = lines[1]!.split('npm run simulate -- ')
  const { code: codeAgain, lines: linesAgain } = await simulate(...again!.split(' '))
  expect(codeAgain).toBe(1)
  expect(linesAgain.slice(0, 2)).toEqual(lines.slice(0, 2))
  expect(linesAgain.at(-1)).toMatch(/^1 runs in .* 1 broke a rule$/)
})

test('a run can be seen step by step, whole or in part', async () => {
  const [whole, part] = [
    await simulate('--seed', '3', '--trace'),
    await simulate('--seed', '3', '--trace', '--only', '0,1'),
  ]
  expect([whole.code, part.code]).toEqual([0, 0])
  expect(whole.lines.some((line) => / push .* ⇒ /.test(line))).toBe(true)
  expect(part.lines.length).toBeLessThan(whole.lines.length)
})

test('results are one object where a program asks', async () => {
  const { code, lines } = await simulate('--seed', '5', '--seeds', '2', '--json')
  expect(code).toBe(0)
  expect(JSON.parse(lines.join(''))).toMatchObject({ seeds: 2, failed: [], coverage: expect.any(Object) })
})

test.each([
  [['--mutant', 'nobody']],
  [['--lane', 'sqlite']],
  [['--seeds', 'many']],
  [['--keep', '--mutant', 'wipe-on-mismatch']],
])('what it does not know is no run: %j', async (args) => {
  expect((await simulate(...args)).code).toBe(1)
})
