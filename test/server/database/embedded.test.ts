import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { openEmbedded } from '../../../server/database/embedded.ts'
import type { EmbeddedDatabase, EmbeddedOptions } from '../../../server/database/embedded.ts'
import { createLog } from '../../../server/log.ts'

let folder: string
let dataDir: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evertill-embedded-'))
  await chmod(folder, 0o711)
  dataDir = join(folder, 'data')
})

afterAll(() => rm(folder, { recursive: true, force: true }))

/** Stopped at the end of the test, also of one that fails. */
async function open(mode: EmbeddedOptions['mode'], at = dataDir): Promise<EmbeddedDatabase> {
  const embedded = await openEmbedded({ dataDir: at, log: createLog('silent'), mode })
  onTestFinished(embedded.stop)
  return embedded
}

async function ask(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows
  } finally {
    await client.end()
  }
}

/** A server in a process of its own, to be killed. Resolves once it has its database. */
async function spawnServer(): Promise<ChildProcess> {
  const program = `
    const { openEmbedded } = await import(${JSON.stringify(new URL('../../../server/database/embedded.ts', import.meta.url).href)})
    const { createLog } = await import(${JSON.stringify(new URL('../../../server/log.ts', import.meta.url).href)})
    await openEmbedded({ dataDir: ${JSON.stringify(dataDir)}, log: createLog('silent'), mode: 'serve' })
    console.log('open')`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout as NonNullable<typeof child.stdout>, 'data')
  return child
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'exit')
}

async function postmasterPid(): Promise<number> {
  return Number.parseInt(await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10)
}

describe('the embedded database', () => {
  test('is made once, is durable, and keeps its data and its address over a restart', async () => {
    const first = await open('serve')
    expect(first.adopted).toBe(false)
    const settings = await ask(
      first.url,
      `select name, setting from pg_settings
       where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums', 'listen_addresses') order by 1`,
    )
    expect(settings).toEqual([
      { name: 'data_checksums', setting: 'on' },
      { name: 'fsync', setting: 'on' },
      { name: 'full_page_writes', setting: 'on' },
      { name: 'listen_addresses', setting: '127.0.0.1' },
      { name: 'synchronous_commit', setting: 'on' },
    ])
    await ask(first.url, 'create table kept as select 42 as answer')
    await first.stop()

    const second = await open('serve')
    expect(second).toMatchObject({ adopted: false, url: first.url })
    expect(await ask(second.url, 'select answer from kept')).toEqual([{ answer: 42 }])
  })

  test('takes nobody without the password, which only its owner can read', async () => {
    const { url } = await open('serve')
    const wrong = new URL(url)
    wrong.password = 'guess'
    await expect(ask(wrong.href, 'select 1')).rejects.toMatchObject({ code: '28P01' })
    expect((await stat(join(dataDir, 'postgres-password'))).mode & 0o777).toBe(0o600)
    expect((await stat(join(dataDir, 'postgres.log'))).mode & 0o077).toBe(0)
  })

  test('left behind by a server that was killed, it is adopted, and stopped by the server that adopted it', async () => {
    const killed = await spawnServer()
    const pid = await postmasterPid()
    await kill(killed)
    expect(await postmasterPid()).toBe(pid)

    const adopted = await open('serve')
    expect(adopted.adopted).toBe(true)
    expect(await postmasterPid()).toBe(pid)
    expect(await ask(adopted.url, 'select 1 as one')).toEqual([{ one: 1 }])
    await adopted.stop()
    await expect(postmasterPid()).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('a second server on the same folder is refused, with the mend', async () => {
    const running = await spawnServer()
    const refused = openEmbedded({ dataDir, log: createLog('silent'), mode: 'serve' })
    await expect(refused).rejects.toMatchObject({
      failure: {
        code: 'database/in-use',
        sentence: expect.stringContaining(`process ${running.pid}`),
        mend: expect.stringContaining('DATA_DIR='),
      },
    })
    await kill(running)
    await (await open('serve')).stop()
  })

  test('a tool works beside a running server and leaves it running', async () => {
    const server = await open('serve')
    const tool = await open('adopt-or-start')
    expect(tool).toMatchObject({ adopted: true, url: server.url })
    await tool.stop()
    expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('a tool stops what it started, unless a server has come to use it', async () => {
    const alone = await open('adopt-or-start')
    expect(alone.adopted).toBe(false)
    await alone.stop()
    await expect(postmasterPid()).rejects.toMatchObject({ code: 'ENOENT' })

    const tool = await open('adopt-or-start')
    const server = await open('serve')
    await tool.stop()
    expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }])
    await server.stop()
    await expect(postmasterPid()).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('a number in postmaster.pid that belongs to another program by now does not keep it from starting', async () => {
    const file = join(dataDir, 'postgres', 'postmaster.pid')
    const before = await open('serve')
    const content = await readFile(file, 'utf8')
    await before.stop()
    // Of the same user, which PostgreSQL alone would believe to be itself.
    const { uid, gid } = await stat(join(dataDir, 'postgres'))
    const stranger = spawn('sleep', ['60'], { uid, gid })
    onTestFinished(() => void stranger.kill())
    await writeFile(file, content.replace(/^\d+/, String(stranger.pid)))
    const started = await open('serve')
    expect(started.adopted).toBe(false)
    expect(await postmasterPid()).not.toBe(stranger.pid)
  })

  test('it is started again when it dies under the server', async () => {
    const { url } = await open('serve')
    const pid = await postmasterPid()
    process.kill(pid, 'SIGKILL')
    const one = (): Promise<unknown> => ask(url, 'select 1 as one').catch(() => 'away')
    await expect.poll(one, { timeout: 15_000 }).toEqual([{ one: 1 }])
    await expect.poll(() => postmasterPid().catch(() => pid), { timeout: 15_000 }).not.toBe(pid)
  })

  test('several that open a new folder at once end up with one database, and leave no rubbish', async () => {
    const fresh = join(folder, 'fresh')
    const opened = await Promise.all([1, 2, 3].map(() => open('adopt-or-start', fresh)))
    expect(new Set(opened.map(({ url }) => url)).size).toBe(1)
    expect((await readdir(fresh)).toSorted()).toEqual([
      'postgres',
      'postgres-password',
      'postgres-port',
      'postgres.log',
    ])
    for (const embedded of opened) await embedded.stop()
  })

  test.runIf(process.getuid?.() === 0)(
    'as root, a folder that PostgreSQL can’t get into is named',
    async () => {
      const closed = await mkdtemp(join(tmpdir(), 'evertill-closed-'))
      onTestFinished(() => rm(closed, { recursive: true, force: true }))
      const refused = openEmbedded({ dataDir: join(closed, 'data'), log: createLog('silent'), mode: 'serve' })
      await expect(refused).rejects.toMatchObject({
        failure: {
          code: 'database/unreachable-folder',
          mend: expect.stringContaining(`chmod o+x ${closed}`),
        },
      })
    },
  )
})
