import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFailed, test } from 'vitest'
import { sharedData, sharedTruth } from '../shared-data.ts'
import type { AppServer } from './app-server.ts'
import { createProfile, type Profile } from './browser.ts'
import { signIn, startNewBusiness } from './way-in.ts'

const fileName = 'square_items-2026-05-22-2026-05-30.csv'
const truth = sharedTruth(fileName) as {
  revenue_minor: number
  tax_minor: number
  first_date: string
  last_date: string
  by_event: { Refund: { net_minor: number } }
}

let server: AppServer
let laptop: Profile
let page: Page

beforeAll(async () => {
  server = await startNewBusiness()
  laptop = await createProfile({ width: 1440, height: 900 })
  page = await laptop.open()
  await signIn(page, server.url)
})

afterAll(async () => {
  await laptop?.remove()
  await server?.remove()
})

describe('a real export of another system', () => {
  test('shows what it would bring, and brings it to the cent', async () => {
    onTestFailed(() => laptop.picture('import'))
    await page.goto(addressOfItsDays())
    await showsSales('$0.00')

    await chooseFile()
    expect(await sumOf()).toBe(dollars(truth.revenue_minor))
    await page.getByRole('button', { name: /^Import \d+ orders$/ }).click()
    await page.getByRole('heading', { name: 'Imported' }).waitFor({ timeout: 60_000 })
    expect(await figure('Orders taken')).toBeGreaterThan(100)
    expect(await figure('Here already')).toBe(0)
    expect(await figure('Rows refused')).toBe(0)

    await page.getByRole('link', { name: 'See the dashboard' }).click()
    await showsSales(dollars(truth.revenue_minor))
    const cells = await page.locator('dl > div').allInnerTexts()
    expect(cells).toContainEqual(expect.stringContaining(dollars(truth.tax_minor)))
    expect(cells).toContainEqual(expect.stringMatching(/Refunds\s+[-−]?\$7\.00/))
    expect(truth.by_event.Refund.net_minor).toBe(-700)
  })

  test('brings nothing when it is imported again', async () => {
    onTestFailed(() => laptop.picture('import-again'))
    await chooseFile()
    await page.getByRole('button', { name: /^Import \d+ orders$/ }).click()
    await page.getByRole('heading', { name: 'Imported' }).waitFor({ timeout: 60_000 })
    expect(await figure('Orders taken')).toBe(0)
    expect(await figure('Here already')).toBeGreaterThan(100)

    expect(await salesOfTheFile()).toBe(dollars(truth.revenue_minor))
  })

  test('is taken back whole', async () => {
    onTestFailed(() => laptop.picture('import-undone'))
    await page.goto(`${server.url}/import`)
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Undo import' }).click()
    await page.getByText('Undone').first().waitFor()

    await page.goto(addressOfItsDays())
    await showsSales('$0.00')
  })

  test('a file that is no table of sales is refused with a reason, and nothing is sent', async () => {
    await page.goto(`${server.url}/import`)
    const mimeType = 'text/csv'
    await page.locator('input[type=file]').setInputFiles({
      name: 'picture.csv',
      mimeType,
      buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]),
    })
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('button', { name: /^Import/ }).count()).toBe(0)
  })
})

async function chooseFile(): Promise<void> {
  await page.goto(`${server.url}/import`)
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: fileName, mimeType: 'text/csv', buffer: sharedData(fileName) })
  await page.getByText('Square, items export').waitFor()
}

function addressOfItsDays(): string {
  return `${server.url}/dashboard?from=${truth.first_date}&to=${truth.last_date}`
}

async function salesOfTheFile(): Promise<string> {
  await page.goto(addressOfItsDays())
  return sumOf()
}

/** The amount on the display, once it stands there. */
async function sumOf(): Promise<string> {
  return page.locator('.display .lit-amount').first().innerText()
}

async function showsSales(amount: string): Promise<void> {
  await page.locator('.display .lit-amount', { hasText: amount }).first().waitFor({ timeout: 20_000 })
}

async function figure(name: string): Promise<number> {
  const cell = page.locator('dl > div', { hasText: name })
  return Number((await cell.locator('dd').innerText()).replace(',', ''))
}

function dollars(minor: number): string {
  return new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' }).format(minor / 100)
}
