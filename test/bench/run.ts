import { mkdir, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { interrupted } from '../runner/interrupt.ts'
import type { Bench, BenchRow } from './bench.ts'
import { commit } from './commit.ts'
import { formatRows } from './format-rows.ts'
import { ingest } from './ingest.ts'
import { price } from './price.ts'
import { pull } from './pull.ts'
import { report } from './report.ts'
import { sync } from './sync/sync.ts'

const benches: readonly Bench[] = [commit, report, ingest, pull, price, sync]
const usuallyLongestMs = 60_000

const help = `npm run bench -- [NAME …] [--rounds N] [--quick] [--json FILE]

Measures ours against a limit in the same run, as this machine is never the same twice: believe the ratios.
For ms a ratio above 1 is slower than the limit, for so many a second it is faster. Without a NAME it lists what there is.

${benches.map(({ name, about }) => `  ${name.padEnd(10)}${about}`).join('\n')}

  --rounds N   rounds instead of each bench's own number; the ratio is the median of the rounds
  --quick      fewer rounds of less, for a first look; only sync knows it
  --json FILE  writes the rows there too
  --list       the names, one on each line
  --help       this text

Each ends after ${usuallyLongestMs / 1000} s at the latest (sync takes a quarter of an hour) and removes what it made. Stop what else runs before you measure.
`

type Wanted = { readonly rounds: number | undefined; readonly isQuick: boolean }

type Result = {
  readonly name: string
  readonly limit: string
  readonly rounds: number
  readonly rows: readonly BenchRow[]
}

/** Null when it was stopped before its end. */
async function runBench(bench: Bench, wanted: Wanted, interrupt: AbortSignal): Promise<Result | null> {
  const { isQuick, rounds = isQuick ? 1 : bench.rounds } = wanted
  const longestMs = bench.longestMs ?? usuallyLongestMs
  const startedAt = performance.now()
  const signal = AbortSignal.any([interrupt, AbortSignal.timeout(longestMs)])
  console.log(`\n${bench.name}: ${bench.about}\n  1.00 is ${bench.limit}`)
  const load = () => `load ${loadavg()[0]!.toFixed(1)} on ${availableParallelism()} processors`
  try {
    const rows = await bench.run({ rounds, size: 'full', isQuick, signal })
    console.log(formatRows(rows))
    console.log(`  ${rounds} rounds, ${((performance.now() - startedAt) / 1000).toFixed(0)} s, ${load()}`)
    return { name: bench.name, limit: bench.limit, rounds, rows }
  } catch (error) {
    if (!signal.aborted) throw error
    const reason = interrupt.aborted ? 'by you' : `after ${longestMs / 1000} s; ask for fewer rounds`
    console.error(`  Stopped ${reason} (${load()}). What it made is gone.`)
    return null
  }
}

async function runAll(chosen: readonly Bench[], wanted: Wanted): Promise<(Result | null)[]> {
  const interrupt = interrupted()
  const results: (Result | null)[] = []
  for (const bench of chosen) {
    if (!interrupt.aborted) results.push(await runBench(bench, wanted, interrupt))
  }
  return results
}

async function writeResults(file: string, results: readonly (Result | null)[]): Promise<void> {
  const written = {
    measuredAt: new Date().toISOString(),
    machine: machine(),
    results: results.filter(Boolean),
  }
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, `${JSON.stringify(written, null, 2)}\n`)
}

function machine(): Record<string, string | number> {
  return { processor: cpus()[0]?.model ?? '', processors: availableParallelism(), node: process.version }
}

function fail(sentence: string): number {
  console.error(sentence)
  return 1
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      help: { type: 'boolean' },
      list: { type: 'boolean' },
      rounds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      json: { type: 'string' },
    },
  })
  if (values.list) console.log(benches.map(({ name }) => name).join('\n'))
  else if (values.help || positionals.length === 0) console.log(help)
  if (values.list || values.help || positionals.length === 0) return 0

  const unknown = positionals.filter((wanted) => !benches.some(({ name }) => name === wanted))
  if (unknown.length > 0)
    return fail(
      `There is no bench ${unknown.join(', ')}. There are: ${benches.map(({ name }) => name).join(', ')}.`,
    )
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds)
  if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0))
    return fail(`--rounds takes a whole number above 0, not ${values.rounds}.`)

  const chosen = benches.filter(({ name }) => positionals.includes(name))
  const results = await runAll(chosen, { rounds, isQuick: values.quick })
  if (values.json !== undefined) await writeResults(values.json, results)
  else
    for (const [place, { jsonFile }] of chosen.entries())
      if (jsonFile !== undefined) await writeResults(jsonFile, [results[place] ?? null])
  return results.includes(null) ? 1 : 0
}

process.exitCode = await main()
