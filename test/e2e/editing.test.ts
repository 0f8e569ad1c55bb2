import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AppServer } from './app-server.ts'
import type { Profile } from './browser.ts'
import { openRegisterAndOffice, picturesIfFailed } from './register-and-office.ts'
import { allSent } from './selling.ts'
import { cashier, manager, unlock } from './way-in.ts'

let server: AppServer
let tablet: Profile
let laptop: Profile
let register: Page
let office: Page

beforeAll(async () => {
  ;({ server, tablet, laptop, register, office } = await openRegisterAndOffice({ seller: manager }))
  for (const page of [register, office]) await openCatalogue(page)
})

afterAll(async () => {
  await tablet?.remove()
  await laptop?.remove()
  await server?.remove()
})

describe('one product, edited on two devices that are offline', () => {
  test('[R2] different fields merge; [R3] two prices are a conflict, and one tap decides it for every device', async () => {
    picturesIfFailed({ tablet, laptop }, 'editing')
    await tablet.context().setOffline(true)
    await laptop.context().setOffline(true)
    await edit(register, 'Affogato', async (form) => {
      await form.getByLabel('Name').fill('Affogato al caffè')
      await form.getByRole('textbox', { name: 'Price' }).fill('6.5')
    })
    await edit(office, 'Affogato', async (form) => {
      await form.getByLabel('Category').selectOption('Iced')
      await form.getByRole('textbox', { name: 'Price' }).fill('6.80')
    })
    for (const page of [register, office])
      await page.getByText('Saved. Other devices get it when this one is online.').waitFor()
    await rowOf(register, 'Affogato al caffè', 'Coffee', '6.50').waitFor()
    await rowOf(office, 'Affogato', 'Iced', '6.80').waitFor()

    // The register is heard first, so the office did not see its price.
    await tablet.context().setOffline(false)
    await allSent(register)
    await laptop.context().setOffline(false)
    await allSent(office)
    for (const page of [register, office])
      await rowOf(page, 'Affogato al caffè', 'Iced', '6.50').waitFor({ timeout: 30_000 })

    await tablet.context().setOffline(true)
    await office.getByRole('link', { name: /^Inbox/ }).click()
    await office.getByRole('heading', { name: /^Two prices for Affogato/ }).waitFor()
    await office.getByRole('button', { name: 'Keep $6.50' }).waitFor()
    await office.getByRole('button', { name: 'Use $6.80' }).click()
    await office.getByText('$6.80 holds from now on.').waitFor()
    await allSent(office)
    await rowOf(register, 'Affogato al caffè', 'Iced', '6.50').waitFor()

    await tablet.context().setOffline(false)
    await rowOf(register, 'Affogato al caffè', 'Iced', '6.80').waitFor({ timeout: 30_000 })
    await register.getByRole('link', { name: /^Inbox/ }).click()
    await register
      .getByRole('region', { name: 'Settled lately' })
      .getByText(/^Two prices for/)
      .waitFor()
    for (const page of [register, office]) await openCatalogue(page)
  })

  test('[R3] the keyboard alone turns a settled conflict around, and back', async () => {
    picturesIfFailed({ tablet, laptop }, 'editing')
    await office.goto(`${server.url}/inbox`)
    await office
      .getByText(/^Decided by/)
      .first()
      .waitFor()
    for (const price of ['$6.50', '$6.80']) {
      await tabTo(office, `Use ${price}`)
      await office.keyboard.press('Enter')
      await office.getByText(`${price} holds from now on.`).waitFor()
    }
    await rowOf(register, 'Affogato al caffè', 'Iced', '6.80').waitFor({ timeout: 30_000 })
    await openCatalogue(office)
  })

  test('[R2] what changes elsewhere while a form is open is told, and shown on request; what was typed here stays', async () => {
    picturesIfFailed({ tablet, laptop }, 'editing')
    const form = await openForm(office, 'Americano')
    await form.getByLabel('Name').fill('Americano nero')
    await edit(register, 'Americano', async (other) => {
      await other.getByLabel('Category').selectOption('Tea')
    })
    await form.getByText('Changed elsewhere meanwhile: Category.').waitFor({ timeout: 30_000 })
    await form.getByRole('button', { name: 'Show it' }).click()
    await form.getByText(/^Changed elsewhere/).waitFor({ state: 'detached' })
    expect(await form.getByLabel('Name').inputValue()).toBe('Americano nero')
    expect(await form.getByLabel('Category').locator('option:checked').innerText()).toBe('Tea')
    await save(office, form)
    await rowOf(register, 'Americano nero', 'Tea', '').waitFor({ timeout: 30_000 })
  })

  test('[R2] a tax rate that was changed at the office without a network is the register’s after both were online', async () => {
    picturesIfFailed({ tablet, laptop }, 'editing')
    await allSent(office)
    await office.goto(`${server.url}/catalogue?tab=taxes`)
    await office.context().setOffline(true)
    await office.getByRole('button', { name: /^Prepared food/ }).click()
    const form = office.getByRole('dialog', { name: 'Prepared food' })
    await form.getByRole('textbox', { name: 'Rate' }).fill('9')
    await save(office, form)
    await office.getByText(/^Sales tax 9 %, for/).waitFor()
    await register.goto(`${server.url}/catalogue?tab=taxes`)
    await register.getByText(/^Sales tax 8.25 %, for/).waitFor()
    await office.context().setOffline(false)
    await register.getByText(/^Sales tax 9 %, for/).waitFor({ timeout: 30_000 })
    for (const page of [register, office]) await openCatalogue(page)
  })

  test('what was saved with nothing changed is not sent; what was not saved is asked about', async () => {
    picturesIfFailed({ tablet, laptop }, 'editing')
    await allSent(office)
    await office.context().setOffline(true)
    await save(office, await openForm(office, 'Babyccino'))

    const form = await openForm(office, 'Babyccino')
    await form.getByLabel('Name').fill('Babyccino for two')
    await office.goBack()
    await office.getByRole('button', { name: 'Go on editing' }).click()
    expect(await form.getByLabel('Name').inputValue()).toBe('Babyccino for two')
    await office.keyboard.press('Escape')
    await office.getByRole('button', { name: 'Discard' }).click()
    await office.getByRole('dialog').waitFor({ state: 'detached' })
    await search(office, 'babyccino for two')
    await office.getByText('Nothing is called').waitFor()
    expect(await office.getByText('only here').count()).toBe(0)
    await office.context().setOffline(false)
  })

  test('the keyboard alone finds a product, changes its price and saves', async () => {
    picturesIfFailed({ tablet, laptop }, 'editing')
    await openCatalogue(office)
    await office.keyboard.press('/')
    await office.keyboard.type('cinnamon bun')
    await office.getByText('1 product', { exact: true }).waitFor()
    await office.keyboard.press('Enter')
    await office.getByRole('dialog', { name: 'Cinnamon bun' }).getByLabel('Name').waitFor()
    for (let presses = 0; presses < 20 && (await focusedLabel(office)) !== 'Price'; presses += 1)
      await office.keyboard.press('Tab')
    await office.keyboard.type('4.85')
    await office.keyboard.press('Enter')
    await office.getByRole('dialog').waitFor({ state: 'detached' })
    await rowOf(office, 'Cinnamon bun', '4.85').waitFor()
    expect(await office.getByRole('searchbox').evaluate((field) => field === document.activeElement)).toBe(
      true,
    )
  })

  test('a cashier looks and is told why nothing can be changed', async () => {
    picturesIfFailed({ tablet, laptop }, 'editing')
    await register.goto(`${server.url}/till`)
    await register.getByRole('main', { name: 'Products' }).waitFor()
    await register.keyboard.press('F4')
    await unlock(register, cashier)
    await openCatalogue(register)
    await register.getByText('Sam Whitaker may look. Changing the catalog needs a manager.').waitFor()
    expect(await register.getByRole('button', { name: 'New product' }).count()).toBe(0)
    const form = await openForm(register, 'Babyccino')
    expect(await form.getByLabel('Name').isDisabled()).toBe(true)
    expect(await form.getByRole('button', { name: /^(Save|Delete)$/ }).count()).toBe(0)
    await register.keyboard.press('Tab')
    expect(await form.getByRole('form').evaluate((element) => element === document.activeElement)).toBe(true)
  })
})

async function openCatalogue(page: Page): Promise<void> {
  await page.goto(`${server.url}/catalogue`)
  await page.getByRole('table', { name: 'Products' }).waitFor()
}

async function search(page: Page, text: string): Promise<void> {
  await page.getByRole('searchbox').fill(text)
}

async function openForm(page: Page, name: string): Promise<Locator> {
  await search(page, name)
  await rowOf(page, name).click()
  const form = page.getByRole('dialog', { name })
  await form.getByLabel('Name').first().waitFor()
  return form
}

async function save(page: Page, form: Locator): Promise<void> {
  await form.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

async function edit(page: Page, name: string, change: (form: Locator) => Promise<void>): Promise<void> {
  const form = await openForm(page, name)
  await change(form)
  await save(page, form)
}

function focusedLabel(page: Page): Promise<string> {
  return page.evaluate(() => {
    const field = document.activeElement
    return field instanceof HTMLInputElement ? (field.labels?.[0]?.textContent ?? '') : ''
  })
}

/** The first row that has all these texts. */
function rowOf(page: Page, ...texts: string[]): Locator {
  return texts.reduce((rows, text) => rows.filter({ hasText: text }), page.locator('tbody tr')).first()
}

async function tabTo(page: Page, text: string): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => document.activeElement?.textContent ?? '')
    if (focused.trim() === text) return
  }
  throw new Error(`40 presses of Tab never reached “${text}”`)
}
