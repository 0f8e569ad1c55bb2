import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../peers/', import.meta.url))

/** The peers are packages of their own, which nobody needs who does not run this bench: they come with its first run. */
export async function installPeers(signal: AbortSignal): Promise<void> {
  // npm writes it last.
  if (existsSync(`${folder}node_modules/.package-lock.json`)) return
  console.log('  The peers are not installed yet: npm ci in test/bench/peers')
  await new Promise<void>((resolve, reject) => {
    const npm = spawn('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: folder,
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
      signal,
    })
    npm.once('error', reject)
    npm.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`npm ci in test/bench/peers ended with ${code}`)),
    )
  })
}
