import { readFile, writeFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { Failure } from '#domain/failure.ts'
import { refusedCsv } from '#import/refused-csv.ts'
import { loadConfig, readEnvFile } from '../config.ts'
import { openEmbedded } from '../database/embedded.ts'
import { migrate } from '../database/migrate.ts'
import { createDatabase } from '../database/pool.ts'
import type { Database } from '../database/pool.ts'
import { createLog } from '../log.ts'
import { StartupError, formatFailure } from '../startup-error.ts'
import { help, readOptions } from './cli-options.ts'
import type { CliOptions } from './cli-options.ts'
import {
  importLines,
  noBusiness,
  questionLines,
  readLines,
  severalBusinesses,
  suggestedMapLines,
  unknownImport,
  takenLines,
} from './cli-words.ts'
import { readSales, takeSales } from './import-sales.ts'
import type { ReadSales } from './import-sales.ts'
import { listImports, undoImport } from './take-import.ts'

const importIdShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** 0: done. 1: it failed. 2: the command needs another word first. */
type ExitCode = 0 | 1 | 2

const given = readOptions(process.argv.slice(2))
try {
  process.exitCode = await run()
} catch (error) {
  process.exitCode = 1
  if (error instanceof StartupError) refuse(error.failure)
  else console.error(error)
}

async function run(): Promise<ExitCode> {
  if (given.kind === 'help') {
    console.log(help)
    return 0
  }
  if (given.kind === 'wrong') {
    console.error(`${given.sentence}\n\n${help}`)
    return 2
  }
  readEnvFile()
  const config = loadConfig(process.env)
  if (!config.ok) return refuse(...config.failures)
  const { databaseUrl, databaseDirectUrl, dataDir } = config.value
  const log = createLog('warn')
  const embedded =
    databaseUrl === undefined ? await openEmbedded({ dataDir, log, mode: 'adopt-or-start' }) : null
  const url = embedded?.url ?? databaseUrl ?? ''
  const directUrl = embedded?.url ?? databaseDirectUrl ?? url
  try {
    await migrate({ url: directUrl, log })
    const database = createDatabase({ url, directUrl, max: 2, log })
    try {
      return await serve(database, given.options)
    } finally {
      await database.close()
    }
  } finally {
    await embedded?.stop()
  }
}

async function serve(database: Database, options: CliOptions): Promise<ExitCode> {
  const [tenant, ...others] = await database.asSystem((tx) =>
    tx.query<{ tenant_id: string }>('select tenant_id from tenant'),
  )
  if (!tenant || others.length > 0) return refuse(tenant ? severalBusinesses : noBusiness)
  if (options.isList) {
    console.log(importLines(await listImports(database, tenant.tenant_id)))
    return 0
  }
  if (options.undo !== null) {
    if (!importIdShape.test(options.undo)) return refuse(unknownImport)
    const undone = await undoImport(database, tenant.tenant_id, options.undo)
    if (!undone.ok) return refuse(undone.failure)
    console.log('  Undone. What it brought has left the reports.')
    return 0
  }
  return options.file === null ? 2 : bringIn(database, tenant.tenant_id, options.file, options)
}

async function bringIn(
  database: Database,
  tenantId: string,
  path: string,
  options: CliOptions,
): Promise<ExitCode> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => error)
  if (bytes instanceof Error) return refuse(fileFailure(path, bytes))
  const fileName = basename(path)
  const read = await readSales(database, tenantId, { name: fileName, bytes }, options)
  if (!read.ok) return refuse(read.failure)
  if (read.value.sales === null) {
    console.error(questionLines(read.value))
    return 2
  }
  console.log(readLines(read.value))
  const refusedTo = await writeRefused(path, options, read.value)
  if (refusedTo !== null) console.log(`  Refused rows with reasons: ${refusedTo}`)
  const isGuess = read.value.shape === 'unknown' && options.map === null
  if (isGuess) console.log(suggestedMapLines(read.value))
  if (options.isDryRun) {
    console.log('  Nothing was changed (--dry-run).')
    return 0
  }
  if (isGuess) return 2
  const cancelling = new AbortController()
  const cancel = (): void => cancelling.abort()
  process.once('SIGINT', cancel)
  const { orders, summary } = read.value.sales
  const taken = await takeSales(
    database,
    tenantId,
    { fileName, source: read.value.shape, rowsRefused: summary.rowsRefused },
    orders,
    { cancelled: cancelling.signal, progress: (done) => showProgress(done, orders.length) },
  )
  process.off('SIGINT', cancel)
  if (!taken.ok) return refuse(taken.failure)
  console.log(takenLines(taken.value))
  return taken.value.wasCancelled ? 1 : 0
}

async function writeRefused(
  path: string,
  options: CliOptions,
  { sales, table }: ReadSales,
): Promise<string | null> {
  if (!sales || sales.refused.length === 0) return null
  const refusedTo =
    options.refusedPath ?? `${path.replace(/\.gz$/i, '').replace(/\.(csv|txt)$/i, '')}.refused.csv`
  await writeFile(refusedTo, `\uFEFF${refusedCsv(sales.refused, table.header)}`).catch(
    (error: NodeJS.ErrnoException) => {
      throw new StartupError({
        code: `import/refused-${error.code}`,
        sentence: `The list of refused rows can’t be written to ${refusedTo}.`,
        mend: 'Name a file that can be written: --refused FILE. Nothing was imported.',
        dataSafe: true,
      })
    },
  )
  return resolve(refusedTo)
}

/** One line that is written over; in a log, a line every tenth. */
function showProgress(done: number, total: number): void {
  const line = `  ${done.toLocaleString('en')} of ${total.toLocaleString('en')} orders`
  if (process.stdout.isTTY) process.stdout.write(`\r${line}${done === total ? '\n' : ''}`)
  else if (done === total || Math.floor((done * 10) / total) > Math.floor(((done - 1_000) * 10) / total))
    console.log(line)
}

function refuse(...failures: readonly Failure[]): 1 {
  console.error(`\nNothing more was imported:\n\n${failures.map(formatFailure).join('\n')}\n`)
  return 1
}

function fileFailure(path: string, error: NodeJS.ErrnoException): Failure {
  const sentences: Record<string, string> = {
    ENOENT: `There is no file ${path}.`,
    EACCES: `This user may not read ${path}.`,
    EISDIR: `${path} is a folder.`,
  }
  return {
    code: `import/file-${error.code}`,
    sentence: sentences[error.code ?? ''] ?? `${path} can’t be read: ${error.message}.`,
    mend: 'Name the exported file, such as ./items-2026-06.csv.',
    dataSafe: true,
  }
}
