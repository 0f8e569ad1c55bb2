import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { openEmbedded } from '../../server/database/embedded.ts'
import { createLog } from '../../server/log.ts'

export type Target = {
  readonly url: string
  readonly databaseUrl: string
  /** Of the server's process; null where it is somebody else's. */
  readonly pid: number | null
}

const main = new URL('../../server/main.ts', import.meta.url).pathname
const readyWithinMs = 60_000

/**
 * Runs the work against a server in a process of its own, as `npm start` starts it, on a durable PostgreSQL of its own. Both
 * are gone afterwards, also when it is stopped before its end; it rejects then, whatever the work still does. Settings of the
 * environment, such as DATABASE_POOL_MAX, reach the server.
 */
export async function onOwnServer<T>(
  work: (target: Target) => Promise<T>,
  stop: AbortSignal = new AbortController().signal,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'evertill-load-'))
  try {
    // As root PostgreSQL runs as the user postgres, which has to get in.
    await chmod(folder, 0o711)
    const dataDir = join(folder, 'data')
    const embedded = await openEmbedded({ dataDir, log: createLog('error'), mode: 'serve' })
    try {
      return await whileServing(folder, embedded.url, (target) => unlessStopped(stop, () => work(target)))
    } finally {
      await embedded.stop()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function unlessStopped<T>(stop: AbortSignal, work: () => Promise<T>): Promise<T> {
  stop.throwIfAborted()
  const stopped = once(stop, 'abort').then(() => {
    throw stop.reason
  })
  return Promise.race([work(), stopped])
}

async function whileServing<T>(
  folder: string,
  databaseUrl: string,
  work: (target: Target) => Promise<T>,
): Promise<T> {
  const port = await freePort()
  const env = {
    ...process.env,
    DATABASE_URL: databaseUrl,
    DATA_DIR: folder,
    HOST: '127.0.0.1',
    LOG_LEVEL: 'error',
  }
  const child = spawn(process.execPath, [...nodeOptions(), main], {
    // Away from a `.env` of whoever runs this.
    cwd: folder,
    env: { ...env, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = once(child, 'exit')
  try {
    const url = `http://127.0.0.1:${port}`
    await untilReady(url, child)
    return await work({ url, databaseUrl, pid: child.pid ?? null })
  } finally {
    if (child.exitCode === null) child.kill('SIGTERM')
    await ended
  }
}

/** For a look inside: LOAD_SERVER_OPTIONS="--cpu-prof --cpu-prof-dir=/tmp/profile". */
function nodeOptions(): string[] {
  return (process.env['LOAD_SERVER_OPTIONS'] ?? '').split(' ').filter((option) => option !== '')
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  const until = performance.now() + readyWithinMs
  while (performance.now() < until && child.exitCode === null) {
    const answer = await fetch(`${url}/ready`).catch(() => null)
    if (answer?.ok) return
    await delay(50)
  }
  throw new Error('The server did not start.')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

export type Memory = { readonly peakBytes: number | null; readonly nowBytes: number | null }

/** Of a process of this machine, where the system says it (Linux). */
export async function memoryOf(pid: number | null): Promise<Memory> {
  const status = pid === null ? '' : await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const bytesOf = (name: string): number | null => {
    const found = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)
    return found ? Number(found[1]) * 1024 : null
  }
  return { peakBytes: bytesOf('VmHWM'), nowBytes: bytesOf('VmRSS') }
}
