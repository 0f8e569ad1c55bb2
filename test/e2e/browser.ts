import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext, type Page } from 'playwright-core'
import { chromiumArgs, findChromium, findWindowless } from '../chromium.ts'

/** A browser with a profile on disk: closing and opening it again is a restarted tablet. */
export type Profile = {
  open(): Promise<Page>
  close(): Promise<void>
  /** The context of the open browser. */
  context(): BrowserContext
  /** What it shows now, into test-results/: for a test that failed. */
  picture(name: string): Promise<void>
  remove(): Promise<void>
}

export type ProfileOptions = {
  readonly width: number
  readonly height: number
  readonly isDark?: boolean
  /** For what a page does with the browser around it, as being installed. */
  readonly hasWindows?: boolean
  /** Flags of Chromium beside those that every test has. */
  readonly args?: readonly string[]
}

export async function createProfile({
  width,
  height,
  isDark = false,
  hasWindows = false,
  args = [],
}: ProfileOptions): Promise<Profile> {
  const folder = await mkdtemp(join(tmpdir(), 'evertill-profile-'))
  const executablePath = await (hasWindows ? findChromium() : findWindowless())
  let context: BrowserContext | null = null
  const close = async (): Promise<void> => {
    await context?.close()
    context = null
  }
  return {
    async open() {
      context = await chromium.launchPersistentContext(folder, {
        executablePath,
        args: [...chromiumArgs, ...args],
        viewport: { width, height },
        colorScheme: isDark ? 'dark' : 'light',
        locale: 'en-US',
        timezoneId: 'America/New_York',
      })
      return context.pages()[0] ?? context.newPage()
    },
    close,
    context() {
      if (!context) throw new Error('The browser of this profile is closed')
      return context
    },
    async picture(name) {
      await context?.pages()[0]?.screenshot({ path: `test-results/${name}.png` })
    },
    async remove() {
      await close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
