import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { addCounts } from './coverage.ts'
import { expectedCoverage } from './expected-coverage.ts'
import { mutants } from './mutants/all.ts'
import { runSeries } from './pool.ts'
import { run, type RunResult } from './run.ts'

const SEEDS = 2_000
const STEPS = 36
const MUTANT_SEEDS = 500

/** How to see it again. */
function replay({ seed, violations }: RunResult, steps = STEPS): string {
  const [first] = violations
  return `[${first?.rule}] ${first?.what}\n  npm run simulate -- --seed ${seed} --steps ${steps}`
}

test(`[I1]–[I16] hold in ${SEEDS} runs, and everything that can go wrong went wrong in some of them`, async () => {
  const coverage = new Map<string, number>()
  const failed: RunResult[] = []
  await runSeries({ firstSeed: 1, seeds: SEEDS, steps: STEPS }, (result) => {
    addCounts(coverage, result.coverage)
    if (result.violations.length > 0) failed.push(result)
  })
  expect(failed.map((result) => replay(result))).toEqual([])
  expect(expectedCoverage.filter((what) => !coverage.has(what))).toEqual([])
}, 300_000)

describe('a mistake that has been made elsewhere is found', () => {
  test.each(Object.keys(mutants))(
    '%s',
    async (mutant) => {
      const found: RunResult[] = []
      await runSeries({ firstSeed: 1, seeds: MUTANT_SEEDS, steps: STEPS, mutant }, (result) => {
        if (result.violations.length > 0) found.push(result)
        return found.length > 0
      })
      expect(found.length, `${mutant} was not found in ${MUTANT_SEEDS} runs`).toBeGreaterThan(0)
    },
    120_000,
  )
})

describe('a run that has failed before does not fail again', () => {
  const folder = new URL('regressions/', import.meta.url)
  const kept = (existsSync(folder) ? readdirSync(folder) : [])
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Kept)

  test.for(kept)('seed $seed: $about', async ({ seed, steps, only }) => {
    const result = await run({ seed, steps, only })
    expect(result.violations).toEqual([])
  })
})

type Kept = {
  readonly seed: number
  readonly steps: number
  readonly only?: readonly number[]
  readonly about: string
}

test('the same seed gives the same run', async () => {
  for (const seed of [11, 12, 13]) {
    const [one, other] = [await run({ seed, steps: STEPS }), await run({ seed, steps: STEPS })]
    expect(other).toEqual(one)
    expect((await run({ seed: seed + 100, steps: STEPS })).hash).not.toBe(one.hash)
  }
})
