import { mkdirSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { addCounts } from './coverage.ts'
import { mutants } from './mutants/all.ts'
import { runSeries } from './pool.ts'
import { runOnPostgres } from './postgres-lane.ts'
import { run, type RunResult } from './run.ts'
import { shrink } from './shrink.ts'

const help = `npm run simulate -- [--seeds N] [--seed S] [--steps K] [--mutant NAME] [--lane LANE] [--trace] [--json]

Runs a shop with its devices, the network and the server in virtual time, with faults, and checks the invariants I1 to I16
of src/sync/SPEC.md after every step. The same seed gives the same run.

  --seeds N      how many runs, 500
  --seed S       the first seed, 1; alone: this one run
  --steps K      steps of people and faults in each run, 36
  --mutant NAME  with a mistake that must be found: ${Object.keys(mutants).join(', ')}
  --lane LANE    memory, or postgres: each run in memory and on a real server, which must end with equal rows
  --keep         writes failing runs, made short, to test/simulation/regressions/
  --trace        of one run, everything that people, faults and the network did
  --json         one object with all results
  --help         this text
`

const STEPS = 36
const SEEDS = 500
const MOST_SHOWN = 5

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string' },
      seed: { type: 'string' },
      steps: { type: 'string' },
      mutant: { type: 'string' },
      lane: { type: 'string' },
      keep: { type: 'boolean' },
      trace: { type: 'boolean' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  })
  if (values.help) {
    console.log(help)
    return 0
  }
  const firstSeed = numberOf(values.seed, 1)
  const seeds = numberOf(values.seeds, values.seed === undefined ? SEEDS : 1)
  const steps = numberOf(values.steps, STEPS)
  const { mutant } = values
  if (mutant !== undefined && !(mutant in mutants)) throw new Error(`There is no mutant ${mutant}.`)
  if (values.trace) {
    const { violations } = await run({ seed: firstSeed, steps, mutant, onTrace: (line) => console.log(line) })
    for (const { rule, what, atStep } of violations) console.log(`${atStep} [${rule}] ${what}`)
    return violations.length === 0 ? 0 : 1
  }
  if (values.lane !== undefined && !['memory', 'postgres'].includes(values.lane))
    throw new Error(`There is no lane ${values.lane}.`)
  const failed: RunResult[] = []
  const coverage = new Map<string, number>()
  const startedAt = performance.now()
  const onResult = (result: RunResult): void => {
    addCounts(coverage, result.coverage)
    if (result.violations.length > 0) failed.push(result)
  }
  if (values.lane === 'postgres') await runOnPostgres({ firstSeed, seeds, steps }, onResult)
  else await runSeries({ firstSeed, seeds, steps, mutant }, onResult)
  failed.sort((one, other) => one.seed - other.seed)
  const seconds = (performance.now() - startedAt) / 1000
  if (values.json)
    console.log(JSON.stringify({ seeds, seconds, failed, coverage: Object.fromEntries(coverage) }))
  else report(failed, { seeds, steps, seconds, mutant })
  if (values.keep)
    for (const { seed, violations } of failed.slice(0, MOST_SHOWN))
      await keep(seed, steps, violations[0]!.rule)
  return failed.length === 0 ? 0 : 1
}

function numberOf(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise
  const number = Number(text)
  if (!Number.isSafeInteger(number) || number < 0) throw new Error(`“${text}” is not a whole number.`)
  return number
}

function report(
  failed: readonly RunResult[],
  {
    seeds,
    steps,
    seconds,
    mutant,
  }: { seeds: number; steps: number; seconds: number; mutant: string | undefined },
): void {
  for (const { seed, violations } of failed.slice(0, MOST_SHOWN)) {
    const [first] = violations
    console.log(`seed ${seed}: [${first!.rule}] ${first!.what}`)
    const which = mutant === undefined ? '' : ` --mutant ${mutant}`
    console.log(`  npm run simulate -- --seed ${seed} --steps ${steps}${which}`)
  }
  console.log(`${seeds} runs in ${seconds.toFixed(1)} s, ${failed.length} broke a rule`)
}

/** A run that failed once is run by every test from then on. */
async function keep(seed: number, steps: number, rule: string): Promise<void> {
  const only = await shrink({ seed, steps }, rule)
  const folder = new URL('regressions/', import.meta.url)
  mkdirSync(folder, { recursive: true })
  const file = new URL(`${seed}.json`, folder)
  writeFileSync(file, `${JSON.stringify({ seed, steps, rule, only })}\n`)
  console.log(`kept as test/simulation/regressions/${seed}.json: ${only.length} of ${steps} steps`)
}

process.exitCode = await main()
