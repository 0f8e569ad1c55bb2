import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { findPostmaster } from '../../server/database/postmaster.ts'

const command = join(import.meta.dirname, 'cli.ts')
const soon = { timeout: 60_000, interval: 20 }

test.each([
  ['while the server starts', null],
  ['while registers sell', 'Selling'],
])('Ctrl+C %s ends the server and its PostgreSQL, and removes their files', async (_, said) => {
  const folder = await mkdtemp(join(tmpdir(), 'evertill-interrupt-'))
  await chmod(folder, 0o711)
  // A process group of its own, as in a terminal.
  const load = spawn(process.execPath, [command, '--registers', '3', '--unsent', '3000'], {
    env: { PATH: process.env.PATH, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  let output = ''
  load.stdout.on('data', (chunk) => (output += String(chunk)))
  const ended = once(load, 'close')
  const postmaster = async () => {
    const [made] = await readdir(folder)
    return made === undefined ? undefined : findPostmaster(join(folder, made, 'data/postgres'))
  }
  onTestFinished(async () => {
    const left = await postmaster()
    if (load.exitCode === null && load.signalCode === null) process.kill(-load.pid!, 'SIGKILL')
    if (left) process.kill(left.pid, 'SIGKILL')
    await rm(folder, { recursive: true, force: true })
  })

  await expect.poll(async () => (await postmaster())?.port, soon).toBeGreaterThan(0)
  const { port } = (await postmaster())!
  await expect.poll(() => isListening(port), soon).toBe(true)
  if (said !== null) await expect.poll(() => output, soon).toContain(said)
  process.kill(-load.pid!, 'SIGINT')
  // npm passes on what the terminal has told the whole group.
  load.kill('SIGINT')

  expect(await ended).toEqual([130, null])
  expect(await isListening(port)).toBe(false)
  expect(await readdir(folder)).toEqual([])
})

/** Not whether its process is there: a zombie is. */
function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
