import { parseArgs } from 'node:util'
import { failed } from '#domain/failure.ts'
import { formatHelp } from '../cli-help.ts'
import { loadConfig, readEnvFile } from '../config.ts'
import type { Config } from '../config.ts'
import { openEmbedded } from '../database/embedded.ts'
import { migrate } from '../database/migrate.ts'
import { createDatabase } from '../database/pool.ts'
import { createLog } from '../log.ts'
import type { Log } from '../log.ts'
import { isSetUp } from '../office/set-up.ts'
import { StartupError, formatFailure } from '../startup-error.ts'
import { demoDefaults, ensureDemo } from './demo.ts'
import { signInBlock } from './sign-in-block.ts'

const help = formatHelp({
  usage: 'npm run seed -- [options]',
  about:
    'Makes the demo shop: a coffee roaster with three stores and a year of sales. For an empty database only.',
  options: [
    ['--seed N', `which shop to make; the same number makes the same one (${demoDefaults.seed})`],
    ['--orders N', `how many sales it has, about (${demoDefaults.orders})`],
    ['--days N', `how many days they go back, today included (${demoDefaults.days})`],
    ['--help', 'show this text'],
  ],
  examples: ['npm run seed', 'npm run seed -- --orders 5000 --days 60', 'DATA_DIR=./demo npm run seed'],
})

type Wanted = { readonly seed: number; readonly orders: number; readonly days: number }

try {
  await main()
} catch (error) {
  exitWith(error)
}

async function main(): Promise<void> {
  const { values: flags } = parseArgs({
    options: {
      seed: { type: 'string', default: String(demoDefaults.seed) },
      orders: { type: 'string', default: String(demoDefaults.orders) },
      days: { type: 'string', default: String(demoDefaults.days) },
      help: { type: 'boolean', default: false },
    },
  })
  if (flags.help) return console.log(help)
  const wanted = {
    seed: wholeNumber('seed', flags.seed, 0, 1_000_000_000),
    orders: wholeNumber('orders', flags.orders, 1, 5_000_000),
    days: wholeNumber('days', flags.days, 1, 3_650),
  }
  readEnvFile()
  const config = loadConfig(process.env)
  if (!config.ok) {
    console.error(`\nThe demo can’t be made:\n\n${config.failures.map(formatFailure).join('\n')}\n`)
    process.exit(1)
  }
  await seed(config.value, wanted)
}

async function seed(config: Config, wanted: Wanted): Promise<void> {
  const log = createLog('warn')
  const { url, directUrl, stop } = await openDatabase(config, log)
  try {
    await migrate({ url: directUrl, log })
    const database = createDatabase({ url, directUrl, max: config.databasePoolMax, log })
    try {
      const isTaken = await isSetUp(database)
      const made = await ensureDemo({
        ...wanted,
        database,
        log,
        progress: (line) => console.log(`  ${line}`),
      })
      if (made === null || made.alreadyThere) throw taken(config)
      console.log(signInBlock(made))
      if (isTaken) console.log('  An attempt that had been cut short was cleared away first.\n')
    } finally {
      await database.close()
    }
  } finally {
    await stop()
  }
}

async function openDatabase(
  { databaseUrl, databaseDirectUrl, dataDir }: Config,
  log: Log,
): Promise<{ url: string; directUrl: string; stop: () => Promise<void> }> {
  if (databaseUrl !== undefined) {
    return { url: databaseUrl, directUrl: databaseDirectUrl ?? databaseUrl, stop: async () => undefined }
  }
  const { url, stop } = await openEmbedded({ dataDir, log, mode: 'adopt-or-start' })
  return { url, directUrl: url, stop }
}

function taken({ databaseUrl, dataDir }: Config): StartupError {
  return new StartupError(
    failed(
      'seed/taken',
      `There is a business already in ${databaseUrl === undefined ? dataDir : 'this database'}. It was left alone.`,
      'Make the demo in a folder of its own: DATA_DIR=./demo npm run seed.',
    ).failure,
  )
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : NaN
  if (value >= least && value <= most) return value
  throw new StartupError(
    failed(
      `seed/${name}`,
      `--${name} is “${text}”, which can’t be used.`,
      `Give a whole number from ${least} to ${most}.`,
    ).failure,
  )
}

/** What a person can mend is said in two lines; what is our fault keeps its stack. */
function exitWith(error: unknown): never {
  if (error instanceof StartupError) {
    console.error(`\nThe demo can’t be made:\n\n${formatFailure(error.failure)}\n`)
    process.exit(1)
  }
  if ((error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')) {
    console.error(`${(error as Error).message}\n\n${help}`)
    process.exit(2)
  }
  console.error(error)
  process.exit(1)
}
