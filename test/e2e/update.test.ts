import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFailed, test, vi } from 'vitest'
import { createAppServer, type AppServer } from './app-server.ts'
import { createProfile, type Profile } from './browser.ts'
import { copyProject, type ProjectCopy } from './project-copy.ts'
import { addProduct, takeCash } from './selling.ts'
import { openTill, startDemoServer } from './way-in.ts'

const nextVersion = '99.0.0'

let copy: ProjectCopy
let server: AppServer
let tablet: Profile
let till: Page

beforeAll(async () => {
  copy = await copyProject()
  server = await startDemoServer(await createAppServer(copy.folder))
  tablet = await createProfile({ width: 1280, height: 800, hasWindows: true })
  till = await tablet.open()
  await openTill(till, server.url)
})

afterAll(async () => {
  await tablet?.remove()
  await server?.remove()
  await copy?.remove()
})

describe('a new version', () => {
  test('waits while an order is open, is offered where none is, and comes when it is asked for; the order stays', async () => {
    onTestFailed(() => tablet.picture('update'))
    await addProduct(till, 0)
    await addProduct(till, 1)
    const order = await orderOf(till)
    await markPage(till)
    const office = await tablet.context().newPage()
    await office.goto(`${server.url}/settings`)
    await markPage(office)
    expect(await versionOf(office)).toBe(await copy.version())
    expect(await offer(till).count()).toBe(0)

    await server.stop()
    await copy.buildAs(nextVersion)
    await server.start()
    await lookForUpdate(till)

    // The office screen of the same browser proves that there is something to offer.
    await offer(office).waitFor({ timeout: 30_000 })
    expect(await offer(till).count()).toBe(0)
    expect(await isMarked(till)).toBe(true)

    await office.getByRole('button', { name: 'Use it now' }).click()
    await vi.waitUntil(async () => !(await isMarked(office).catch(() => true)), { timeout: 20_000 })
    await office.getByRole('heading', { name: 'Settings' }).waitFor()
    expect(await versionOf(office)).toBe(nextVersion)

    // The order is still being built by the page that began it.
    expect(await isMarked(till)).toBe(true)
    expect(await offer(till).count()).toBe(0)
    expect(await orderOf(till)).toEqual(order)
    await till.bringToFront()
    await takeCash(till)

    await offer(till).waitFor({ timeout: 20_000 })
    expect(await isMarked(till)).toBe(true)
    await till.getByRole('button', { name: 'Use it now' }).click()
    await vi.waitUntil(async () => !(await isMarked(till).catch(() => true)), { timeout: 20_000 })
    await till.getByRole('main', { name: 'Products' }).waitFor()
    await till.goto(`${server.url}/settings`)
    expect(await versionOf(till)).toBe(nextVersion)
    expect(await offer(till).count()).toBe(0)
  })

  test('an order that was being built before the page was loaded again is there after it', async () => {
    await till.goto(`${server.url}/till`)
    await addProduct(till, 2)
    const order = await orderOf(till)
    await till.goto(`${server.url}/settings`)
    await till.goto(`${server.url}/till`)
    await till.locator('.order-line').first().waitFor()
    expect(await orderOf(till)).toEqual(order)
  })
})

const offer = (page: Page): Locator => page.getByText('A new version is ready')

/** As the app does by itself when somebody comes back to it. */
async function lookForUpdate(page: Page): Promise<void> {
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await page.waitForFunction(async () => (await navigator.serviceWorker.getRegistration())?.waiting != null)
}

/** What the order says, line by line, and what it costs. */
async function orderOf(page: Page): Promise<{ lines: string[]; sum: string }> {
  const sum = await page.locator('.charge-sum .lit-amount').innerText()
  return { lines: await page.locator('.order-line-face').allInnerTexts(), sum }
}

/** A page that was loaded again has lost its mark. */
async function markPage(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.documentElement.dataset.isSamePage = 'true'
  })
}

function isMarked(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.dataset.isSamePage === 'true')
}

async function versionOf(page: Page): Promise<string> {
  return page
    .locator('dl > div', { has: page.getByText('Version', { exact: true }) })
    .locator('dd')
    .innerText()
}
