import type { CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAppServer, type AppServer } from './app-server.ts'
import { createProfile, type Profile } from './browser.ts'
import { shellIsKept } from './way-in.ts'

type Icon = { src: string; sizes: string; type: string; purpose?: string }
type Manifest = {
  id: string
  name: string
  short_name: string
  start_url: string
  display: string
  icons: Icon[]
  shortcuts: { name: string; url: string }[]
}

let server: AppServer
let tablet: Profile
let page: Page
let browser: CDPSession

beforeAll(async () => {
  server = await createAppServer()
  await server.start()
  tablet = await createProfile({ width: 1280, height: 800, hasWindows: true })
  page = await tablet.open()
  browser = await tablet.context().newCDPSession(page)
})

afterAll(async () => {
  await tablet?.remove()
  await server?.remove()
})

describe('an app that can be installed', () => {
  test('the browser finds nothing in the way of installing it, and says so of a page without a manifest', async () => {
    await page.goto(`${server.url}/health`)
    expect(await installabilityErrors()).toContain('no-manifest')

    await page.goto(server.url)
    await shellIsKept(page)
    expect(await installabilityErrors()).toEqual([])
  })

  test('the manifest names the app, starts it in a window of its own and leads to the till and the dashboard', async () => {
    const { manifest, errors } = await appManifest()

    expect(errors).toEqual([])
    expect(manifest).toMatchObject({
      id: '/',
      name: 'Evertill',
      short_name: 'Evertill',
      start_url: '/',
      display: 'standalone',
    })
    expect(manifest.shortcuts.map(({ url }) => url)).toEqual(['/till', '/dashboard'])
    for (const { name, url } of manifest.shortcuts) {
      await page.goto(server.url + url)
      await page.getByRole('main').first().waitFor()
      expect(await page.getByText('There is nothing at this address').count(), name).toBe(0)
    }
  })

  test('each icon has the size that the manifest promises, and one may be cut to a shape', async () => {
    const { manifest } = await appManifest()

    const sizes = new Map<string, string>()
    for (const { src, sizes: promised, type, purpose = 'any' } of manifest.icons) {
      const response = await fetch(new URL(src, server.url))
      expect(response.status, src).toBe(200)
      expect(response.headers.get('content-type'), src).toContain(type)
      if (type === 'image/png') expect(pngSize(await response.arrayBuffer()), src).toBe(promised)
      sizes.set(`${purpose} ${promised}`, src)
    }
    expect([...sizes.keys()]).toEqual(
      expect.arrayContaining(['any 192x192', 'any 512x512', 'maskable 512x512']),
    )
  })

  test('from the second visit on the page comes from the device, where it was kept', async () => {
    await page.goto(server.url)
    await shellIsKept(page)

    const again = await page.reload()

    expect(again?.fromServiceWorker()).toBe(true)
    await page.getByRole('main').waitFor()
  })

  test('a page that was opened while the shell was still being kept is not loaded again: what was typed stays', async () => {
    const other = await createProfile({ width: 1280, height: 800, hasWindows: true })
    try {
      const form = await other.open()
      await form.goto(`${server.url}/sign-in`)
      await form.getByLabel('E-mail').waitFor()
      await form.goto(`${server.url}/sign-in?next=/registers`)
      await form.getByLabel('E-mail').fill('owner@evertill.example')
      expect(await form.evaluate(() => navigator.serviceWorker.controller)).toBeNull()

      await shellIsKept(form)

      expect(await loadsAgain(form)).toBe(false)
      expect(await form.getByLabel('E-mail').inputValue()).toBe('owner@evertill.example')
    } finally {
      await other.remove()
    }
  })
})

async function installabilityErrors(): Promise<string[]> {
  const { installabilityErrors } = await browser.send('Page.getInstallabilityErrors')
  return installabilityErrors.map(({ errorId }) => errorId)
}

async function appManifest(): Promise<{ manifest: Manifest; errors: unknown[] }> {
  await page.goto(server.url)
  const { data = '{}', errors } = await browser.send('Page.getAppManifest')
  return { manifest: JSON.parse(data) as Manifest, errors }
}

/** Width and height stand in the first chunk of a PNG. */
function pngSize(bytes: ArrayBuffer): string {
  const view = new DataView(bytes)
  return `${view.getUint32(16)}x${view.getUint32(20)}`
}

/** Whether the page goes within a second. */
function loadsAgain(of: Page): Promise<boolean> {
  return of.waitForEvent('framenavigated', { timeout: 1000 }).then(
    () => true,
    () => false,
  )
}
