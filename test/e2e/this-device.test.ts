import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFailed, test } from 'vitest'
import type { AppServer } from './app-server.ts'
import { createProfile, type Profile } from './browser.ts'
import { addProduct, takeCash } from './selling.ts'
import { openTill, signIn, startDemoServer } from './way-in.ts'

let server: AppServer
let tablet: Profile
let page: Page

beforeAll(async () => {
  server = await startDemoServer()
  tablet = await createProfile({ width: 1280, height: 800 })
  page = await tablet.open()
  await openTill(page, server.url)
})

afterAll(async () => {
  await tablet?.remove()
  await server?.remove()
})

beforeEach(() => {
  onTestFailed(() => tablet.picture('this-device'))
})

describe('a practice outage', () => {
  test('[C7] nothing leaves the device, after a reload too, until it is ended at the till; then all of it arrives', async () => {
    await page.goto(`${server.url}/sync`)
    await page.getByRole('button', { name: 'Start a practice outage' }).click()
    await page.getByText('Cut off for practice.').waitFor()
    await page.getByRole('link', { name: 'Back to the till' }).click()
    await band().waitFor()

    await addProduct(page, 0)
    await takeCash(page)
    await page.reload()
    await band().waitFor()
    await addProduct(page, 1)
    await takeCash(page)
    await page.locator('.till-status').click()
    await page.getByText('2 only here').first().waitFor()
    // The server is there all the time: only the practice keeps the sales here.
    expect((await fetch(`${server.url}/ready`)).ok).toBe(true)
    expect(await page.getByRole('button', { name: /^Send now/ }).getAttribute('aria-disabled')).toBe('true')

    await page.goto(`${server.url}/till`)
    await band().getByRole('button', { name: 'End' }).click()
    await page.getByText('Practice over. 2 sales').waitFor({ timeout: 70_000 })
    await page.getByRole('button', { name: 'Report' }).click()
    await page.getByText('All 2 sales of the outage have arrived.').waitFor()
    await page.getByText('All sent').first().waitFor()
    expect(await band().count()).toBe(0)
  })
})

describe('the keyboard alone', () => {
  test('goes from the till to what is only here, sends, shows the codes, and comes back', async () => {
    await page.goto(`${server.url}/till`)
    await page.getByRole('main', { name: 'Products' }).waitFor()
    await server.kill()
    await addProduct(page, 0)
    await takeCash(page)

    // From here on nothing is clicked.
    await tabTo('1 only here')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'This device' }).waitFor()
    await tabTo('Send now')
    await page.keyboard.press('Enter')
    await page.getByText('What is only here sends itself when it is back.').waitFor()

    await tabTo('Show as codes')
    await page.keyboard.press('Space')
    await page.getByRole('dialog').waitFor()
    await tabTo('Close')
    await page.keyboard.press('Enter')
    expect(await focusedText()).toBe('Show as codes')

    await server.start()
    await tabTo('Send now')
    await page.keyboard.press('Enter')
    await page.getByText('All sent').first().waitFor({ timeout: 30_000 })
    await tabTo('Back to the till')
    await page.keyboard.press('Enter')
    await page.getByRole('main', { name: 'Products' }).waitFor()
  })
})

describe('a device that was taken out of use', () => {
  test('[P5] sells nothing more, and says what to do', async () => {
    const laptop = await createProfile({ width: 1440, height: 900 })
    onTestFailed(() => laptop.picture('this-device-office'))
    try {
      const office = await laptop.open()
      await signIn(office, server.url)
      await office.goto(`${server.url}/registers`)
      const shop = office.locator('section', { has: office.getByRole('heading', { name: 'Harbor Street' }) })
      await shop.getByRole('button', { name: 'More about Register 1' }).click()
      await office.getByRole('menuitem', { name: 'Lost or out of use' }).click()
      await office.getByRole('button', { name: 'Take out of use' }).click()
      await office.getByRole('button', { name: 'Take out of use' }).waitFor({ state: 'detached' })
    } finally {
      await laptop.remove()
    }

    await page.reload()
    await page.getByText('This device was taken out of use').waitFor({ timeout: 30_000 })
    await page.getByText('All that it sold has arrived.').waitFor()
    expect(await page.getByRole('main', { name: 'Products' }).count()).toBe(0)
    await page.getByRole('link', { name: 'This device' }).click()
    await page.getByText('It sells nothing more. What is only here still sends itself.').waitFor()
    await page.goto(`${server.url}/till/orders`)
    await page.getByText('This device was taken out of use').waitFor()
  })
})

function band() {
  return page.getByRole('complementary', { name: 'Practice outage' })
}

const mostTabs = 90

/** Presses Tab until what has the focus begins with this text. */
async function tabTo(text: string): Promise<void> {
  for (let press = 0; press < mostTabs; press += 1) {
    await page.keyboard.press('Tab')
    if ((await focusedText()).startsWith(text)) return
  }
  throw new Error(`${mostTabs} presses of Tab never reached “${text}”`)
}

function focusedText(): Promise<string> {
  return page.evaluate(() => {
    const { activeElement: at } = document
    return (at?.getAttribute('aria-label') ?? at?.textContent ?? '').trim()
  })
}
