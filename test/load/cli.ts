import { mkdir, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { interrupted } from '../runner/interrupt.ts'
import { onOwnServer, type Target } from './own-server.ts'
import { formatLoad } from './report.ts'
import { type LoadOptions, type LoadResult, runLoad } from './run-load.ts'

const help = `npm run load -- [--registers N] [--unsent M] [--seed S] [--url URL --database URL] [--json FILE]

Has many registers come back online at once, each with sales that it has not sent: real keys, journals and protocol over HTTP.
Measures how long they take and what everybody else feels of it, then holds every operation, order and payment on the server
against the registers' own ledger, to the minor unit. Ends with 1 where something differs or a register did not get through.

  --registers N   how many registers, 1000
  --unsent M      sales that each has not sent, 200
  --seed S        the same sales and the same chance again, 1; ids and keys are always new
  --url URL       a server that runs already, in place of one of its own; a business is added to it, so not your shop's
  --database URL  that server's PostgreSQL, for enrolling and for the comparison
  --json FILE     writes the figures there too
  --help          this text
`

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      registers: { type: 'string' },
      unsent: { type: 'string' },
      seed: { type: 'string' },
      url: { type: 'string' },
      database: { type: 'string' },
      json: { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  if (values.help) {
    console.log(help)
    return 0
  }
  const options: LoadOptions = {
    registers: numberOf(values.registers, 1000),
    unsent: numberOf(values.unsent, 200),
    seed: numberOf(values.seed, 1),
    progress: (line) => console.log(line),
  }
  const stop = interrupted()
  const work = (target: Target) => runLoad(target, options)
  const result = await onTarget(values.url, values.database, work, stop).catch((error: unknown) => {
    if (!stop.aborted) throw error
    console.error('Stopped by you. What it made is gone.')
    // The registers would go on.
    process.exit(130)
  })
  console.log(`\n${formatLoad(result)}\n`)
  console.log(`  load ${loadavg()[0]!.toFixed(1)} on ${availableParallelism()} processors`)
  if (values.json !== undefined) await writeResult(resolve(values.json), result, options)
  return result.differences.length + result.unfinished === 0 ? 0 : 1
}

function onTarget<T>(
  url: string | undefined,
  databaseUrl: string | undefined,
  work: (target: Target) => Promise<T>,
  stop: AbortSignal,
): Promise<T> {
  if (url === undefined && databaseUrl === undefined) return onOwnServer(work, stop)
  if (url === undefined || databaseUrl === undefined) throw new Error('--url and --database go together.')
  return work({ url: url.replace(/\/$/, ''), databaseUrl, pid: null })
}

function numberOf(text: string | undefined, otherwise: number): number {
  const number = text === undefined ? otherwise : Number(text)
  if (!Number.isSafeInteger(number) || number < 1) throw new Error(`“${text}” is not a whole number above 0.`)
  return number
}

async function writeResult(file: string, result: LoadResult, { seed, unsent }: LoadOptions): Promise<void> {
  const { ledger: _, tenantId: __, ...figures } = result
  const machine = {
    processor: cpus()[0]?.model ?? '',
    processors: availableParallelism(),
    node: process.version,
  }
  await mkdir(dirname(file), { recursive: true })
  await writeFile(
    file,
    `${JSON.stringify({ measuredAt: new Date().toISOString(), machine, seed, unsent, ...figures }, null, 2)}\n`,
  )
}

process.exitCode = await main()
