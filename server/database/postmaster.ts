import { execFile } from 'node:child_process'
import { readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** What a running PostgreSQL writes into its data folder. */
export type Postmaster = { readonly pid: number; readonly port: number }

/**
 * The server that runs on this data folder now, or undefined. A `postmaster.pid` whose process is gone, is a zombie
 * or is somebody else's (numbers are used again, at once in a container) counts as nobody.
 */
export async function findPostmaster(pgData: string): Promise<Postmaster | undefined> {
  const lines = await readFile(postmasterFile(pgData), 'utf8').then(
    (text) => text.split('\n'),
    () => [],
  )
  const pid = Number(lines[0])
  const port = Number(lines[3])
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return undefined
  return (await runsOn(pid, pgData)) ? { pid, port } : undefined
}

/**
 * Takes away a `postmaster.pid` that would keep PostgreSQL from starting although nobody runs there: its number belongs
 * to a zombie or to another program. One whose process is gone PostgreSQL replaces itself.
 */
export async function removeStalePostmasterFile(pgData: string): Promise<void> {
  const file = postmasterFile(pgData)
  const seen = await readFile(file, 'utf8').catch(() => undefined)
  if (seen === undefined || !isAlive(Number.parseInt(seen, 10)) || (await findPostmaster(pgData))) return
  const aside = `${file}.stale-${process.pid}`
  await rename(file, aside).catch(() => undefined)
  const moved = await readFile(aside, 'utf8').catch(() => seen)
  // Another process may have started the server since it was read: that file goes back.
  if (moved === seen) await rm(aside, { force: true })
  else await rename(aside, file)
}

function postmasterFile(pgData: string): string {
  return join(pgData, 'postmaster.pid')
}

/** Whether a process of this number exists (a zombie does). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * A postmaster's working directory is its data folder, also after the folder was moved or copied, so on Linux that is
 * compared and not the path in the file. A zombie has no working directory.
 */
async function runsOn(pid: number, pgData: string): Promise<boolean> {
  if (process.platform === 'linux') {
    const [theirs, ours] = await Promise.all([
      stat(`/proc/${pid}/cwd`).catch(() => undefined),
      stat(pgData).catch(() => undefined),
    ])
    return theirs !== undefined && ours !== undefined && theirs.dev === ours.dev && theirs.ino === ours.ino
  }
  if (process.platform === 'darwin') {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'stat=,command=', '-p', String(pid)]).catch(
      () => ({
        stdout: '',
      }),
    )
    return !stdout.startsWith('Z') && stdout.includes('postgres')
  }
  return true
}
