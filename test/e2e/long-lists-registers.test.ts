import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AppServer } from './app-server.ts'
import { createProfile, type Profile } from './browser.ts'
import { longestTask, mostTaskMs } from './main-thread.ts'
import { plantRegisters } from './planted-records.ts'
import { signIn, startDemoServer } from './way-in.ts'

const planted = 1_000

let server: AppServer
let laptop: Profile
let page: Page

beforeAll(async () => {
  server = await startDemoServer()
  await plantRegisters(server, planted)
  laptop = await createProfile({ width: 1440, height: 900 })
  page = await laptop.open()
  await signIn(page, server.url)
  await page.goto(`${server.url}/settings`)
  await page.getByRole('link', { name: 'Registers' }).waitFor()
})

afterAll(async () => {
  await laptop?.remove()
  await server?.remove()
})

test('1,000 registers open and scroll without a long task of the main thread, and only those in sight are drawn', async () => {
  expect(
    await longestTask(page, async () => {
      await page.getByRole('link', { name: 'Registers' }).first().click()
      await row(/^Planted \d+$/).waitFor()
    }),
  ).toBeLessThan(mostTaskMs)
  expect(await longestTask(page, scrollPage)).toBeLessThan(mostTaskMs)
  expect(await page.getByRole('button', { name: /^New device: Planted/ }).count()).toBeLessThan(100)
  await toTheEnd()
  await row('Planted 999').waitFor()
})

test('the control: all of them drawn at once are seen', async () => {
  const drawnMs = await longestTask(page, () =>
    page.evaluate(async (count) => {
      const first = document.querySelector('main ul > li')!
      const copies = Array.from({ length: count }, () => first.cloneNode(true))
      first.parentElement!.append(...copies)
      await new Promise(requestAnimationFrame)
      await new Promise(requestAnimationFrame)
    }, planted),
  )
  expect(drawnMs).toBeGreaterThan(mostTaskMs)
  await page.reload()
})

test('what has the focus stays drawn while the page scrolls away', async () => {
  await row(/^Planted \d+$/).waitFor()
  const key = page.getByRole('button', { name: /^New device: Planted/ }).first()
  const name = await key.getAttribute('aria-label')
  await key.focus()
  await toTheEnd()
  await row('Planted 999').waitFor()
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(name)
})

test('1,000 journals open and scroll without a long task of the main thread', async () => {
  await page.evaluate(() => scrollTo(0, 0))
  expect(
    await longestTask(page, async () => {
      await page.getByRole('link', { name: 'Journals' }).click()
      await page
        .getByRole('heading', { name: /^Planted \d+,/ })
        .first()
        .waitFor()
    }),
  ).toBeLessThan(mostTaskMs)
  expect(await longestTask(page, scrollPage)).toBeLessThan(mostTaskMs)
  expect(await page.getByRole('heading', { name: /^Planted \d+,/ }).count()).toBeLessThan(60)
})

function row(name: string | RegExp) {
  return page.getByText(name, typeof name === 'string' ? { exact: true } : undefined).first()
}

function scrollPage(): Promise<void> {
  return page.evaluate(async () => {
    for (let step = 0; step < 40; step += 1) {
      scrollBy(0, step % 10 === 0 ? 5_000 : 150)
      await new Promise(requestAnimationFrame)
    }
  })
}

/** What is drawn on the way may be higher than it was thought to be. */
async function toTheEnd(): Promise<void> {
  for (let tries = 0; tries < 10; tries += 1) {
    await page.evaluate(async () => {
      scrollTo(0, document.documentElement.scrollHeight)
      for (let frame = 0; frame < 4; frame += 1) await new Promise(requestAnimationFrame)
    })
  }
}
