import { execFileSync } from 'node:child_process'
import type { Page } from 'playwright-core'
import { inject, vi } from 'vitest'
import { createAppServer, type AppServer } from './app-server.ts'

/** Who signs in at a till. */
export type Person = { readonly name: string; readonly pin: string }

/** The account and two of the people of the demo shop. */
type Owner = { readonly email: string; readonly password: string }

const owner: Owner = { email: 'owner@evertill.example', password: 'harbor-street-demo' }
export const cashier: Person = { name: 'Sam Whitaker', pin: '1234' }
export const manager: Person = { name: 'Tomás Herrera', pin: '4711' }

/** A server with a small demo shop: forty days, three stores. */
export async function startDemoServer(server?: AppServer): Promise<AppServer> {
  const demo = server ?? (await createAppServer())
  // With its owner: PostgreSQL takes no other's files.
  execFileSync('cp', ['-a', inject('demoData'), demo.dataDir])
  await demo.start()
  return demo
}

/** The link that a server without a business prints. */
export async function setUpLink(server: AppServer): Promise<string> {
  const link = /http:\S+\/set-up#\S+/
  await vi.waitUntil(() => link.test(server.output()), { timeout: 10_000 })
  return link.exec(server.output())![0]
}

/** A server with a business of its own that has sold nothing yet; its owner's account is `owner`. */
export async function startNewBusiness(): Promise<AppServer> {
  const server = await createAppServer()
  await server.start()
  const token = (await setUpLink(server)).split('#')[1]
  const made = await dataOf<{ ok: boolean }>(
    await call(server.url, 'setup.create', {
      token,
      ...owner,
      businessName: 'Sunrise',
      ownerName: 'Ada Lindqvist',
      pin: '2580',
      storeName: 'Sunrise',
      timeZone: 'America/New_York',
      currencyCode: 'USD',
      taxMode: 'exclusive',
      taxName: 'Sales tax',
      taxRateBasisPoints: 825,
      locale: 'en-US',
    }),
  )
  if (!made.ok) throw new Error(`The business was not made: ${JSON.stringify(made)}`)
  return server
}

/** Ends on the dashboards, which this browser then belongs to as an office device. */
export async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/sign-in`)
  await page.getByLabel('E-mail').fill(owner.email)
  await page.getByLabel('Password', { exact: true }).fill(owner.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/dashboard*')
}

/** From the screen of the registers, as an owner gets it. */
export async function codeOfRegister(page: Page, url: string, store: string, name: string): Promise<string> {
  await page.goto(`${url}/registers`)
  const shop = page.locator('section', { has: page.getByRole('heading', { name: store }) })
  await shop.getByRole('button', { name: `Add device: ${name}` }).click()
  const code = await shownCode(page)
  await page.getByRole('button', { name: 'Close' }).last().click()
  return code
}

/** The code that the open dialog shows. */
export async function shownCode(page: Page): Promise<string> {
  return (await page.getByRole('dialog').locator('p[aria-label]').textContent()) ?? ''
}

/** By the owner's account and without a screen, for tests that are about what comes after. */
export async function freshCode(url: string, store = 'Harbor Street', name = 'Register 1'): Promise<string> {
  const signedIn = await call(url, 'session.signIn', owner)
  const cookie = signedIn.headers
    .getSetCookie()
    .map((text) => text.split(';')[0]!)
    .join('; ')
  const listed = await dataOf<{ registerId: string; storeName: string; name: string }[]>(
    await fetch(`${url}/trpc/register.list`, { headers: { cookie } }),
  )
  const register = listed.find((one) => one.storeName === store && one.name === name)
  if (!register) throw new Error(`The demo has no ${name} at ${store}`)
  const made = await dataOf<{ value: { code: string } }>(
    await call(url, 'enrolment.createCode', { registerId: register.registerId }, cookie),
  )
  return made.value.code
}

function call(url: string, procedure: string, input: unknown, cookie = ''): Promise<Response> {
  return fetch(`${url}/trpc/${procedure}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify(input),
  })
}

async function dataOf<T>(response: Response): Promise<T> {
  const body = (await response.json()) as { result: { data: T } }
  return body.result.data
}

/** Ends where people sign in by PIN, with the whole shell kept on the device. */
export async function enrol(page: Page, url: string, code: string): Promise<void> {
  await page.goto(url)
  await page.getByLabel('Code').fill(code)
  await page.getByRole('button', { name: 'Set up' }).click()
  await page.getByRole('button', { name: 'Set up this device' }).click()
  await page.getByText('Open the till').click()
  await page.getByText('Who is selling?').waitFor()
  await shellIsKept(page)
}

/** From here on the server may die. */
export async function shellIsKept(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, { timeout: 30_000 })
}

/** Also at night, when the demo's stores have sold nothing yet: there is no chart then. */
export async function dashboardIsShown(page: Page): Promise<void> {
  await page.getByText('Average order').first().waitFor()
}

export async function choosePerson(page: Page, name = cashier.name): Promise<void> {
  await page.getByRole('button', { name: new RegExp(name) }).click()
  await page.locator('.pin-entry').waitFor()
}

export async function enterPin(page: Page, pin: string): Promise<void> {
  await page.keyboard.type(pin, { delay: 60 })
  await page.keyboard.press('Enter')
}

export async function unlock(page: Page, { name, pin } = cashier): Promise<void> {
  await choosePerson(page, name)
  await enterPin(page, pin)
  await page.getByRole('main', { name: 'Products' }).waitFor()
}

/** A new browser becomes Register 1 of Harbor Street, and the cashier signs in. */
export async function openTill(page: Page, url: string): Promise<void> {
  await enrol(page, url, await freshCode(url))
  await unlock(page)
}
