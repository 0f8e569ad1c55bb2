import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

const usualPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

const usualNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

const windowlessName = 'chromium-headless-shell'

const isRoot = process.getuid?.() === 0

/** Keeps the browser from calling out or updating itself; root has no sandbox to start. */
export const chromiumArgs: readonly string[] = [
  ...(isRoot ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * The path of a Chromium that starts: CHROMIUM_PATH, one that is installed, or one that this installs now.
 * Throws with the mend in its message when there is none and none can be installed.
 */
export async function findChromium(): Promise<string> {
  const wanted = process.env.CHROMIUM_PATH
  if (wanted) {
    if (existsSync(wanted)) return wanted
    throw new Error(`CHROMIUM_PATH names ${wanted}, and there is no such file. Mend or unset it.`)
  }
  const found = findInstalled()
  if (found) return found
  install()
  const installed = findInstalled()
  if (installed) return installed
  throw new Error(
    'No Chromium was found or could be installed. Install one and set CHROMIUM_PATH to its path.',
  )
}

/**
 * As `findChromium`, but the same browser without its windows where that is installed too: pages run in it as in the other,
 * and everything around them takes a third less of the processor.
 */
export async function findWindowless(): Promise<string> {
  const whole = await findChromium()
  return (process.env.CHROMIUM_PATH ? '' : whichOf(windowlessName)) || whole
}

function findInstalled(): string | undefined {
  const paths = [...usualPaths, ...usualNames.map(whichOf), chromium.executablePath()]
  return paths.find((path) => path !== '' && existsSync(path))
}

function whichOf(name: string): string {
  if (process.platform === 'win32') return ''
  return spawnSync('which', [name], { encoding: 'utf8' }).stdout?.trim() ?? ''
}

function install(): void {
  const asRoot = rootPrefix()
  if (existsSync('/etc/debian_version') && asRoot) {
    console.log('The browser tests need Chromium. Installing it with apt-get.')
    run([...asRoot, 'apt-get', 'update', '-qq'])
    const installing = [...asRoot, 'apt-get', 'install', '-y', '-qq', '--no-install-recommends']
    run([...installing, 'chromium'])
    try {
      run([...installing, windowlessName])
    } catch {
      console.log('It is not to be had without its windows: the tests take longer.')
    }
    return
  }
  console.log('The browser tests need Chromium. Fetching one with playwright-core.')
  run(['npx', 'playwright-core', 'install', 'chromium'])
}

/** What goes before a command to run it as root without a question, or nothing when that cannot be. */
function rootPrefix(): string[] | undefined {
  if (isRoot) return ['env', 'DEBIAN_FRONTEND=noninteractive']
  const sudo = spawnSync('sudo', ['-n', 'true'])
  return sudo.status === 0 ? ['sudo', '-n', 'env', 'DEBIAN_FRONTEND=noninteractive'] : undefined
}

function run([command = '', ...args]: string[]): void {
  execFileSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' })
}
