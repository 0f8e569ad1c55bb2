import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { chromiumArgs, findChromium } from '../../chromium.ts'

/**
 * Runs the work in a contender's page, in a browser and on a profile that hold nothing yet: no contender inherits the
 * garbage of another. The profile is on disk; what a private window stores never reaches one.
 */
export async function inNewBrowser<T>(
  url: string,
  signal: AbortSignal,
  work: (page: Page) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted()
  const executablePath = await findChromium()
  const profile = await mkdtemp(join(tmpdir(), 'evertill-bench-'))
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
      // While it started, nobody listened.
      signal.throwIfAborted()
      const page = browser.pages()[0] ?? (await browser.newPage())
      page.setDefaultTimeout(60_000)
      await page.goto(url)
      await page.waitForFunction(() => 'contender' in globalThis && crossOriginIsolated)
      return await work(page)
    } finally {
      signal.removeEventListener('abort', close)
      await browser.close()
    }
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 3 })
  }
}
