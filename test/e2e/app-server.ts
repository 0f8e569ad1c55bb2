import { spawn, type ChildProcess } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')
const startWithinMs = 60_000

/** The real server as a process of its own, on a port and in a folder of its own: it can be killed and started again. */
export type AppServer = {
  readonly url: string
  readonly dataDir: string
  /** What it has printed since the last start. */
  output(): string
  start(...flags: string[]): Promise<void>
  /** SIGTERM and wait. */
  stop(): Promise<void>
  /** SIGKILL: no goodbye to anyone. */
  kill(): Promise<void>
  /** Runs one of our own command line tools on the same data; resolves to what it printed. */
  run(script: string, ...args: string[]): Promise<string>
  /** Stops it and removes its folder. */
  remove(): Promise<void>
}

/** Of this project, or of a copy of it elsewhere. */
export async function createAppServer(projectFolder = root): Promise<AppServer> {
  const folder = await mkdtemp(join(tmpdir(), 'evertill-e2e-'))
  // As root PostgreSQL runs as another user, which has to get in.
  await chmod(folder, 0o711)
  const dataDir = join(folder, 'data')
  const port = await freePort()
  const env = {
    ...process.env,
    PORT: String(port),
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'warn',
    DATABASE_URL: '',
  }
  let child: ChildProcess | null = null
  let printed = ''

  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = child
    child = null
    if (!ending || ending.exitCode !== null) return
    const exited = new Promise((done) => ending.once('exit', done))
    ending.kill(signal)
    await exited
  }

  return {
    url: `http://127.0.0.1:${port}`,
    dataDir,
    output: () => printed,
    async start(...flags) {
      printed = ''
      const starting = spawn(process.execPath, ['server/main.ts', ...flags], { cwd: projectFolder, env })
      child = starting
      for (const stream of [starting.stdout, starting.stderr]) {
        stream?.on('data', (text: Buffer) => (printed += text.toString()))
      }
      await answers(
        `http://127.0.0.1:${port}/ready`,
        () => starting.exitCode === null,
        () => printed,
      )
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    run: (script, ...args) => runScript({ cwd: projectFolder, env }, script, args),
    async remove() {
      await end('SIGTERM')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function answers(url: string, isAlive: () => boolean, output: () => string): Promise<void> {
  const deadline = Date.now() + startWithinMs
  while (Date.now() < deadline && isAlive()) {
    const response = await fetch(url).catch(() => null)
    if (response?.ok) return
    await new Promise((next) => setTimeout(next, 50))
  }
  throw new Error(`The server did not start:\n${output()}`)
}

type Surroundings = { readonly cwd: string; readonly env: NodeJS.ProcessEnv }

function runScript(surroundings: Surroundings, script: string, args: readonly string[]): Promise<string> {
  return new Promise((done, failed) => {
    let printed = ''
    const child = spawn(process.execPath, [script, ...args], surroundings)
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text: Buffer) => (printed += text.toString()))
    child.once('exit', (code) =>
      code === 0 ? done(printed) : failed(new Error(`${script} ended with ${code}:\n${printed}`)),
    )
  })
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((ready) => probe.once('listening', ready))
  const { port } = probe.address() as AddressInfo
  await new Promise((closed) => probe.close(closed))
  return port
}
