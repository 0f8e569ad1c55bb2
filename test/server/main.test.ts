import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { createTestDatabase } from './database.ts'

const entry = join(import.meta.dirname, '../../server/main.ts')
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evertill-main-'))
  await chmod(folder, 0o711)
})

afterAll(() => rm(folder, { recursive: true, force: true }))

type Run = {
  /** Everything printed so far. */
  readonly said: () => string
  readonly kill: (signal: NodeJS.Signals) => void
  readonly exited: Promise<number | null>
}

/** The real program, in an empty folder and with these settings only. */
function run(env: Record<string, string>, ...args: string[]): Run {
  const child = spawn(process.execPath, [entry, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, DATA_DIR: join(folder, 'data'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
  const exited = once(child, 'close').then(([code]) => code as number | null)
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await exited
  })
  return { said: () => output, kill: (signal) => child.kill(signal), exited }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

const isRunning = { timeout: 20_000, interval: 50 }

describe('the server', () => {
  test('starts on an empty folder, says where it is, and stops in order', async () => {
    const port = await freePort()
    const server = run({ PORT: String(port) })
    await expect.poll(server.said, isRunning).toContain(`http://localhost:${port}`)
    expect((await fetch(`http://127.0.0.1:${port}/ready`)).status).toBe(200)

    const second = run({ PORT: String(await freePort()) })
    expect(await second.exited).toBe(1)
    expect(second.said()).toMatch(/already running on .*\n.*→ .*DATA_DIR=/)

    server.kill('SIGTERM')
    expect(await server.exited).toBe(0)
    await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow()
    const again = run({ PORT: String(port), LOG_LEVEL: 'debug' })
    await expect.poll(again.said, isRunning).toContain('Evertill is running')
    // Not adopted: the first one took its database down with it.
    expect(again.said()).toContain('"adopted":false')
    again.kill('SIGINT')
    // What `npm start` does to Ctrl+C: the echo is not taken for a second wish.
    again.kill('SIGINT')
    expect(await again.exited).toBe(0)
  })

  test('works on a PostgreSQL of the person’s own', async () => {
    const own = await createTestDatabase()
    onTestFinished(own.drop)
    const port = await freePort()
    const server = run({ PORT: String(port), DATABASE_URL: own.url })
    await expect.poll(server.said, isRunning).toContain('your PostgreSQL')
    expect((await fetch(`http://127.0.0.1:${port}/ready`)).status).toBe(200)
    expect(server.said()).not.toContain(new URL(own.url).password)
  })

  test('says everything that is wrong with the settings, plainly, and exits with 1', async () => {
    const refused = run({ PORT: 'abc', DATABASE_URL: 'mysql://root:hunter2@db/shop' })
    expect(await refused.exited).toBe(1)
    expect(refused.said()).toContain('PORT is “abc”')
    expect(refused.said()).toContain('DATABASE_URL is a value that is not shown here')
    expect(refused.said()).not.toContain('hunter2')
    expect(refused.said()).not.toContain('    at ')
  })

  test('a port in use is said with the mend', async () => {
    const own = await createTestDatabase()
    onTestFinished(own.drop)
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    onTestFinished(() => void taken.close())
    const { port } = taken.address() as AddressInfo
    const refused = run({ PORT: String(port), DATABASE_URL: own.url })
    expect(await refused.exited).toBe(1)
    expect(refused.said()).toContain(`Port ${port} is already in use`)
    expect(refused.said()).toContain(`PORT=${port + 1}`)
  })

  test('--help explains it, an unknown flag is refused', async () => {
    const help = run({}, '--help')
    expect(await help.exited).toBe(0)
    expect(help.said()).toContain('--demo')
    const unknown = run({}, '--demon')
    expect(await unknown.exited).toBe(2)
    expect(unknown.said()).toContain('--demon')
  })
})
