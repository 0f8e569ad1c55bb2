import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFailed, test, vi } from 'vitest'
import type { AppServer } from './app-server.ts'
import { createProfile, type Profile } from './browser.ts'
import { addProduct, takeCash } from './selling.ts'
import { openTill, signIn, startDemoServer } from './way-in.ts'

let server: AppServer
let tablet: Profile
let page: Page
/** What the browser refused or failed at, with the address where it did. */
const complaints: string[] = []

beforeAll(async () => {
  server = await startDemoServer()
  tablet = await createProfile({ width: 1280, height: 800 })
  page = await tablet.open()
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${page.url()} ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`${page.url()} ${error.message}`))
  // The page's own listener too: not every refusal is written to the console.
  await page.addInitScript(() =>
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
      console.error(`refused by ${effectiveDirective}: ${blockedURI}`),
    ),
  )
})

afterAll(async () => {
  await tablet?.remove()
  await server?.remove()
})

describe('the content security policy', () => {
  test('the control: an injected script and handler run without the policy, and are refused with it', async () => {
    expect(await loadWithInjection('keep nothing')).toEqual(['script', 'handler'])
    expect(complaints.join('\n')).not.toContain('refused by')

    expect(await loadWithInjection('keep the policy')).toEqual([])
    expect(complaints.join('\n')).toContain('refused by script-src-elem: inline')
    expect(complaints.join('\n')).toContain('refused by script-src-attr: inline')
  })

  test('no page can be written or a script be loaded from a text, by whatever code', async () => {
    await page.goto(server.url)
    await page.getByRole('main').waitFor()
    complaints.length = 0

    const refusals = await page.evaluate(() => {
      const refusalOf = (act: () => unknown): string => {
        try {
          act()
          return 'done'
        } catch (error) {
          return (error as Error).name
        }
      }
      const types = (
        globalThis as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } }
      ).trustedTypes
      return {
        html: refusalOf(() => (document.body.innerHTML = '<b>written</b>')),
        script: refusalOf(() => (document.createElement('script').src = '/assets/other.js')),
        worker: refusalOf(() => new Worker('/assets/other.js')),
        policy: refusalOf(() => types.createPolicy('other', {})),
        second: refusalOf(() => types.createPolicy('evertill', {})),
      }
    })

    expect(refusals).toEqual({
      html: 'TypeError',
      script: 'TypeError',
      worker: 'TypeError',
      policy: 'TypeError',
      second: 'TypeError',
    })
    expect(complaints.join('\n')).toContain('trusted-types evertill')
  })

  test('refuses nothing that the app itself does, on any screen, and no screen meets an error', async () => {
    onTestFailed(() => tablet.picture('policy'))
    await page.goto('about:blank')
    complaints.length = 0
    for (const path of ['/welcome', '/sign-in', '/enrol', '/set-up#token', '/no-such-place']) await open(path)
    await openTill(page, server.url)
    await addProduct(page, 0)
    await takeCash(page)
    for (const path of ['/till', '/till/orders']) await open(path)
    await page.locator('.order-row').first().click()
    await page.locator('.receipt-paper').waitFor()
    await signIn(page, server.url)
    for (const path of ['/dashboard?period=last-30-days', '/registers', '/import', '/settings', '/sync'])
      await open(path)
    await open('/registers')
    await page
      .getByRole('button', { name: /^(Add|New) device/ })
      .first()
      .click()
    await page.getByRole('dialog').locator('p[aria-label]').waitFor()

    expect(complaints).toEqual([])
  })

  test.each(['/', '/main.js', '/manifest.webmanifest', '/trpc/setup.state', '/no-such-file'])(
    '%s is answered with the headers of safety',
    async (path) => {
      const { headers } = await fetch(server.url + path)
      const policy = headers.get('content-security-policy')?.split(';') ?? []
      expect(policy).toEqual(
        expect.arrayContaining([
          "default-src 'none'",
          "script-src 'self' 'wasm-unsafe-eval'",
          "style-src 'self'",
          "frame-ancestors 'none'",
          "base-uri 'none'",
          "require-trusted-types-for 'script'",
          'trusted-types evertill',
        ]),
      )
      // WebAssembly of our own files alone: neither inline nor evaluated script.
      expect(policy.join().replace("'wasm-unsafe-eval'", '')).not.toContain('unsafe')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(headers.get('referrer-policy')).toBe('same-origin')
      expect(headers.get('permissions-policy')).toContain('geolocation=()')
    },
  )
})

async function open(path: string): Promise<void> {
  await page.goto(server.url + path)
  await page.getByRole('main').first().waitFor()
  await vi.waitUntil(async () => (await page.getByRole('status', { name: 'Loading' }).count()) === 0)
}

/** Opens the start page with a script and a handler of somebody else in it; answers which of them ran. */
async function loadWithInjection(headersKept: 'keep the policy' | 'keep nothing'): Promise<string[]> {
  const start = `${server.url}/`
  await page.route(start, async (route) => {
    const response = await route.fetch()
    const body = (await response.text()).replace(
      '<div id="root">',
      `<script>window.ran = ['script']</script><img src="/none.png" onerror="(window.ran ??= []).push('handler')"><div id="root">`,
    )
    const { 'content-security-policy': policy, ...others } = response.headers()
    const headers =
      headersKept === 'keep nothing' ? others : { ...others, 'content-security-policy': policy! }
    await route.fulfill({ status: 200, headers, body })
  })
  // A worker that keeps the shell would answer in place of the server.
  await page.route('**/main.js', (route) => route.abort())
  const image = page.waitForResponse('**/none.png')
  await page.goto(start)
  await image
  await page.getByRole('main').waitFor()
  await page.unrouteAll()
  const ran = await page.evaluate(() => (globalThis as unknown as { ran?: string[] }).ran ?? [])
  return ran
}
