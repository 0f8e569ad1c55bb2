import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { AppServer } from './app-server.ts'
import { axeSizes, axeViolations } from './axe-violations.ts'
import type { Profile } from './browser.ts'
import { plantInbox, plantedConflicts, plantedTasks } from './planted-inbox.ts'
import { openRegisterAndOffice, picturesIfFailed } from './register-and-office.ts'
import { addProduct, takeCash } from './selling.ts'
import { manager } from './way-in.ts'

let server: AppServer
let tablet: Profile
let laptop: Profile
let register: Page
let office: Page

beforeAll(async () => {
  const [size] = axeSizes
  ;({ server, tablet, laptop, register, office } = await openRegisterAndOffice({
    ...{ seller: manager, tabletSize: size, laptopSize: size },
  }))
})

afterAll(async () => {
  await tablet?.remove()
  await laptop?.remove()
  await server?.remove()
})

beforeEach(() => picturesIfFailed({ tablet, laptop }, 'accessibility-sync'))

describe('the owner’s proof', () => {
  test('no journal yet, then journals that are whole, and signed out', async () => {
    await office.goto(`${server.url}/registers/journals`)
    await office.getByText('No device has written anything yet').waitFor()
    await cleanAndInside(office)
    await addProduct(register, 0)
    await takeCash(register)
    await register.getByText('All sent').first().waitFor()
    await office.getByRole('button', { name: 'Check again' }).click()
    await office.getByText('Every journal is complete and unchanged.').waitFor()
    await cleanAndInside(office)
    await register.goto(`${server.url}/registers/journals`)
    await register.getByText('Journals are checked with an account').waitFor()
    await cleanAndInside(register)
  })

  test('a receipt’s page: none, and a code that is not complete', async () => {
    const page = await laptop.context().newPage()
    await page.goto(`${server.url}/check`)
    await page.getByRole('heading', { name: 'No receipt to check' }).waitFor()
    await cleanAndInside(page)
    await page.goto('about:blank')
    await page.goto(`${server.url}/check#1.0123`)
    await page.getByRole('heading', { name: 'This code is not complete' }).waitFor()
    await cleanAndInside(page)
    await page.close()
  })
})

describe('the dialogs of a register', () => {
  test.each(['Rename', 'Move to another store', 'Lost or out of use'])('%s', async (name) => {
    await office.goto(`${server.url}/registers`)
    await openMenu()
    await office.getByRole('menuitem', { name }).click()
    await office.getByRole('dialog').waitFor()
    await cleanAndInside(office)
    await office.keyboard.press('Escape')
  })
})

describe('a register without a network', () => {
  test('what is only here, a copy that was saved, and a file that is none', async () => {
    await tablet.context().setOffline(true)
    await register.goto(`${server.url}/till`)
    await register.getByRole('main', { name: 'Products' }).waitFor()
    await addProduct(register, 1)
    await takeCash(register)
    await register.goto(`${server.url}/sync`)
    await register.getByText('1 only here').first().waitFor()
    await register.getByRole('button', { name: 'Save as a file' }).click()
    await register.getByText(/has \d+ entries/).waitFor()
    const file = { name: 'journal.json', mimeType: 'application/json', buffer: Buffer.from('{}') }
    await register.locator('input[type=file]').setInputFiles(file)
    await register.getByText('This is not a journal.').waitFor()
    await cleanAndInside(register)
  })

  test('forgetting it is refused, or asked about', async () => {
    await register.goto(`${server.url}/settings`)
    await register.getByRole('button', { name: /^Forget this device/ }).click()
    await register.getByText('1 only here and in the copy that was saved.').waitFor()
    await cleanAndInside(register)
    await register.keyboard.press('Escape')
    await register.goto(`${server.url}/till`)
    await addProduct(register, 0)
    await takeCash(register)
    await register.goto(`${server.url}/settings`)
    await register
      .getByText(/or save a copy first\.$/)
      .last()
      .waitFor()
    await cleanAndInside(register)
  })

  test('the registers and the journals say that they need one', async () => {
    for (const path of ['/registers', '/registers/journals']) {
      await register.goto(server.url + path)
      await register.getByText('No connection right now').waitFor()
      await cleanAndInside(register)
    }
  })
})

describe('the inbox', () => {
  test('empty', async () => {
    await register.goto(`${server.url}/inbox`)
    await register.getByText('Nothing to decide').waitFor()
    await cleanAndInside(register)
  })

  test('every kind of conflict and of task, also with a long address', async () => {
    await plantInbox(register)
    await register.goto(`${server.url}/inbox`)
    for (const id of [...plantedConflicts, ...plantedTasks]) {
      const link = `a[href*="${id}"]`
      await register.locator(link).click()
      await register.locator(`${link}[aria-current]`).waitFor()
      await insideTheScreen(register)
      if (id === plantedConflicts[0] || id === plantedConflicts[1] || id === plantedTasks[0])
        await cleanAndInside(register)
    }
  })

  test('what was decided stays to be seen, and a second press decides nothing else', async () => {
    await register.goto(`${server.url}/inbox`)
    const item = register.getByRole('article')
    const toDecide = register.getByRole('region', { name: 'To decide' }).getByRole('listitem')
    // One was settled before, and one is now.
    const left = plantedConflicts.length + plantedTasks.length - 2
    const first = await item.getByRole('heading', { level: 2 }).innerText()
    await register.getByRole('button', { name: 'Use $4.50' }).dblclick()
    await item.getByText(/^Decided by/).waitFor()
    expect(await item.getByRole('heading', { level: 2 }).innerText()).toBe(first)
    expect(await toDecide.count()).toBe(left)
    await cleanAndInside(register)
    expect(await toDecide.count()).toBe(left)
  })
})

describe('a device that was taken out of use', () => {
  test('at the office, at its till, and on its own page', async () => {
    await office.goto(`${server.url}/registers`)
    await openMenu()
    await office.getByRole('menuitem', { name: 'Lost or out of use' }).click()
    await office.getByRole('button', { name: 'Take out of use' }).click()
    await office.getByRole('dialog', { name: 'Taken out of use' }).waitFor()
    await cleanAndInside(office)
    await tablet.context().setOffline(false)
    await register.goto(`${server.url}/till`)
    await register.getByText('This device was taken out of use').waitFor({ timeout: 30_000 })
    await cleanAndInside(register)
    await register.goto(`${server.url}/sync`)
    await register.getByText('It sells nothing more.').waitFor()
    await cleanAndInside(register)
  })

  test('the control: what is wider than the screen, and too pale, is found', async () => {
    await register.evaluate(() => {
      const heading = document.querySelector('h1')!
      heading.style.minInlineSize = '3000px'
      heading.style.color = '#ccd5d5'
    })
    await expect(insideTheScreen(register)).rejects.toThrow()
    expect((await axeViolations(register)).join()).toContain('color-contrast')
  })
})

async function openMenu(): Promise<void> {
  const shop = office.locator('section', { has: office.getByRole('heading', { name: 'Harbor Street' }) })
  await shop.getByRole('button', { name: 'More about Register 1' }).click()
}

async function cleanAndInside(page: Page): Promise<void> {
  expect(await axeViolations(page)).toEqual([])
  await insideTheScreen(page)
}

/** Nothing goes past the side of a phone or of a tablet. */
async function insideTheScreen(page: Page): Promise<void> {
  for (const size of axeSizes.toReversed()) {
    await page.setViewportSize(size)
    // What is laid out by script follows a moment later.
    await expect
      .poll(() => page.evaluate(() => document.scrollingElement!.scrollWidth - innerWidth))
      .toBeLessThanOrEqual(0)
  }
}
