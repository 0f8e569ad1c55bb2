import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AppServer } from './app-server.ts'
import { createProfile, type Profile } from './browser.ts'
import { longestTask, mostTaskMs } from './main-thread.ts'
import { plantProducts } from './planted-records.ts'
import { shellIsKept, signIn, startDemoServer } from './way-in.ts'

const planted = 50_000

let server: AppServer
let laptop: Profile
let page: Page

beforeAll(async () => {
  server = await startDemoServer()
  laptop = await createProfile({ width: 1440, height: 900 })
  page = await laptop.open()
  await signIn(page, server.url)
  await page.getByText('Average order').first().waitFor()
  await shellIsKept(page)
  // The first load has brought what the planted ones are made from.
  await page.goto(`${server.url}/catalogue`)
  await page.getByRole('table', { name: 'Products' }).waitFor()
  await laptop.context().setOffline(true)
  await plantProducts(page, planted)
})

afterAll(async () => {
  await laptop?.remove()
  await server?.remove()
})

test('a catalog of 50,000 products opens, scrolls, is searched and sorted without a long task of the main thread', async () => {
  await page.goto(`${server.url}/settings`)
  await page.getByRole('link', { name: 'Catalog' }).waitFor()
  expect(
    await longestTask(page, async () => {
      await page.getByRole('link', { name: 'Catalog' }).click()
      await rows().nth(20).waitFor()
    }),
  ).toBeLessThan(mostTaskMs)
  await page.getByText(/^50,\d\d\d products$/).waitFor()
  expect(
    await longestTask(page, async () => {
      await page.locator('.table-wrap').evaluate(async (list) => {
        for (let step = 0; step < 60; step += 1) {
          list.scrollTop += step % 20 === 0 ? 40_000 : 150
          await new Promise(requestAnimationFrame)
        }
      })
      await page.getByRole('searchbox').pressSequentially('zz planted 4711', { delay: 40 })
      await page.getByText('11 products', { exact: true }).waitFor()
    }),
  ).toBeLessThan(mostTaskMs)
  await page.getByRole('searchbox').fill('')
  await page.getByText(/^50,\d\d\d products$/).waitFor()
  const byName = page.getByRole('button', { name: 'Name', exact: true })
  expect(
    await longestTask(page, async () => {
      await byName.click()
      await page.locator('tr[aria-rowindex="2"]', { hasText: 'Zz planted 49999' }).waitFor()
    }),
  ).toBeLessThan(mostTaskMs)
  await byName.click()
})

test('the control: a task that blocks the main thread is seen', async () => {
  const blocked = await longestTask(page, () =>
    page.evaluate(() => {
      const until = performance.now() + 4 * 50
      while (performance.now() < until);
    }),
  )
  expect(blocked).toBeGreaterThan(mostTaskMs)
})

test('the scroll bar and the spoken numbers are those of the whole list', async () => {
  await page.getByText(/^50,\d\d\d products$/).waitFor()
  const table = page.getByRole('table', { name: 'Products' })
  const total = Number(await table.getAttribute('aria-rowcount')) - 1
  expect(total).toBeGreaterThan(planted)
  const { height, drawn } = await page.locator('.table-wrap').evaluate((list) => ({
    height: list.scrollHeight,
    drawn: list.querySelectorAll('tbody tr[aria-rowindex]').length,
  }))
  expect(height).toBeGreaterThan(total * 36)
  expect(height).toBeLessThan(total * 36 + 100)
  expect(drawn).toBeLessThan(80)
})

test('the keyboard enters the list with one Tab, goes to its end and back, and opens a product', async () => {
  await page.getByRole('button', { name: 'At the till', exact: true }).focus()
  await page.keyboard.press('Tab')
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-rowindex'))
  expect(await focused()).toBe('2')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('PageDown')
  expect(Number(await focused())).toBeGreaterThan(10)
  const total = await page.getByRole('table', { name: 'Products' }).getAttribute('aria-rowcount')
  await page.keyboard.press('End')
  await page.locator(`tr[aria-rowindex="${total}"]:focus`, { hasText: 'Zz planted 49999' }).waitFor()
  await page.keyboard.press('ArrowUp')
  await page.locator(':focus', { hasText: 'Zz planted 49998' }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Zz planted 49998' }).getByLabel('Name').waitFor()
  await page.keyboard.press('Escape')
  await page.locator(':focus', { hasText: 'Zz planted 49998' }).waitFor()
  await page.keyboard.press('Home')
  await page.locator('tr[aria-rowindex="2"]:focus').waitFor()
})

test('another order is one of the whole list, shown from its first row on', async () => {
  await page.keyboard.press('End')
  await page.getByRole('button', { name: 'Name', exact: true }).click()
  await page.locator('tr[aria-rowindex="2"]', { hasText: 'Zz planted 49999' }).waitFor()
  expect(await page.locator('.table-wrap').evaluate((list) => list.scrollTop)).toBe(0)
})

function rows() {
  return page.locator('tbody tr[aria-rowindex]:not([aria-busy])')
}
