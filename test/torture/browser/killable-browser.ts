import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { chromiumArgs, findChromium } from '../../chromium.ts'
import { pagePath, servePage } from './scripts.ts'
import type { WorkerVariant } from './variants.ts'

/** A Chromium of our own, on one profile folder: its whole tree of processes can be killed and started again. */
export type KillableBrowser = {
  start(): Promise<void>
  context(): BrowserContext
  /** A tab on this origin in which the real worker runs. */
  openTab(origin: string, variant?: WorkerVariant): Promise<Page>
  /**
   * Stops the process in which a tab's page and worker run; answers how to let it go on. A frozen page's worker goes on in
   * Chromium, so the tab is frozen the way an operating system does it, and the page is told beforehand as a browser would.
   */
  freeze(tab: Page): Promise<() => Promise<void>>
  /** SIGKILL to every process of it. Answers how many there were. */
  kill(): Promise<number>
  remove(): Promise<void>
}

const startWithinMs = 30_000
const goneWithinMs = 10_000

export async function createKillableBrowser(): Promise<KillableBrowser> {
  const folder = await mkdtemp(join(tmpdir(), 'evertill-torture-'))
  const executablePath = await findChromium()
  let child: ChildProcess | null = null
  let browser: Browser | null = null

  const kill = async (): Promise<number> => {
    const ending = child
    child = null
    if (!ending?.pid || ending.exitCode !== null) return 0
    const exited = new Promise((done) => ending.once('exit', done))
    const tree = [ending.pid, ...descendantsOf(ending.pid)]
    for (const pid of tree) killOne(pid)
    await exited
    await untilGone(tree)
    // Gone already; this only ends what playwright keeps of it.
    await browser?.close().catch(() => undefined)
    browser = null
    return tree.length
  }
  return {
    async start() {
      child = spawn(
        executablePath,
        [
          ...chromiumArgs,
          '--headless=new',
          '--remote-debugging-port=0',
          `--user-data-dir=${folder}`,
          // A tab in the background goes on as fast as the one in front.
          '--disable-background-timer-throttling',
          '--disable-renderer-backgrounding',
          '--disable-backgrounding-occluded-windows',
          'about:blank',
        ],
        // What a killed browser leaves behind goes with the folder.
        { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, TMPDIR: folder } },
      )
      browser = await chromium.connectOverCDP(await addressOf(child))
      await servePage(contextOf(browser))
    },
    context: () => contextOf(browser),
    async openTab(origin, variant = 'as-built') {
      const tab = await contextOf(browser).newPage()
      await tab.goto(`${origin}${pagePath}?worker=${variant}`)
      await tab.waitForFunction(() => 'torturePage' in globalThis)
      return tab
    },
    async freeze(tab) {
      const pid = await rendererOf(browser, tab)
      const devtools = await tab.context().newCDPSession(tab)
      await devtools.send('Page.setWebLifecycleState', { state: 'frozen' })
      process.kill(pid, 'SIGSTOP')
      return async () => {
        process.kill(pid, 'SIGCONT')
        await devtools.send('Page.setWebLifecycleState', { state: 'active' })
      }
    },
    kill,
    async remove() {
      await kill()
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
}

function contextOf(browser: Browser | null): BrowserContext {
  const context = browser?.contexts()[0]
  if (!context) throw new Error('This browser is not running')
  return context
}

/** The renderer that works when the tab is made to. */
async function rendererOf(browser: Browser | null, tab: Page): Promise<number> {
  const devtools = await browser!.newBrowserCDPSession()
  const workOf = async (): Promise<Map<number, number>> => {
    const { processInfo } = await devtools.send('SystemInfo.getProcessInfo')
    const renderers = processInfo.filter(({ type }) => type === 'renderer')
    return new Map(renderers.map(({ id, cpuTime }) => [id, cpuTime]))
  }
  const before = await workOf()
  await tab.evaluate(() => {
    for (const until = performance.now() + 500; performance.now() < until;);
  })
  const after = await workOf()
  const [busiest] = [...after]
    .map(([pid, seconds]) => ({ pid, seconds: seconds - (before.get(pid) ?? 0) }))
    .toSorted((one, other) => other.seconds - one.seconds)
  await devtools.detach()
  return busiest!.pid
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let printed = ''
    const timer = setTimeout(() => failed(new Error(`Chromium did not start:\n${printed}`)), startWithinMs)
    child.stderr?.on('data', (text: Buffer) => {
      printed += text.toString()
      const address = /DevTools listening on (ws:\S+)/.exec(printed)?.[1]
      if (!address) return
      clearTimeout(timer)
      found(address)
    })
    child.once('exit', () => {
      clearTimeout(timer)
      failed(new Error(`Chromium ended at once:\n${printed}`))
    })
  })
}

function descendantsOf(root: number): number[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n')
  const children = Map.groupBy(
    lines.map((line) => line.trim().split(/\s+/).map(Number) as [number, number]),
    ([, parent]) => parent,
  )
  const below = (pid: number): number[] =>
    (children.get(pid) ?? []).flatMap(([child]) => [child, ...below(child)])
  return below(root)
}

/** One that is not gone yet may still hold the lock of the database, and the next browser could not open it. */
async function untilGone(pids: readonly number[]): Promise<void> {
  for (const until = Date.now() + goneWithinMs; Date.now() < until; await delay(20)) {
    const lines = execFileSync('ps', ['-A', '-o', 'pid=,stat='], { encoding: 'utf8' }).trim().split('\n')
    const alive = new Set(
      lines
        .map((line) => line.trim().split(/\s+/))
        // A zombie holds nothing.
        .filter(([, state]) => !state?.startsWith('Z'))
        .map(([pid]) => Number(pid)),
    )
    if (!pids.some((pid) => alive.has(pid))) return
  }
  throw new Error('Chromium could not be killed')
}

function killOne(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It went with its parent.
  }
}
