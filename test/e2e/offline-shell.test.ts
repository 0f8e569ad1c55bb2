import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFailed, test, vi } from 'vitest'
import type { AppServer } from './app-server.ts'
import { createProfile, type Profile } from './browser.ts'
import { dashboardIsShown, openTill, startDemoServer, unlock } from './way-in.ts'

let server: AppServer
let tablet: Profile
let page: Page
const brokenScreens: string[] = []

beforeAll(async () => {
  server = await startDemoServer()
  tablet = await createProfile({ width: 1280, height: 800, hasWindows: true })
  const first = await tablet.open()
  await openTill(first, server.url)
  const inSight = await picturesOnScreen(first)
  // Who is signed in stays so over a short restart; this tablet was left locked.
  await first.keyboard.press('F4')
  await first.getByText('Who is selling?').waitFor()
  await areKept(first, inSight)
  await server.kill()
  await tablet.close()
  page = await tablet.open()
  page.on('pageerror', (error) => brokenScreens.push(`${page.url()}: ${error.message}`))
})

afterAll(async () => {
  await tablet?.remove()
  await server?.remove()
})

describe('a restarted tablet, and no server', () => {
  test('the till opens from its own address, and its products keep their pictures', async () => {
    onTestFailed(() => tablet.picture('offline-till'))
    await page.goto(`${server.url}/till`)
    await unlock(page)

    const shown = await picturesOnScreen(page)
    expect(shown.length).toBeGreaterThan(3)
    expect(shown.filter(({ isBroken }) => isBroken)).toEqual([])
  })

  test('the control: what is not kept on the device cannot be had', async () => {
    const answered = await page.evaluate(() =>
      fetch('/health').then(
        () => true,
        () => false,
      ),
    )
    expect(answered).toBe(false)
  })

  test.each([
    ['/till/orders', 'Orders'],
    ['/dashboard', /^Sales/],
    ['/settings', 'Settings'],
    ['/sync', 'This device'],
  ])('%s opens with what this device holds', async (path, heading) => {
    await page.goto(server.url + path)
    await page.getByRole('heading', { level: 1, name: heading }).waitFor()
    await isSettled(page)
    expect(await page.getByText('could not be').count()).toBe(0)
  })

  test('the dashboard has figures, and says what it has not heard', async () => {
    await page.goto(`${server.url}/dashboard?period=last-30-days`)
    await dashboardIsShown(page)
    const net = await page.locator('.display .lit-amount').first().innerText()
    expect(net).toMatch(/^\$[\d,]{4,}\.\d\d$/)
    await page
      .getByText(/offline|No network/i)
      .first()
      .waitFor()
  })

  test.each([
    ['/registers', 'No connection right now', 'Selling goes on.'],
    ['/import', 'No network right now', 'selling goes on meanwhile'],
    ['/no-such-place', 'There is nothing at this address', 'Everything you recorded is safe.'],
  ])('%s says in words what it needs', async (path, title, text) => {
    await page.goto(server.url + path)
    await page.getByText(title).waitFor()
    expect(await page.getByText(text).count()).toBe(1)
  })

  test('a picture that is not on the device leaves its place empty', async () => {
    await page.goto(`${server.url}/till`)
    expect((await picturesOnScreen(page)).length).toBeGreaterThan(3)
    await page.evaluate(() => caches.delete('pictures'))
    const browser = await tablet.context().newCDPSession(page)
    await browser.send('Network.clearBrowserCache')

    await page.reload()
    await page.getByRole('main', { name: 'Products' }).waitFor()

    await vi.waitUntil(async () => (await picturesOnScreen(page)).length === 0, { timeout: 10_000 })
  })

  test('none of these screens met an error', () => {
    expect(brokenScreens).toEqual([])
  })
})

/** The device fetches pictures by itself, some at a time. */
async function areKept(on: Page, pictures: readonly Shown[]): Promise<void> {
  const paths = pictures.map(({ path }) => path)
  await vi.waitUntil(
    () =>
      on.evaluate(async (wanted) => {
        const kept = await (await caches.open('pictures')).keys()
        const keptPaths = new Set(kept.map(({ url }) => new URL(url).pathname))
        return wanted.every((path) => keptPaths.has(path))
      }, paths),
    { timeout: 20_000 },
  )
}

type Shown = { readonly path: string; readonly isBroken: boolean }

/** Every picture of a product in sight, once it has come or failed. */
async function picturesOnScreen(on: Page): Promise<Shown[]> {
  const settled = await on.waitForFunction(() => {
    const inSight = [...document.querySelectorAll<HTMLImageElement>('.tile img')].filter(
      (image) => image.getBoundingClientRect().top < innerHeight,
    )
    if (document.querySelector('.tile') === null || inSight.some(({ complete }) => !complete)) return null
    return inSight.map(({ src, naturalWidth }) => ({
      path: new URL(src).pathname,
      isBroken: naturalWidth === 0,
    }))
  })
  return (await settled.jsonValue()) as Shown[]
}

/** Nothing is still loading. */
async function isSettled(on: Page): Promise<void> {
  await vi.waitUntil(async () => (await on.getByRole('status', { name: 'Loading' }).count()) === 0)
}
