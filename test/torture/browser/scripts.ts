import type { BrowserContext } from 'playwright-core'
import { bundle, emptyPage } from '../../e2e/bundled-page.ts'
import { type WorkerVariant, workerVariants } from './variants.ts'

/** Below an address that the app's service worker leaves to the server, so that it may be there too. */
export const pagePath = '/health/torture/'

let built: Promise<{ page: string; worker: string }> | null = null

/** The real worker and a page that only starts it, on whatever origin is asked for them. */
export async function servePage(context: BrowserContext): Promise<void> {
  built ??= buildScripts()
  const { page, worker } = await built
  await context.route(`**${pagePath}**`, (route) => {
    const address = new URL(route.request().url())
    const name = address.pathname.split('/').at(-1)
    const script = (body: string) => route.fulfill({ contentType: 'text/javascript', body })
    if (name === 'page.js') return script(page)
    if (name === 'worker.js') return script(workerVariants[variantOf(address)] + '\n' + worker)
    return route.fulfill({ contentType: 'text/html', body: emptyPage(`${pagePath}page.js`) })
  })
}

function variantOf(address: URL): WorkerVariant {
  const asked = address.searchParams.get('worker') ?? 'as-built'
  return asked in workerVariants ? (asked as WorkerVariant) : 'as-built'
}

async function buildScripts(): Promise<{ page: string; worker: string }> {
  const [page, worker] = await Promise.all([
    bundle(new URL('torture-page.ts', import.meta.url)),
    bundle(new URL('../../../src/worker/main.ts', import.meta.url)),
  ])
  return { page, worker }
}
