import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { test } from 'vitest'
import { chromiumArgs, findChromium } from '../chromium.ts'
import { serveBundledPage } from './bundled-page.ts'
test('debug', async () => {
  const served = await serveBundledPage(new URL('storage-page.ts', import.meta.url))
  const context = await chromium.launchPersistentContext(mkdtempSync(join(tmpdir(), 'evertill-')), { executablePath: await findChromium(), args: [...chromiumArgs] })
  const browser = context
  const tab = await context.newPage()
  await tab.goto(served.url)
  await tab.waitForFunction(() => 'storagePage' in globalThis)
  const devtools = await context.newCDPSession(tab)
  const origin = new URL(served.url).origin
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1_500_000 })
  await tab.evaluate(async () => storagePage.enrol(await storagePage.openStore()))
  for (const size of [1_500_000, 1_500_000, 1_500_001, 1_500_002, 1_500_003,1_500_004]) {
    await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: size })
    console.log(size, await tab.evaluate(async () => JSON.stringify(await navigator.storage.estimate())), JSON.stringify(await devtools.send('Storage.getUsageAndQuota', { origin })))
    console.log(await tab.evaluate(async (size) => {
      const store = await storagePage.openStore()
      const random = () => Array.from(crypto.getRandomValues(new Uint8Array(6_000)), (b) => String.fromCharCode(33 + (b % 90))).join('')
      const out: string[] = []
      for (let i = 0; i < 50; i += 1) {
        try { await store.commitSale(storagePage.saleOf(`s${size}-${i}`, random())) } catch (error) { out.push(`${i} ${error}`); break }
        out.push(String(await store.hasBallast()));if (!(await store.hasBallast())) { out.push('ballast gone at ' + i); break }
      }
      return out.join('; ') + JSON.stringify(await navigator.storage.estimate())
    }, size))
  }
  await browser.close(); await served.close()
})
