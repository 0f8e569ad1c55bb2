import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAppServer, type AppServer } from './app-server.ts'
import { createProfile, type Profile } from './browser.ts'

/** A name that is not this machine's to the browser: as when a tablet opens the server's address in the shop's network. */
const lanName = 'till.shop.example'

let server: AppServer
let tablet: Profile
let page: Page
let lanUrl: string

beforeAll(async () => {
  server = await createAppServer()
  await server.start()
  tablet = await createProfile({
    width: 1280,
    height: 800,
    args: [`--host-resolver-rules=MAP ${lanName} 127.0.0.1`],
  })
  lanUrl = `http://${lanName}:${new URL(server.url).port}`
  page = await tablet.open()
})

afterAll(async () => {
  await tablet?.remove()
  await server?.remove()
})

const warning = (): ReturnType<Page['getByText']> => page.getByText('This address is not secure')

describe('plain http over the network of the shop, where a browser gives neither keys nor offline pages', () => {
  test.each([
    '/',
    '/welcome',
    '/sign-in',
    '/set-up#token',
    '/enrol#ABCDEFGH',
    '/till',
    '/dashboard',
    '/nowhere',
  ])('%s says so in words, offers nothing that could not work, and says what to do', async (path) => {
    await page.goto('about:blank')
    await page.goto(lanUrl + path)
    await warning().waitFor()

    expect(await page.evaluate(() => isSecureContext)).toBe(false)
    expect(await page.getByText('Open Evertill at its https address.').count()).toBe(1)
    expect(await page.getByRole('textbox').count()).toBe(0)
  })

  test('the control: at an address of this machine the same server begins its set-up', async () => {
    await page.goto(server.url)
    await page.getByText('This Evertill has no business yet').waitFor()
    expect(await warning().count()).toBe(0)
  })
})
