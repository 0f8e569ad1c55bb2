import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFailed, test } from 'vitest'
import type { AppServer } from './app-server.ts'
import { createProfile, type Profile } from './browser.ts'
import { cashier, choosePerson, enrol, enterPin, freshCode, startDemoServer } from './way-in.ts'

const colleague = { name: 'Noor Haddad', pin: '1235' }

let server: AppServer
let tablet: Profile

beforeAll(async () => {
  server = await startDemoServer()
  tablet = await createProfile({ width: 1280, height: 800 })
  await enrol(await tablet.open(), server.url, await freshCode(server.url))
  await server.kill()
  await tablet.close()
})

afterAll(async () => {
  await tablet?.remove()
  await server?.remove()
})

describe('guessing a PIN, with no server', () => {
  test('after three wrong ones even the right one waits; reloading and restarting do not shorten it; others sign in', async () => {
    onTestFailed(() => tablet.picture('pin'))
    let page = await tablet.open()
    await page.goto(`${server.url}/till`)
    await choosePerson(page)

    for (const left of ['2 tries left', '1 try left']) {
      await enterPin(page, '9999')
      await page.getByText(`Wrong PIN. ${left}.`).waitFor()
    }
    await enterPin(page, '9999')
    await page.getByText('Too many wrong PINs. Try again in 30 s.').waitFor()

    // A wait that began anew with each start would be back at thirty seconds.
    await page.getByText('Try again in 25 s.').waitFor()
    await page.reload()
    await choosePerson(page)
    expect(await secondsToWait(page)).toBeLessThanOrEqual(25)
    await tablet.close()
    page = await tablet.open()
    await page.goto(`${server.url}/till`)
    await choosePerson(page)
    expect(await secondsToWait(page)).toBeLessThanOrEqual(25)

    await page.getByRole('button', { name: 'Back to people' }).click()
    await choosePerson(page, colleague.name)
    await enterPin(page, colleague.pin)
    await page.getByRole('main', { name: 'Products' }).waitFor()
  })
})

/** What the right PIN is answered. */
async function secondsToWait(page: Page): Promise<number> {
  await enterPin(page, cashier.pin)
  const message = page.getByText(/^Too many wrong PINs\. Try again in \d+ s\.$/)
  await message.waitFor()
  expect(await page.getByRole('main', { name: 'Products' }).count()).toBe(0)
  return Number(/(\d+) s/.exec(await message.innerText())?.[1])
}
