import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { AppServer } from './app-server.ts'
import { axeSizes as sizes, axeViolations } from './axe-violations.ts'
import { createProfile, type Profile } from './browser.ts'
import { addProduct, startNewOrder, takeCash, tiles } from './selling.ts'
import { cashier, choosePerson, enrol, enterPin, freshCode, signIn, startDemoServer } from './way-in.ts'

const owner = { name: 'Marguerite Okonkwo-Lindqvist', pin: '2580' }

let server: AppServer
let tablet: Profile
let page: Page

beforeAll(async () => {
  server = await startDemoServer()
  tablet = await createProfile(sizes[0])
  page = await tablet.open()
})

afterAll(async () => {
  await tablet?.remove()
  await server?.remove()
})

afterEach(() => page.setViewportSize(sizes[0]))

const violations = (options?: { sizes: readonly [(typeof sizes)[number]] }) => axeViolations(page, options)

describe('on a new device', () => {
  test.each(['/welcome', '/sign-in', '/enrol', '/set-up#token', '/no-such-place'])('%s', async (path) => {
    await open(path)
    expect(await violations()).toEqual([])
  })

  test('the control: a name, a contrast and a language that are missing are found', async () => {
    await open('/sign-in')
    await page.evaluate(() => {
      document.documentElement.lang = ''
      document.querySelector('label')!.remove()
      document.querySelector<HTMLElement>('h1')!.style.color = '#ccd5d5'
    })
    const found = (await violations()).join('\n')
    for (const rule of ['color-contrast', 'html-has-lang', 'label']) expect(found).toContain(rule)
  })
})

describe('at the till', () => {
  test('the people and the PIN', async () => {
    await enrol(page, server.url, await freshCode(server.url))
    expect(await violations()).toEqual([])
    await choosePerson(page)
    await page.keyboard.type('12', { delay: 60 })
    expect(await violations()).toEqual([])
    await page.keyboard.type(cashier.pin.slice(2), { delay: 60 })
    await page.keyboard.press('Enter')
    await page.getByRole('main', { name: 'Products' }).waitFor()
  })

  test('products, an empty order, a search that finds nothing', async () => {
    expect(await violations()).toEqual([])
    await page.getByLabel('Search or scan').fill('zzzz')
    await page.getByText('Nothing is called').waitFor()
    expect(await violations()).toEqual([])
    await page.getByLabel('Search or scan').fill('')
  })

  test('the choices of a product', async () => {
    const asks = await productThatAsks()
    expect(await violations()).toEqual([])
    await asks.getByRole('button', { name: 'Cancel' }).click()
  })

  test('an order with a chosen line', async () => {
    await addProduct(page, 0)
    await addProduct(page, 1)
    await chooseLine()
    expect(await violations()).toEqual([])
  })

  test('the options of a line, which were left out when it was added', async () => {
    await chooseLine()
    const line = page.locator('.order-line.selected')
    const before = await line.locator('.order-line-face').innerText()
    await line.getByRole('button', { name: 'Options' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    expect(await violations()).toEqual([])
    await dialog.locator('fieldset').last().getByRole('button').first().click()
    await dialog.getByRole('button', { name: /^Change/ }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(await line.locator('.order-line-face').innerText()).not.toBe(before)
  })

  test.each(['Discount', 'Note'])('the dialog %s of a line', async (name) => {
    await chooseLine()
    await page.getByRole('button', { name, exact: true }).click()
    await page.getByRole('dialog').waitFor()
    expect(await violations()).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  test('the menu of the order, and its open item', async () => {
    await page.getByRole('button', { name: 'More for this order' }).click()
    await page.getByRole('menuitem').first().waitFor()
    expect(await violations({ sizes: [sizes[0]] })).toEqual([])
    await page.getByRole('menuitem', { name: 'Open item' }).click()
    await page.getByRole('dialog').waitFor()
    expect(await violations()).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  test('parked orders', async () => {
    await page.getByRole('button', { name: 'Park', exact: true }).click()
    await page.getByRole('button', { name: /^Parked/ }).click()
    await page.getByRole('dialog').locator('.parked-key').first().waitFor()
    expect(await violations()).toEqual([])
    await page.getByRole('dialog').locator('.parked-key').first().click()
    await page.locator('.order-line').first().waitFor()
  })

  test('the list of keys', async () => {
    await page.locator('.order-head h2').click()
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
    expect(await violations()).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  test('paying in cash and by card, the receipt, the orders', async () => {
    await page.getByRole('button', { name: 'Charge' }).click()
    await page.getByRole('group', { name: 'Handed over' }).waitFor()
    expect(await violations()).toEqual([])
    await page.getByRole('button', { name: 'Card', exact: true }).click()
    expect(await violations()).toEqual([])
    await page.getByRole('button', { name: 'Cash', exact: true }).click()
    await page.getByRole('button', { name: /^Take cash/ }).click()
    await page.locator('.receipt-paper').waitFor()
    expect(await violations()).toEqual([])
    await startNewOrder(page)
    await open('/till/orders')
    expect(await violations()).toEqual([])
    await page.locator('.order-row').first().click()
    await page.locator('.receipt-paper').waitFor()
    expect(await violations()).toEqual([])
  })
})

describe('about this device', () => {
  test('what it holds, a practice outage here and at the till, its codes, and no camera', async () => {
    await open('/sync')
    expect(await violations()).toEqual([])
    await page.getByRole('button', { name: 'Start a practice outage' }).click()
    await page.getByRole('complementary', { name: 'Practice outage' }).waitFor()
    expect(await violations()).toEqual([])
    await open('/till')
    await page.getByRole('complementary', { name: 'Practice outage' }).waitFor()
    await addProduct(page, 0)
    expect(await violations()).toEqual([])
    await takeCash(page)
    await page.locator('.till-status').click()
    await page.getByRole('button', { name: 'Show as codes' }).click()
    await page.getByRole('button', { name: 'Next code' }).waitFor()
    expect(await violations()).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Scan codes' }).click()
    await page.getByText('No camera can be used here').waitFor()
    expect(await violations()).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'End', exact: true }).click()
    await page.getByRole('heading', { name: 'Practice an outage' }).waitFor()
    await page.getByRole('region', { name: 'Last practice' }).waitFor({ timeout: 70_000 })
    expect(await violations()).toEqual([])
  })
})

describe('in the office', () => {
  test('signed out, the registers and the import say what they need', async () => {
    await open('/registers')
    expect(await violations()).toEqual([])
    await open('/import')
    expect(await violations()).toEqual([])
  })

  test.each([
    '/dashboard?period=last-30-days',
    '/dashboard?from=2020-01-01&to=2020-01-02',
    '/registers',
    '/import',
    '/settings',
    '/catalogue',
    '/catalogue?tab=categories',
    '/catalogue?tab=options',
    '/catalogue?tab=taxes',
    '/people',
    '/people?tab=customers',
  ])('%s', async (path) => {
    if (path.startsWith('/dashboard?period')) await signIn(page, server.url)
    await open(path)
    expect(await violations()).toEqual([])
  })

  test('the code for a new device', async () => {
    await open('/registers')
    await page
      .getByRole('button', { name: /^(Add|New) device/ })
      .first()
      .click()
    await page.getByRole('dialog').locator('p[aria-label]').waitFor()
    expect(await violations()).toEqual([])
  })
})

describe('the forms of the office, as the owner', () => {
  beforeEach(signInAtTheTill)

  test.each(['', '?tab=categories', '?tab=options', '?tab=taxes'])('a form of /catalogue%s', async (tab) => {
    await open(`/catalogue${tab}`)
    const first = page.locator('tbody tr, main li > button').first()
    await first.click()
    await page.getByRole('dialog').getByLabel('Name').first().waitFor()
    expect(await violations()).toEqual([])
  })

  test.each(['/people', '/people?tab=customers', '/settings'])('a form of %s', async (path) => {
    await open(path)
    await page.locator('tbody tr').first().click()
    await page.getByRole('dialog').getByLabel('Name').waitFor()
    expect(await violations()).toEqual([])
  })

  test('the business, and a new person with a PIN that is too short', async () => {
    await open('/settings')
    await page.getByRole('button', { name: 'Edit' }).click()
    await page.getByRole('dialog').getByLabel('Name').waitFor()
    expect(await violations()).toEqual([])
    await open('/people?item=new')
    await page.getByRole('checkbox', { name: 'Harbor Street' }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Choose a store, or all of them.').waitFor()
    await page.getByRole('button', { name: 'Set a PIN' }).click()
    await page.keyboard.type('12')
    await page.keyboard.press('Enter')
    await page.getByText('Use 4 to 8 digits.').waitFor()
    expect(await violations()).toEqual([])
  })

  test('a new product with nothing filled in', async () => {
    await open('/catalogue?item=new')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Write a price.').waitFor()
    expect(await violations()).toEqual([])
  })
})

async function open(path: string): Promise<void> {
  await page.goto('about:blank')
  await page.goto(server.url + path)
  await page.getByRole('main').first().waitFor()
  await vi.waitUntil(async () => (await page.getByRole('status', { name: 'Loading' }).count()) === 0)
}

/** Whoever sold so far may only look. */
async function signInAtTheTill(): Promise<void> {
  const products = page.getByRole('main', { name: 'Products' })
  await open('/till')
  await products.or(page.getByText('Who is selling?')).waitFor()
  if (await products.isVisible()) await page.keyboard.press('F4')
  await choosePerson(page, owner.name)
  await enterPin(page, owner.pin)
  await products.waitFor()
}

async function chooseLine(): Promise<void> {
  const line = page.locator('.order-line').first()
  if ((await line.locator('.order-line-keys').count()) === 0) await line.locator('.order-line-face').click()
  await line.locator('.order-line-keys').waitFor()
}

/** Presses tiles from the first on until one asks for a choice. */
async function productThatAsks(): Promise<Locator> {
  const dialog = page.getByRole('dialog')
  await tiles(page).first().waitFor()
  const count = await tiles(page).count()
  for (let index = 0; index < count; index += 1) {
    const before = await page.locator('.charge-sum').innerText()
    await tiles(page).nth(index).click()
    await vi.waitUntil(
      async () => (await dialog.count()) > 0 || (await page.locator('.charge-sum').innerText()) !== before,
    )
    if ((await dialog.count()) > 0) return dialog
  }
  throw new Error('No product of the demo asks for a choice')
}
