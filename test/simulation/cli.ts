import { mkdirSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { addCounts } from './coverage.ts'
import { mutants } from './mutants/all.ts'
import { runSeries, type SeriesOptions } from './pool.ts'
import { runOnPostgres } from './postgres-lane.ts'
import { run, type RunResult } from './run.ts'
import { shrink } from './shrink.ts'

const STEPS = 36
const SEEDS = 500
const MOST_SHOWN = 5

const help = `npm run simulate -- [--seeds N] [--seed S] [--steps K] [--only LIST] [--mutant NAME] [--lane LANE] [--keep] [--trace] [--json]

Runs a shop with its devices, the network and the server in virtual time, with faults, and checks the invariants I1 to I16
of src/sync/SPEC.md after every step. The same seed gives the same run. Exits with 1 where a rule is broken.

  --seeds N      how many runs, 500
  --seed S       the first seed, 1; alone: this one run
  --steps K      steps of people and faults in each run, 36
  --only LIST    of these steps only, e.g. 3,17,18: a run that was made short
  --mutant NAME  with a mistake that must be found: ${Object.keys(mutants).join(', ')}
  --lane LANE    memory, or postgres: each run in memory and on a real server, which must end with equal rows
  --keep         makes the first ${MOST_SHOWN} failing runs short and writes them to test/simulation/regressions/, for every test from then on
  --trace        of one run, everything that people, faults and the network did
  --json         one object with all results
  --help         this text
`

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string' },
      seed: { type: 'string' },
      steps: { type: 'string' },
      only: { type: 'string' },
      mutant: { type: 'string' },
      lane: { type: 'string', default: 'memory' },
      keep: { type: 'boolean', default: false },
      trace: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const { mutant, lane, keep, json } = values
  if (values.help) {
    console.log(help)
    return 0
  }
  if (mutant !== undefined && !(mutant in mutants)) throw new Error(`There is no mutant ${mutant}.`)
  if (!['memory', 'postgres'].includes(lane)) throw new Error(`There is no lane ${lane}.`)
  if (lane === 'postgres' && mutant !== undefined) throw new Error('Mutants run in memory only.')
  if (keep && mutant !== undefined) throw new Error('What a mutant breaks is no regression.')
  const firstSeed = numberOf(values.seed, 1)
  const seeds = numberOf(values.seeds, values.seed === undefined ? SEEDS : 1)
  const steps = numberOf(values.steps, STEPS)
  const only = values.only?.split(',').map((text) => numberOf(text, 0))
  const asked: Asked = { firstSeed, seeds, steps, only, mutant }
  if (values.trace) return trace(asked)

  const startedAt = performance.now()
  const { failed, coverage } = await runAll(asked, lane)
  const seconds = (performance.now() - startedAt) / 1000
  if (json) console.log(JSON.stringify({ seeds, seconds, failed, coverage: Object.fromEntries(coverage) }))
  else {
    report(failed, asked, lane)
    console.log(`${seeds} runs in ${seconds.toFixed(1)} s, ${failed.length} broke a rule`)
  }
  if (keep) for (const result of failed.slice(0, MOST_SHOWN)) await keepShort(result, asked)
  return failed.length === 0 ? 0 : 1
}

type Asked = SeriesOptions & { readonly firstSeed: number; readonly seeds: number }

async function trace({ firstSeed, ...options }: Asked): Promise<number> {
  const { violations } = await run({ ...options, seed: firstSeed, onTrace: (line) => console.log(line) })
  for (const { rule, what, atStep } of violations) console.log(`${atStep} [${rule}] ${what}`)
  return violations.length === 0 ? 0 : 1
}

async function runAll(asked: Asked, lane: string) {
  const failed: RunResult[] = []
  const coverage = new Map<string, number>()
  const onResult = (result: RunResult): void => {
    addCounts(coverage, result.coverage)
    if (result.violations.length > 0) failed.push(result)
  }
  await (lane === 'postgres' ? runOnPostgres(asked, onResult) : runSeries(asked, onResult))
  failed.sort((one, other) => one.seed - other.seed)
  return { failed, coverage }
}

function numberOf(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise
  const number = Number(text)
  if (!Number.isSafeInteger(number) || number < 0) throw new Error(`“${text}” is not a whole number.`)
  return number
}

function report(failed: readonly RunResult[], { steps, only, mutant }: Asked, lane: string): void {
  const again = [
    ...(only === undefined ? [] : [`--only ${only.join(',')}`]),
    ...(mutant === undefined ? [] : [`--mutant ${mutant}`]),
    ...(lane === 'memory' ? [] : [`--lane ${lane}`]),
  ]
  for (const { seed, violations } of failed.slice(0, MOST_SHOWN)) {
    const [first] = violations
    console.log(`seed ${seed}: [${first!.rule}] ${first!.what}`)
    console.log(`  ${[`npm run simulate -- --seed ${seed} --steps ${steps}`, ...again].join(' ')}`)
  }
}

/** A run that failed once is run by every test from then on. */
async function keepShort({ seed, violations }: RunResult, { steps, only }: Asked): Promise<void> {
  const { rule, what } = violations[0]!
  const short = await shrink({ seed, steps, only }, rule)
  const folder = new URL('regressions/', import.meta.url)
  mkdirSync(folder, { recursive: true })
  const about = JSON.stringify(`[${rule}] ${what}`.slice(0, 80))
  const text = `{ "seed": ${seed}, "steps": ${steps}, "only": [${short.join(', ')}],\n  "about": ${about} }\n`
  writeFileSync(new URL(`${seed}.json`, folder), text)
  console.log(`kept as test/simulation/regressions/${seed}.json: ${short.length} of ${steps} steps`)
}

process.exitCode = await main()
