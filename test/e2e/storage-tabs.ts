import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { chromiumArgs, findChromium } from '../chromium.ts'
import { serveBundledPage } from './bundled-page.ts'
import type { StoragePage } from './storage-page.ts'

declare global {
  var storagePage: StoragePage
}

/** Tabs of one browser profile, in which the real storage can be called. */
export type StorageTabs = {
  openTab(): Promise<Page>
  /** A tab of a profile that is enrolled as a register. */
  openEnrolled(): Promise<Page>
  /** Closes the profile; the next tab is in a new one. */
  forgetAll(): Promise<void>
  close(): Promise<void>
}

export async function createStorageTabs(): Promise<StorageTabs> {
  const served = await serveBundledPage(new URL('storage-page.ts', import.meta.url))
  const browser = await chromium.launch({ executablePath: await findChromium(), args: [...chromiumArgs] })
  let context: BrowserContext | null = null

  const openTab = async (): Promise<Page> => {
    context ??= await browser.newContext()
    const tab = await context.newPage()
    await tab.goto(served.url)
    await tab.waitForFunction(() => 'storagePage' in globalThis)
    return tab
  }
  const forgetAll = async (): Promise<void> => {
    await context?.close()
    context = null
  }
  return {
    openTab,
    openEnrolled: async () => {
      const tab = await openTab()
      await tab.evaluate(async () => storagePage.enrol(await storagePage.openStore()))
      return tab
    },
    forgetAll,
    close: async () => {
      await browser.close()
      await served.close()
    },
  }
}
