import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { formatHelp } from '../server/cli-help.ts'
import { createAppServer } from './e2e/app-server.ts'
import { createProfile, type Profile } from './e2e/browser.ts'
import { choosePerson, enrol, enterPin, freshCode, signIn, unlock } from './e2e/way-in.ts'

const folder = resolve(import.meta.dirname, '../docs/pictures')
const tablet = { width: 1280, height: 800 }
const laptopSize = { width: 1440, height: 900 }
const manager = { name: 'Tomás Herrera', pin: '4711' }
const phone = { width: 390, height: 844 }

const { values: flags } = parseArgs({ options: { help: { type: 'boolean', default: false } } })
if (flags.help) {
  console.log(
    formatHelp({
      usage: 'npm run pictures',
      about:
        'Takes the pictures of the README into docs/pictures: the real app with the demo shop, in Chromium.',
      options: [['--help', 'show this text']],
    }),
  )
} else await takePictures()

/** Everything that is shown is made by the demo, so the pictures show what `npm run demo` shows. */
async function takePictures(): Promise<void> {
  await mkdir(folder, { recursive: true })
  const server = await createAppServer()
  const profiles: Profile[] = []
  try {
    console.log('Making the demo shop …')
    await server.run('server/seed/cli.ts', '--orders', '40000', '--days', '150')
    await server.start()
    for (const isDark of [false, true]) {
      const theme = isDark ? 'dark' : 'light'
      const register = await createProfile({ ...tablet, isDark })
      const office = await createProfile({ ...laptopSize, isDark })
      profiles.push(register, office)
      await pictureTill(await register.open(), server.url, theme)
      await pictureDashboard(await office.open(), server.url, theme)
      if (!isDark) await pictureInbox(register, office, server.url)
      await register.close()
      await office.close()
    }
  } finally {
    for (const profile of profiles) await profile.remove()
    await server.remove()
  }
}

async function pictureTill(page: Page, url: string, theme: string): Promise<void> {
  await enrol(page, url, await freshCode(url))
  await unlock(page)
  for (const name of ['Flat white', 'Cortado', 'Almond croissant', 'Blueberry muffin', 'Sparkling water']) {
    await add(page, name)
  }
  await page.waitForLoadState('networkidle')
  await take(page, `till-${theme}`)
  await page.setViewportSize(phone)
  await take(page, `till-phone-${theme}`)
  await page.setViewportSize(tablet)
  await page.getByRole('button', { name: 'Charge' }).click()
  await page.getByRole('group', { name: 'Handed over' }).getByRole('button').nth(3).click()
  await take(page, `pay-${theme}`)
  await page.getByRole('button', { name: /^Take cash/ }).click()
  await page.getByRole('button', { name: /New order/ }).waitFor()
  await take(page, `receipt-${theme}`)
}

/** Puts a product into the order as it comes: the first of what has to be chosen, nothing extra. */
async function add(page: Page, name: string): Promise<void> {
  const lines = page.locator('.order-line')
  const before = await lines.count()
  await page.getByRole('main', { name: 'Products' }).getByRole('button', { name }).first().click()
  const addKey = page.getByRole('dialog').locator('.choices-add')
  await lines.nth(before).or(addKey).first().waitFor()
  if ((await addKey.count()) === 0) return
  for (const set of await page.getByRole('dialog').locator('fieldset', { hasText: 'Choose 1' }).all()) {
    await set.getByRole('button').first().click()
  }
  await addKey.click()
  await lines.nth(before).waitFor()
}

async function pictureDashboard(page: Page, url: string, theme: string): Promise<void> {
  await signIn(page, url)
  await page.goto(`${url}/dashboard?period=yesterday`)
  await page.getByRole('heading', { name: 'Top products' }).waitFor()
  await page.getByText('Loading sales from before').waitFor({ state: 'detached' })
  await take(page, `dashboard-${theme}`)
  await page.setViewportSize(phone)
  await take(page, `dashboard-phone-${theme}`)
}

/** Two people change one price, each without a network: the inbox shows both, in both themes. */
async function pictureInbox(register: Profile, office: Profile, url: string): Promise<void> {
  const [till, laptop] = [register.context().pages()[0]!, office.context().pages()[0]!]
  await laptop.setViewportSize(laptopSize)
  await till.goto(`${url}/till`)
  await till.getByRole('main', { name: 'Products' }).waitFor()
  await till.keyboard.press('F4')
  await choosePerson(till, manager.name)
  await enterPin(till, manager.pin)
  await till.getByRole('main', { name: 'Products' }).waitFor()
  for (const [page, profile, price] of [
    [till, register, '4.40'],
    [laptop, office, '4.50'],
  ] as const) {
    await page.goto(`${url}/catalogue`)
    await page.getByRole('table', { name: 'Products' }).waitFor()
    await profile.context().setOffline(true)
    await page.getByRole('searchbox').fill('cortado')
    await page
      .getByRole('row', { name: /^Cortado/ })
      .first()
      .click()
    const form = page.getByRole('dialog', { name: 'Cortado' })
    await form.getByRole('textbox', { name: 'Price' }).fill(price)
    await form.getByRole('button', { name: 'Save' }).click()
    await form.waitFor({ state: 'detached' })
  }
  await register.context().setOffline(false)
  await till.getByText('All sent').first().waitFor()
  await office.context().setOffline(false)
  await laptop.goto(`${url}/inbox`)
  await laptop.getByRole('heading', { name: /^Two prices for Cortado/ }).waitFor()
  await laptop.getByText('All sent').first().waitFor()
  for (const colorScheme of ['light', 'dark'] as const) {
    await laptop.emulateMedia({ colorScheme })
    await take(laptop, `inbox-${colorScheme}`)
  }
}

async function take(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  const path = join(folder, `${name}.png`)
  await page.screenshot({ path, animations: 'disabled' })
  console.log(`docs/pictures/${name}.png`)
}
