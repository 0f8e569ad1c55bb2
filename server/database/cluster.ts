import { randomBytes, randomUUID } from 'node:crypto'
import {
  chmod,
  chown,
  link,
  mkdir,
  open,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { failed } from '#domain/failure.ts'
import { StartupError } from '../startup-error.ts'
import {
  checkReachable,
  findPostgresBinaries,
  findPostgresUser,
  runPostgresProgram,
} from './postgres-binaries.ts'
import type { PostgresBinaries, PostgresUser } from './postgres-binaries.ts'
import { findPostmaster, isAlive, removeStalePostmasterFile } from './postmaster.ts'

/** The files of one embedded PostgreSQL, made and readable by its user, and the way to start and stop it. */
export type Cluster = {
  readonly pgData: string
  readonly password: string
  /** Starts the server and waits until it answers. False: another process was quicker, look for it again. */
  start(): Promise<boolean>
  stop(): Promise<void>
}

export const ownerRole = 'evertill_owner'

/** Written once into postgresql.conf, where the person who runs the server may tune them. For a small shop's machine. */
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '60',
  shared_buffers: '128MB',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  // Planning for spinning disks and compiling plans both slow down the short queries of a shop.
  random_page_cost: '1.1',
  jit: 'off',
  shared_preload_libraries: 'pg_stat_statements',
  log_timezone: 'UTC',
  timezone: 'UTC',
  log_checkpoints: 'off',
  // Values of queries can be secrets and personal data.
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
}
const maxLogBytes = 5_000_000

/** Opens the cluster in `dataDir`, and makes it first where there is none. Safe with several processes at once. */
export async function openCluster(dataDir: string): Promise<Cluster> {
  const [binaries, user] = await Promise.all([findPostgresBinaries(), findPostgresUser()])
  await makeDataDir(dataDir, user)
  await Promise.all([checkReachable(dataDir, user), checkReachable(binaries.postgres, user)])
  const pgData = join(dataDir, 'postgres')
  const logFile = join(dataDir, 'postgres.log')
  const password = await loadPassword(join(dataDir, 'postgres-password'))
  if (!(await exists(join(pgData, 'PG_VERSION'))))
    await initialise(binaries, user, dataDir, password, logFile)
  const shared = { binaries, user, pgData, logFile }
  return {
    pgData,
    password,
    start: () => startPostmaster(shared, join(dataDir, 'postgres-port')),
    stop: () => stopPostmaster(shared),
  }
}

type Shared = {
  readonly binaries: PostgresBinaries
  readonly user: PostgresUser
  readonly pgData: string
  readonly logFile: string
}

async function startPostmaster(
  { binaries, user, pgData, logFile }: Shared,
  portFile: string,
): Promise<boolean> {
  await removeStalePostmasterFile(pgData)
  if ((await sizeOf(logFile)) > maxLogBytes) await rename(logFile, `${logFile}.1`)
  const port = await choosePort(portFile)
  const args = ['start', '-w', '-t', '120', '-D', pgData, '-o', `-p ${port}`]
  const logFrom = await sizeOf(logFile)
  // pg_ctl gives the server a session of its own, so Ctrl+C in our terminal does not reach it before we are done.
  const code = await runPostgresProgram(binaries.pg_ctl, args, user, logFile)
  if (code === 0) return true
  if (await findPostmaster(pgData)) return false
  if (await isTaken(port)) return false
  throw new StartupError(
    failed(
      'database/start-failed',
      `The built-in PostgreSQL did not start: ${await lastComplaint(logFile, logFrom)}`,
      `Read ${logFile}; the data in ${pgData} was not changed.`,
    ).failure,
  )
}

async function stopPostmaster({ binaries, user, pgData, logFile }: Shared): Promise<void> {
  if (!(await findPostmaster(pgData))) return
  const code = await runPostgresProgram(
    binaries.pg_ctl,
    ['stop', '-w', '-t', '60', '-m', 'fast', '-D', pgData],
    user,
    logFile,
  )
  const left = code === 0 ? undefined : await findPostmaster(pgData)
  if (left)
    throw new Error(`The built-in PostgreSQL (process ${left.pid}) did not stop within 60 s; see ${logFile}`)
}

/** Into a folder of its own first, so that a cut in the middle leaves nothing half made, and the first of two wins. */
async function initialise(
  binaries: PostgresBinaries,
  user: PostgresUser,
  dataDir: string,
  password: string,
  logFile: string,
): Promise<void> {
  await removeAbandoned(dataDir)
  const fresh = join(dataDir, `postgres.new-${process.pid}-${randomUUID()}`)
  const passwordFile = `${fresh}.password`
  try {
    await mkdir(fresh, { mode: 0o700 })
    await writeFile(passwordFile, password, { mode: 0o600 })
    if (user) await Promise.all([fresh, passwordFile].map((path) => chown(path, user.uid, user.gid)))
    const args = [
      `--pgdata=${fresh}`,
      `--username=${ownerRole}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // PostgreSQL's own Unicode rules: an update of the operating system can't change the order of an index.
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ]
    const logFrom = await sizeOf(logFile)
    if ((await runPostgresProgram(binaries.initdb, args, user, logFile)) !== 0) {
      const complaint = await lastComplaint(logFile, logFrom)
      throw new StartupError(
        failed('database/init-failed', `The database could not be made: ${complaint}`, `Read ${logFile}.`)
          .failure,
      )
    }
    const pgData = join(dataDir, 'postgres')
    await rename(fresh, pgData).catch(async (error: unknown) => {
      if (!(await exists(join(pgData, 'PG_VERSION')))) throw error
    })
  } finally {
    await Promise.all([fresh, passwordFile].map((path) => rm(path, { recursive: true, force: true })))
  }
}

async function removeAbandoned(dataDir: string): Promise<void> {
  const startedAtMs = Date.now() - process.uptime() * 1_000
  for (const name of await readdir(dataDir)) {
    const pid = Number(/^postgres\.new-(\d+)/.exec(name)?.[1])
    if (!(pid > 0)) continue
    const path = join(dataDir, name)
    // In a container the process before this one had the same number.
    const isOlderNamesake = pid === process.pid && (await stat(path)).mtimeMs < startedAtMs
    if (isOlderNamesake || !isAlive(pid)) await rm(path, { recursive: true, force: true })
  }
}

async function makeDataDir(dataDir: string, user: PostgresUser): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true })
    const { mode } = await stat(dataDir)
    if (user && !(mode & 0o001)) await chmod(dataDir, (mode & 0o777) | 0o001)
  } catch (cause) {
    throw new StartupError(
      failed(
        'database/data-dir',
        `The data folder ${dataDir} can’t be made or changed.`,
        'Give a folder this program may write to with DATA_DIR, or change the owner of this one.',
      ).failure,
      cause,
    )
  }
}

/** One password for ever, also when two processes ask for the first time at once: a hard link is made by one only. */
async function loadPassword(path: string): Promise<string> {
  const draft = `${path}.${randomUUID()}`
  if (!(await exists(path))) {
    await writeFile(draft, randomBytes(24).toString('base64url'), { mode: 0o600, flush: true })
    await link(draft, path).catch(async (error: unknown) => {
      if (!(await exists(path))) throw error
    })
    await rm(draft, { force: true })
  }
  return (await readFile(path, 'utf8')).trim()
}

/** The port of last time where it is still free, so that addresses in other tools go on working. */
async function choosePort(portFile: string): Promise<number> {
  const remembered = Number(await readFile(portFile, 'utf8').catch(() => ''))
  if (remembered > 0 && !(await isTaken(remembered))) return remembered
  const port = await tryListen(0)
  await writeFile(portFile, `${port}\n`)
  return port
}

async function isTaken(port: number): Promise<boolean> {
  return tryListen(port).then(
    () => false,
    () => true,
  )
}

function tryListen(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = probe.address()
      const chosen = typeof address === 'object' && address ? address.port : port
      probe.close(() => resolve(chosen))
    })
  })
}

/** The last line of trouble that a program wrote after byte `from`. */
async function lastComplaint(logFile: string, from: number): Promise<string> {
  const log = await open(logFile)
  try {
    const { buffer, bytesRead } = await log.read({ position: from, buffer: Buffer.alloc(64_000) })
    const lines = buffer.subarray(0, bytesRead).toString('utf8').split('\n')
    const complaint =
      lines.findLast((line) => /FATAL|PANIC|error|could not|No space/i.test(line)) ?? 'it gave no reason'
    return complaint.replace(/^.*?(FATAL|PANIC|ERROR):\s*/, '').trim()
  } finally {
    await log.close()
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  )
}
