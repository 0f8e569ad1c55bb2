import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Failure } from '#domain/failure.ts'
import { formatHelp } from './cli-help.ts'
import { loadConfig, readEnvFile } from './config.ts'
import type { Config } from './config.ts'
import { openEmbedded } from './database/embedded.ts'
import { migrate } from './database/migrate.ts'
import { createDatabase } from './database/pool.ts'
import { createHttp } from './http.ts'
import { createLog } from './log.ts'
import type { Log } from './log.ts'
import { newToken } from './office/secrets.ts'
import { isSetUp } from './office/set-up.ts'
import { createRoutes } from './routes.ts'
import { ensureDemo, type DemoSignIn } from './seed/demo.ts'
import { signInBlock } from './seed/sign-in-block.ts'
import { shutDownOnSignal } from './shutdown.ts'
import type { ShutdownStep } from './shutdown.ts'
import { StartupError, formatFailure } from './startup-error.ts'

const help = formatHelp({
  usage: 'npm start -- [options]',
  about: 'Evertill, the offline-first point of sale: the server for its registers and dashboards.',
  options: [
    ['--demo', 'make the demo shop first, where it is not there yet'],
    ['--help', 'show this text'],
  ],
  examples: ['npm start', 'PORT=8080 HOST=0.0.0.0 npm start', 'npm run demo'],
})

const distDir = join(import.meta.dirname, '..', 'dist')

try {
  await start()
} catch (error) {
  exitWith(error)
}

async function start(): Promise<void> {
  const { values: flags } = parseArgs({
    options: { demo: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  })
  if (flags.help) {
    console.log(help)
    return
  }
  readEnvFile()
  const loaded = loadConfig(process.env)
  if (!loaded.ok) return refuse(loaded.failures)
  const config = loaded.value
  const log = createLog(config.logLevel)

  // The first to be opened is the last to be closed.
  const toClose: ShutdownStep[] = []
  shutDownOnSignal(toClose, log)
  try {
    await open(config, log, flags.demo, toClose)
  } catch (error) {
    for (const { run } of toClose) await run().catch(() => undefined)
    throw error
  }
}

async function open(config: Config, log: Log, withDemo: boolean, toClose: ShutdownStep[]): Promise<void> {
  const { url, directUrl } = await findDatabase(config, log, toClose)
  await migrate({ url: directUrl, log })
  const database = createDatabase({ url, directUrl, max: config.databasePoolMax, log })
  toClose.unshift({ name: 'database connections', run: database.close })
  let demo: DemoSignIn | null = null
  if (withDemo) {
    demo = await ensureDemo({ database, log, progress: (line) => console.log(`  ${line}`) })
  }
  const setUpToken = { current: (await isSetUp(database)) ? null : newToken() }
  const app = await createHttp({
    config,
    log,
    database,
    distDir,
    routes: [createRoutes({ config, database, setUpToken })],
  })
  toClose.unshift({ name: 'web server', run: () => app.close() })
  await app
    .listen({ port: config.port, host: config.host })
    .catch((error: unknown) => refuseAddress(config, error))
  console.log(addressBlock(config))
  if (demo !== null) console.log(signInBlock(demo))
  if (setUpToken.current !== null) console.log(setUpBlock(config, setUpToken.current))
}

async function findDatabase(
  config: Config,
  log: Log,
  toClose: ShutdownStep[],
): Promise<{ url: string; directUrl: string }> {
  if (config.databaseUrl !== undefined) {
    return { url: config.databaseUrl, directUrl: config.databaseDirectUrl ?? config.databaseUrl }
  }
  const embedded = await openEmbedded({ dataDir: config.dataDir, log, mode: 'serve' })
  toClose.unshift({ name: 'embedded database', run: embedded.stop })
  return { url: embedded.url, directUrl: embedded.url }
}

function addressBlock({ port, host, publicUrl, databaseUrl, dataDir }: Config): string {
  const isEverywhere = host === '0.0.0.0' || host === '::'
  const lines = ['', '  Evertill is running.', '']
  if (publicUrl !== undefined) lines.push(`    Open           ${publicUrl}`)
  lines.push(
    `    This machine   http://${isEverywhere || host === '127.0.0.1' ? 'localhost' : bracketed(host)}:${port}`,
  )
  if (isEverywhere) {
    for (const address of lanAddresses()) lines.push(`    Your network   http://${address}:${port}`)
    // Browsers give the storage and keys that a till needs to secure pages only: HTTPS, or localhost.
    if (publicUrl === undefined)
      lines.push('                   Tablets need HTTPS to sell: see server/deploy/Caddyfile.example.')
  }
  lines.push(`    Data           ${databaseUrl === undefined ? dataDir : 'your PostgreSQL'}`)
  return [...lines, '', '  Ctrl+C stops it.', ''].join('\n')
}

/** Only who reads this terminal can set the business up. */
function setUpBlock({ port, publicUrl }: Config, token: string): string {
  return [
    '  Set up your business here; the link works once:',
    '',
    `    ${publicUrl ?? `http://localhost:${port}`}/set-up#${token}`,
    '',
  ].join('\n')
}

function lanAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address)
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

function refuseAddress({ port, host }: Config, error: unknown): never {
  const { code } = error as NodeJS.ErrnoException
  const sentences: Record<string, [string, string]> = {
    EADDRINUSE: [
      `Port ${port} is already in use.`,
      `Stop what uses it, or choose another: PORT=${port + 1}.`,
    ],
    EACCES: [`This user may not open port ${port}.`, 'Choose a port from 1024 up, such as PORT=4280.'],
    EADDRNOTAVAIL: [`This machine does not have the address ${host}.`, 'Use HOST=127.0.0.1 or HOST=0.0.0.0.'],
  }
  const found = sentences[code ?? '']
  if (!found) throw error
  throw new StartupError({ code: `http/${code}`, sentence: found[0], mend: found[1], dataSafe: true }, error)
}

function refuse(failures: readonly Failure[]): never {
  console.error(`\nEvertill can’t start:\n\n${failures.map(formatFailure).join('\n')}\n`)
  process.exit(1)
}

/** What a person can mend is said in two lines; what is our fault keeps its stack. */
function exitWith(error: unknown): never {
  if (error instanceof StartupError) refuse([error.failure])
  if ((error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')) {
    console.error(`${(error as Error).message}\n\n${help}`)
    process.exit(2)
  }
  console.error(error)
  process.exit(1)
}
