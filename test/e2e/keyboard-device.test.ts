import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { AppServer } from './app-server.ts'
import type { Profile } from './browser.ts'
import { openRegisterAndOffice, picturesIfFailed } from './register-and-office.ts'
import { addProduct, allSent, takeCash } from './selling.ts'
import { manager } from './way-in.ts'

let server: AppServer
let tablet: Profile
let laptop: Profile
let register: Page
let office: Page

beforeAll(async () => {
  ;({ server, tablet, laptop, register, office } = await openRegisterAndOffice({ seller: manager }))
})

afterAll(async () => {
  await tablet?.remove()
  await laptop?.remove()
  await server?.remove()
})

beforeEach(() => picturesIfFailed({ tablet, laptop }, 'keyboard-device'))

// Each test comes to its page; from there on nothing is clicked.
describe('the keyboard alone, in the inbox', () => {
  test('[R3] opens a conflict, decides it, and is told what was decided, where the key was', async () => {
    for (const [page, price] of [
      [register, '6.5'],
      [office, '6.80'],
    ] as const) {
      await page.goto(`${server.url}/catalogue`)
      await page.getByRole('table', { name: 'Products' }).waitFor()
      await page.context().setOffline(true)
      await changePrice(page, 'Affogato', price)
    }
    for (const page of [register, office]) {
      await page.context().setOffline(false)
      await allSent(page)
    }
    await office.goto(`${server.url}/inbox`)
    await tabTo(office, 'Two prices for Affogato')
    await office.keyboard.press('Enter')
    await office.waitForURL('**/inbox?item=*')
    await tabTo(office, 'Use $6.80')
    await office.keyboard.press('Enter')
    await office.getByText('$6.80 holds from now on.').waitFor()
    expect(await focused(office)).toBe('Two prices for Affogato')
    await office
      .getByText(/^Decided by/)
      .first()
      .waitFor()
    await tabTo(office, 'Use $6.50')
    await office.keyboard.press('Enter')
    await office.getByText('$6.50 holds from now on.').waitFor()
    expect(await focused(office)).toBe('Two prices for Affogato')
  })
})

describe('the keyboard alone, on the page of the registers', () => {
  test('renames one; the focus is where it was, though the row has moved', async () => {
    await office.goto(`${server.url}/registers`)
    await shop().waitFor()
    await tabTo(office, 'More about Register 1', 2)
    await office.keyboard.press('Enter')
    expect(await focused(office)).toBe('Rename')
    await office.keyboard.press('Escape')
    expect(await focused(office)).toBe('More about Register 1')
    await office.keyboard.press('Enter')
    await office.keyboard.press('Enter')
    await office.getByRole('dialog', { name: 'Rename Register 1' }).waitFor()
    await office.keyboard.type('Window')
    await office.keyboard.press('Enter')
    await office.getByRole('dialog').waitFor({ state: 'detached' })
    await shop().getByText('Window', { exact: true }).waitFor()
    await expect.poll(() => focused(office)).toBe('More about Window')
    expect(await shop().locator('li b').allTextContents()).toEqual(['Bakery counter', 'Register 2', 'Window'])
  })
})

describe('the keyboard alone, on This device', () => {
  test('[C6] [C7] lists what is only here, saves it as a file and shows it as codes', async () => {
    await server.kill()
    await register.goto(`${server.url}/till`)
    await register.getByRole('main', { name: 'Products' }).waitFor()
    for (let sale = 0; sale < 6; sale += 1) {
      await addProduct(register, sale)
      await takeCash(register)
    }
    await register.goto(`${server.url}/sync`)
    await register.getByText('6 only here').first().waitFor()

    await tabTo(register, 'Show all 7')
    await register.keyboard.press('Enter')
    await expect
      .poll(() =>
        register
          .getByRole('listitem')
          .filter({ hasText: /^Sale / })
          .count(),
      )
      .toBe(6)
    expect(await focused(register)).toMatch(/^Shift opened/)

    await tabTo(register, 'Save as a file')
    const downloading = register.waitForEvent('download')
    await register.keyboard.press('Enter')
    expect((await downloading).suggestedFilename()).toMatch(/^evertill-journal-.*\.json$/)
    await register.getByText(/has \d+ entries/).waitFor()
    expect(await focused(register)).toBe('Save as a file')

    await tabTo(register, 'Show as codes')
    await register.keyboard.press('Enter')
    const code = register.getByRole('dialog').getByRole('img', { name: /^Code \d+ of \d+$/ })
    await code.waitFor()
    await tabTo(register, 'Next code')
    const before = await code.getAttribute('aria-label')
    await register.keyboard.press('Enter')
    await register.getByRole('button', { name: 'Go on' }).waitFor()
    await register.keyboard.press('Enter')
    expect(await code.getAttribute('aria-label')).not.toBe(before)
    await staysInDialog(register)
    await register.keyboard.press('Escape')
    await register.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await focused(register)).toBe('Show as codes')

    await tabTo(register, 'Scan codes')
    await register.keyboard.press('Enter')
    await register.getByText('No camera can be used here').waitFor()
    await register.keyboard.press('Escape')
    expect(await focused(register)).toBe('Scan codes')
  })

  test('starts a practice outage and ends it; the focus is on what it says each time', async () => {
    await register.goto(`${server.url}/sync`)
    await tabTo(register, 'Start a practice outage')
    await register.keyboard.press('Enter')
    await register.getByText('Cut off for practice.').waitFor()
    expect(await focused(register)).toMatch(/^It is on and ends by itself/)
    await tabTo(register, 'End')
    await register.keyboard.press('Enter')
    await register.getByRole('complementary', { name: 'Practice outage' }).waitFor({ state: 'detached' })
    expect(await focused(register)).not.toBe('')
    await server.start()
    await allSent(register, 90_000)
  })
})

describe('the keyboard alone, with a lost tablet', () => {
  test('[P5] takes it out of use, and comes back to its register', async () => {
    await office.goto(`${server.url}/registers`)
    await shop().waitFor()
    await tabTo(office, 'More about Window')
    await office.keyboard.press('Enter')
    await office.keyboard.press('End')
    expect(await focused(office)).toBe('Lost or out of use')
    await office.keyboard.press('Enter')
    await office.getByRole('dialog', { name: /out of use\?$/ }).waitFor()
    await staysInDialog(office)
    await tabTo(office, 'Take out of use')
    await office.keyboard.press('Enter')
    await office.getByRole('dialog', { name: 'Taken out of use' }).waitFor()
    await staysInDialog(office)
    await office.keyboard.press('Escape')
    await office.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await focused(office)).toBe('More about Window')
    await register.goto(`${server.url}/till`)
    await register.getByText('This device was taken out of use').waitFor({ timeout: 30_000 })
    await tabTo(register, 'This device')
  })

  test('the control: a page that takes its key away leaves the focus nowhere', async () => {
    await register.evaluate(() => document.activeElement?.remove())
    expect(await focused(register)).toBe('')
  })
})

function shop() {
  return office.locator('section', { has: office.getByRole('heading', { name: 'Harbor Street' }) })
}

async function changePrice(page: Page, name: string, price: string): Promise<void> {
  await page.getByRole('searchbox').fill(name)
  await page.locator('tbody tr', { hasText: name }).first().click()
  const form = page.getByRole('dialog', { name })
  await form.getByRole('textbox', { name: 'Price' }).fill(price)
  await form.getByRole('button', { name: 'Save' }).click()
  await form.waitFor({ state: 'detached' })
}

const mostTabs = 90

/** Presses Tab until what has the focus begins with this text, the n-th time. */
async function tabTo(page: Page, text: string, time = 1): Promise<void> {
  let left = time
  for (let press = 0; press < mostTabs; press += 1) {
    await page.keyboard.press('Tab')
    if ((await focused(page)).startsWith(text)) left -= 1
    if (left === 0) return
  }
  throw new Error(`${mostTabs} presses of Tab never reached “${text}”`)
}

/** The browser's own keys may come between, the page behind must not. */
async function staysInDialog(page: Page): Promise<void> {
  for (let press = 0; press < 12; press += 1) {
    await page.keyboard.press('Tab')
    const isBehind = await page.evaluate(() => {
      const { activeElement: at } = document
      return at !== null && at !== document.body && at.closest('dialog') === null
    })
    expect(isBehind).toBe(false)
  }
}

/** The words of what has the focus; empty where nothing has. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { activeElement: at } = document
    if (at === null || at === document.body) return ''
    return (at.getAttribute('aria-label') ?? at.textContent ?? '').trim()
  })
}
