import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFailed, test } from 'vitest'
import { createAppServer, type AppServer } from './app-server.ts'
import { createProfile, type Profile } from './browser.ts'
import { choosePerson, enrol, enterPin, setUpLink, shownCode } from './way-in.ts'

const answers = [
  ['Business name', 'Lindqvist Bakery'],
  ['First store', 'Quay Street'],
  ['Time zone', 'America/New_York'],
  ['Your name', 'Ada Lindqvist'],
  ['E-mail', 'ada@lindqvist.example'],
  ['Password', 'rye and butter daily'],
  ['PIN', '4812'],
  ['Name on receipts', 'Sales tax'],
  ['Rate', '8.25'],
] as const

let server: AppServer
let laptop: Profile
let tablet: Profile
let link: string

beforeAll(async () => {
  server = await createAppServer()
  await server.start()
  link = await setUpLink(server)
  laptop = await createProfile({ width: 1440, height: 900 })
  tablet = await createProfile({ width: 1280, height: 800 })
})

afterAll(async () => {
  await tablet?.remove()
  await laptop?.remove()
  await server?.remove()
})

describe('from an empty server to a till', () => {
  test('a new browser is told where to begin, and a link without its word is refused', async () => {
    const page = await tablet.open()
    await page.goto(server.url)
    await page.getByText('This Evertill has no business yet').waitFor()
    await page.goto(`${server.url}/set-up`)
    await page.getByText('This link is not complete').waitFor()

    await page.goto(`${server.url}/set-up#${'x'.repeat(43)}`)
    await fillIn(page)
    await page.getByRole('button', { name: 'Create the business' }).click()
    await page.getByRole('alert').first().waitFor()
    expect(await isSetUp()).toBe(false)
  })

  test('the link makes the business, the first device joins by its code, and the till says how products come', async () => {
    onTestFailed(async () => {
      await laptop.picture('set-up-laptop')
      await tablet.picture('set-up-tablet')
    })
    const office = await laptop.open()
    await office.goto(link)
    await fillIn(office)
    await office.getByText('Everything is filled in.').waitFor()
    await office.getByRole('button', { name: 'Create the business' }).click()
    await office.waitForURL('**/registers')
    await office.getByText('Next: add your first device').waitFor()

    const next = office.getByRole('region', { name: 'Next' })
    await next.getByRole('button', { name: 'Add device' }).click()
    const code = await shownCode(office)
    await tablet.close()
    const till = await tablet.open()
    await enrol(till, server.url, code)
    await office.getByText('Register 1 has its device').waitFor()
    await office.getByRole('button', { name: 'Done' }).click()
    expect(await next.count()).toBe(0)

    await choosePerson(till, 'Ada Lindqvist')
    await enterPin(till, '4812')
    await till.getByText('No products yet').waitFor()
    expect(await till.getByText(/back office or bring them from a file/).count()).toBe(1)
    expect(await till.getByRole('heading', { level: 1 }).innerText()).toMatch(/Quay Street\s+Register 1/)
    await tablet.close()
  })

  test('the link works once, and a restarted server prints no other', async () => {
    const page = await tablet.open()
    await page.goto(link)
    await page.getByText('This Evertill is set up already').waitFor()
    expect(await page.getByRole('button', { name: 'Create the business' }).count()).toBe(0)

    await server.stop()
    await server.start()
    expect(await isSetUp()).toBe(true)
    expect(server.output()).not.toContain('/set-up')
  })
})

async function fillIn(page: Page): Promise<void> {
  for (const [label, text] of answers) await page.getByLabel(label, { exact: true }).fill(text)
}

async function isSetUp(): Promise<boolean> {
  const response = await fetch(`${server.url}/trpc/setup.state`)
  const { result } = (await response.json()) as { result: { data: { isSetUp: boolean } } }
  return result.data.isSetUp
}
