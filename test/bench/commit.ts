import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { chromiumArgs, findChromium } from '../chromium.ts'
import { serveBundledPage } from '../e2e/bundled-page.ts'
import type { Bench, BenchOptions, BenchRow } from './bench.ts'
import type { CommitPage } from './commit-page.ts'
import { checkTime, type Round, rowsOf } from './measure.ts'

declare global {
  var commitPage: CommitPage
}

export const commit: Bench = {
  name: 'commit',
  about: 'one sale of five lines committed in Chromium, in a till that holds 2,000 orders',
  limit: 'raw IndexedDB: one transaction by hand with the same reads and writes, its records made beforehand',
  rounds: 5,
  run: (options) =>
    inPage(options.signal, async (page) => {
      const [orderCount, saleCount] = options.size === 'full' ? [2_000, 120] : [5, 3]
      await page.evaluate((count) => commitPage.prepare(count), orderCount)
      const rows: BenchRow[] = []
      for (const durability of ['strict', 'relaxed'] as const)
        rows.push(...(await measureDurability(page, durability, saleCount, options)))
      await compareRows(page)
      return rows
    }),
}

async function measureDurability(
  page: Page,
  durability: 'strict' | 'relaxed',
  saleCount: number,
  { rounds, signal }: BenchOptions,
): Promise<BenchRow[]> {
  const measure = (count: number): Promise<Round> =>
    page.evaluate(({ how, sales }) => commitPage.measure(how, sales), { how: durability, sales: count })
  await measure(Math.ceil(saleCount / 2))
  const measured: Round[] = []
  while (measured.length < rounds) {
    await checkTime(signal)
    measured.push(await measure(saleCount))
  }
  return rowsOf(measured, 'ms', 'raw').map((row) => ({ ...row, what: `${durability}: ${row.what}` }))
}

/** A contender that wrote less than the others would have won by it. */
async function compareRows(page: Page): Promise<void> {
  const counts = Object.values(await page.evaluate(() => commitPage.countRows()))
  if (new Set(counts.map((tables) => JSON.stringify(tables))).size !== 1)
    throw new Error(`The databases hold different numbers of records: ${JSON.stringify(counts)}`)
}

/** A profile on disk: what a private window stores never reaches one, and strict would cost nothing there. */
async function inPage<T>(signal: AbortSignal, work: (page: Page) => Promise<T>): Promise<T> {
  const executablePath = await findChromium()
  const profile = await mkdtemp(join(tmpdir(), 'evertill-bench-'))
  try {
    const served = await serveBundledPage(new URL('commit-page.ts', import.meta.url))
    try {
      const browser = await chromium.launchPersistentContext(profile, {
        executablePath,
        args: [...chromiumArgs],
        handleSIGINT: false,
        handleSIGTERM: false,
      })
      const close = (): void => void browser.close()
      signal.addEventListener('abort', close)
      try {
        const page = await browser.newPage()
        await isolate(page)
        await page.goto(served.url)
        await page.waitForFunction(() => 'commitPage' in globalThis && crossOriginIsolated)
        return await work(page)
      } finally {
        signal.removeEventListener('abort', close)
        await browser.close()
      }
    } finally {
      await served.close()
    }
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** Other pages get a clock of 100 µs, a good part of what is measured here. */
async function isolate(page: Page): Promise<void> {
  await page.route('**/*', async (route) => {
    const response = await route.fetch()
    const headers = {
      ...response.headers(),
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    }
    await route.fulfill({ response, headers })
  })
}
