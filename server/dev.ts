import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { formatHelp } from './cli-help.ts'

const root = join(import.meta.dirname, '..')

if (process.argv.includes('--help')) {
  console.log(
    formatHelp({
      usage: 'node server/dev.ts',
      about: 'Starts the API with the demo shop and the app with reload, in one terminal. Ctrl+C stops both.',
      options: [
        ['--help', 'show this text'],
        ['PORT_API=…', 'the port of the API; a free one by default'],
      ],
    }),
  )
} else {
  await run()
}

async function run(): Promise<void> {
  const port = process.env.PORT_API ?? String(await freePort())
  const env = { ...process.env, PORT_API: port }
  const api = start('api', ['--watch', '--watch-preserve-output', 'server/main.ts', '--demo'], {
    ...env,
    PORT: port,
    HOST: '127.0.0.1',
  })
  const app = start('app', ['node_modules/vite/bin/vite.js', '--clearScreen', 'false'], env)
  const children = [api, app]
  let isStopping = false
  const stop = (signal: NodeJS.Signals): void => {
    isStopping = true
    for (const child of children) child.kill(signal)
  }
  process.on('SIGINT', () => stop('SIGINT'))
  process.on('SIGTERM', () => stop('SIGTERM'))
  for (const child of children) {
    child.once('exit', (code) => {
      if (isStopping) return
      process.exitCode = code ?? 1
      stop('SIGTERM')
    })
  }
}

/** In a group of its own: the terminal's Ctrl+C reaches us alone, and we tell each child once. */
function start(name: string, args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  })
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => console.log(`${name} │ ${line}`))
  }
  return child
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}
