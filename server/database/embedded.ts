import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { failed } from '#domain/failure.ts'
import type { Log } from '../log.ts'
import { StartupError } from '../startup-error.ts'
import { openCluster, ownerRole } from './cluster.ts'
import type { Cluster } from './cluster.ts'
import { findPostmaster } from './postmaster.ts'

export type EmbeddedDatabase = {
  /** Of the database `evertill`, with the password; on the loopback address only. */
  readonly url: string
  /** It was running already: started by a server that still runs, or left behind by one that was killed. */
  readonly adopted: boolean
  /** Stops PostgreSQL where it is ours to stop; see `openEmbedded`. */
  stop(): Promise<void>
}

export type EmbeddedOptions = {
  /** Absolute path. */
  readonly dataDir: string
  readonly log: Log
  /**
   * `serve` is for the server: one at a time per data folder, watches over PostgreSQL and restarts it if it dies.
   * `adopt-or-start` is for command line tools: works beside a running server, or alone.
   */
  readonly mode: 'serve' | 'adopt-or-start'
}

const databaseName = 'evertill'
/** "Evertill's server": held on a connection of its own, so that it goes with the process, however that ends. */
const serveLockKey = 4_280_001
const answerWithinMs = 120_000
const lockWithinMs = 3_000

/**
 * Opens the PostgreSQL that ships with the package, in `dataDir`: adopts the one that runs there, or starts it, or
 * makes it first. A server (`serve`) owns what it opened and `stop` stops it, also when it was left behind by a
 * server that was killed. A tool stops only what it started itself, and not even that once a server has come to use it.
 * @throws StartupError
 */
export async function openEmbedded({ dataDir, log, mode }: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const cluster = await openCluster(dataDir)
  const { port, adopted } = await ensureRunning(cluster)
  const url = urlOf(cluster, port, databaseName)
  log.debug({ port, adopted }, 'embedded database is running')
  if (mode === 'adopt-or-start') {
    await createMissingDatabase(cluster, port)
    return { url, adopted, stop: async () => void (adopted || (await stopUnlessServed(cluster))) }
  }
  const guard = await takeServeLock(cluster, port, dataDir)
  await createMissingDatabase(cluster, port)
  return { url, adopted, stop: superviseUntilStopped(cluster, guard, dataDir, log) }
}

async function ensureRunning(cluster: Cluster): Promise<{ port: number; adopted: boolean }> {
  let adopted = true
  for (let attempt = 1; attempt <= 20; attempt += 1) {
    const postmaster = await findPostmaster(cluster.pgData)
    if (postmaster && (await answers(cluster, postmaster.pid))) {
      return { port: (await findPostmaster(cluster.pgData))?.port ?? postmaster.port, adopted }
    }
    if (await cluster.start()) adopted = false
    else await delay(100 * attempt)
  }
  throw new StartupError(
    failed(
      'database/start-failed',
      'The built-in PostgreSQL starts and stops again.',
      `Read postgres.log beside ${cluster.pgData}.`,
    ).failure,
  )
}

/** Waits through start-up and crash recovery. False when the process goes away meanwhile. */
async function answers(cluster: Cluster, pid: number): Promise<boolean> {
  for (const until = Date.now() + answerWithinMs; Date.now() < until; await delay(50)) {
    const postmaster = await findPostmaster(cluster.pgData)
    if (postmaster?.pid !== pid) return false
    if (!postmaster.port) continue
    try {
      await (await connect(cluster, postmaster.port)).end()
      return true
    } catch (error) {
      const code = (error as { code?: string }).code
      if (code === '28P01' || code === '28000') {
        throw new StartupError(
          failed(
            'database/password',
            `The PostgreSQL that runs in ${cluster.pgData} does not take the password kept beside it.`,
            'Put the file postgres-password of this data folder back, from a backup of the same folder.',
          ).failure,
        )
      }
    }
  }
  throw new StartupError(
    failed(
      'database/no-answer',
      `The built-in PostgreSQL (process ${pid}) did not answer within ${answerWithinMs / 1000} seconds.`,
      'It may be recovering a large database: read postgres.log, wait, and start again.',
    ).failure,
  )
}

/** Held as long as the connection: a killed server frees it by dying. */
async function takeServeLock(cluster: Cluster, port: number, dataDir: string): Promise<pg.Client> {
  const client = await connect(cluster, port, `evertill-serve-${process.pid}`)
  for (const until = Date.now() + lockWithinMs; Date.now() < until; await delay(100)) {
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [
      serveLockKey,
    ])
    if (rows[0]?.taken) return client
  }
  const { rows } = await client.query<{ name: string }>(
    `select a.application_name as name from pg_locks l join pg_stat_activity a using (pid)
     where l.locktype = 'advisory' and l.objid = $1 and l.granted`,
    [serveLockKey],
  )
  await client.end()
  const who = /\d+$/.exec(rows[0]?.name ?? '')?.[0]
  throw new StartupError(
    failed(
      'database/in-use',
      `Another Evertill server is already running on ${dataDir}${who ? ` (process ${who})` : ''}.`,
      'Stop that one first, or give this one a data folder and a port of its own: DATA_DIR=./other PORT=4281.',
    ).failure,
  )
}

/** Starts PostgreSQL again when it dies under the server. Returns the function that ends this and stops PostgreSQL. */
function superviseUntilStopped(
  cluster: Cluster,
  guard: pg.Client,
  dataDir: string,
  log: Log,
): () => Promise<void> {
  let isStopping = false
  let current = guard
  let revival: Promise<void> = Promise.resolve()

  const watch = (client: pg.Client): void => {
    current = client
    client.once('end', () => {
      if (!isStopping) revival = revive()
    })
  }
  const revive = async (): Promise<void> => {
    log.error('the embedded database went away; starting it again')
    for (let attempt = 1; !isStopping; attempt += 1) {
      try {
        const { port } = await ensureRunning(cluster)
        watch(await takeServeLock(cluster, port, dataDir))
        return log.warn('the embedded database is back')
      } catch (error) {
        log.error({ err: error, attempt }, 'the embedded database could not be started again')
        await delay(Math.min(1_000 * attempt, 10_000))
      }
    }
  }
  watch(guard)
  return async () => {
    isStopping = true
    await revival
    await current.end().catch(() => undefined)
    await cluster.stop()
  }
}

async function stopUnlessServed(cluster: Cluster): Promise<void> {
  const postmaster = await findPostmaster(cluster.pgData)
  if (!postmaster) return
  const client = await connect(cluster, postmaster.port)
  const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [
    serveLockKey,
  ])
  // While we hold the lock no server can begin to rely on what is about to stop; a new one waits, then starts its own.
  if (rows[0]?.taken) await cluster.stop()
  await client.end().catch(() => undefined)
}

async function createMissingDatabase(cluster: Cluster, port: number): Promise<void> {
  const client = await connect(cluster, port)
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [databaseName])
    if (rowCount === 0) await client.query(`create database ${databaseName}`)
  } catch (error) {
    const madeByAnother = ['42P04', '23505'].includes(String((error as { code?: string }).code))
    if (!madeByAnother) throw error
  } finally {
    await client.end()
  }
}

async function connect(cluster: Cluster, port: number, name = 'evertill-embedded'): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: urlOf(cluster, port, 'postgres'),
    application_name: name,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  })
  // The end of the connection is what counts and is seen by its own event; an unheard error would end the process.
  client.on('error', () => undefined)
  await client.connect()
  return client
}

function urlOf(cluster: Cluster, port: number, database: string): string {
  return `postgres://${ownerRole}:${cluster.password}@127.0.0.1:${port}/${database}`
}
