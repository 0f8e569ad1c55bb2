import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { failed } from '#domain/failure.ts'
import type { Log } from '../log.ts'
import { StartupError } from '../startup-error.ts'

export type MigrateOptions = {
  readonly url: string
  readonly log: Log
  /** Where the `NNNN-name.sql` files are; the program's own where absent. */
  readonly folder?: string
}

type Migration = {
  readonly version: number
  readonly name: string
  readonly sql: string
  readonly checksum: string
}
type Applied = { readonly version: number; readonly name: string; readonly checksum: string }

const ownFolder = join(import.meta.dirname, 'migrations')
const fileName = /^(\d{4})-([a-z0-9-]+)\.sql$/
/** Any number that nothing else locks. One migration runs at a time per database, whoever started it. */
const lockKey = 4_280_002

/**
 * Brings the database up to this program: applies each file that was not applied yet, in order, each in a transaction
 * of its own together with its row in `schema_migration`. Returns the names of the files it applied.
 * @throws StartupError when an applied file was changed, is missing, or came in before one that is applied.
 */
export async function migrate({ url, log, folder = ownFolder }: MigrateOptions): Promise<string[]> {
  const migrations = await readMigrations(folder)
  const client = new pg.Client({ connectionString: url, application_name: 'evertill-migrate' })
  client.on('error', (error) => log.debug({ err: error }, 'the migrating connection broke'))
  await client.connect().catch(refuseUnreachable)
  try {
    const names: string[] = []
    for (let next = await applyNext(client, migrations); next; next = await applyNext(client, migrations)) {
      names.push(next)
      log.info({ migration: next }, 'migration applied')
    }
    return names
  } finally {
    await client.end()
  }
}

/** The lock is the transaction's, so it holds behind a pooler too, and what was applied is read under it. */
async function applyNext(client: pg.Client, migrations: readonly Migration[]): Promise<string | undefined> {
  await client.query(`begin; set local lock_timeout = '120s'; select pg_advisory_xact_lock(${lockKey})`)
  try {
    await client.query(`create table if not exists schema_migration (
      version integer primary key,
      name text not null,
      checksum text not null,
      applied_at timestamptz not null default now()
    )`)
    const { rows } = await client.query<Applied>(
      'select version, name, checksum from schema_migration order by version',
    )
    checkHistory(rows, migrations)
    const next = migrations[rows.length]
    if (next) {
      await client.query(next.sql).catch((error: unknown) => refuseBroken(next, error))
      await client.query('insert into schema_migration (version, name, checksum) values ($1, $2, $3)', [
        next.version,
        next.name,
        next.checksum,
      ])
    }
    await client.query('commit')
    return next?.name
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

/** What is applied must be exactly the first files of the folder. */
function checkHistory(applied: readonly Applied[], migrations: readonly Migration[]): void {
  for (const [index, row] of applied.entries()) {
    const file = migrations[index]
    if (file?.version === row.version) {
      if (file.checksum === row.checksum) continue
      throw refusal(
        'migration/changed',
        `The migration ${row.name} was changed after it was applied to this database.`,
        'Put the file back as it was, and make the change in a new migration.',
      )
    }
    const late = migrations.find(
      ({ version }) => version < row.version && !applied.some((one) => one.version === version),
    )
    if (late) {
      throw refusal(
        'migration/late',
        `The migration ${late.name} comes before ${row.name}, which is applied already.`,
        'Give it the next free number.',
      )
    }
    throw refusal(
      'migration/newer-database',
      `This database was made by a newer Evertill: it has ${row.name}, which this program does not know.`,
      'Update the program, or restore the backup from before the update.',
    )
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()
  const migrations: Migration[] = []
  for (const file of files) {
    const version = Number(fileName.exec(file)?.[1])
    if (!version || migrations.at(-1)?.version === version) {
      throw refusal(
        'migration/file-name',
        `${file} can’t be put in order.`,
        'Name it NNNN-name.sql with a number that no other file has.',
      )
    }
    // Git on Windows may change the line ends; the statements are the same.
    const sql = (await readFile(join(folder, file), 'utf8')).replaceAll('\r\n', '\n')
    const checksum = createHash('sha256').update(sql).digest('hex')
    migrations.push({ version, name: file.replace(/\.sql$/, ''), sql, checksum })
  }
  return migrations
}

function refuseBroken(migration: Migration, cause: unknown): never {
  const { message, position } = cause as pg.DatabaseError
  const line = position ? ` (line ${migration.sql.slice(0, Number(position)).split('\n').length})` : ''
  throw refusal(
    'migration/failed',
    `The migration ${migration.name} failed${line}: ${message}.`,
    'Nothing of it was kept. Mend the cause and start again.',
    cause,
  )
}

function refuseUnreachable(cause: unknown): never {
  throw refusal(
    'database/unreachable',
    `The database can’t be reached: ${(cause as Error).message || (cause as { code?: string }).code}.`,
    'Check that PostgreSQL runs, and the address, name and password in DATABASE_URL.',
    cause,
  )
}

function refusal(code: string, sentence: string, mend: string, cause?: unknown): StartupError {
  return new StartupError(failed(code, sentence, mend).failure, cause)
}
