import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFailed, test, vi } from 'vitest'
import type { AppServer } from './app-server.ts'
import { createProfile, type Profile } from './browser.ts'
import { cashier, enrol, freshCode, startDemoServer } from './way-in.ts'

let server: AppServer
let laptop: Profile
let page: Page

beforeAll(async () => {
  server = await startDemoServer()
  laptop = await createProfile({ width: 1280, height: 800 })
  page = await laptop.open()
  await enrol(page, server.url, await freshCode(server.url))
})

afterAll(async () => {
  await laptop?.remove()
  await server?.remove()
})

beforeEach(() => {
  onTestFailed(() => laptop.picture('keyboard'))
})

// From here on nothing is clicked.
describe('the keyboard alone', () => {
  test('finds the person, enters the PIN and opens the till', async () => {
    await tabTo(cashier.name)
    await page.keyboard.press('Enter')
    await page.locator('.pin-entry').waitFor()
    await page.keyboard.type(cashier.pin, { delay: 60 })
    await page.keyboard.press('Enter')
    await page.getByRole('main', { name: 'Products' }).waitFor()
  })

  test.each([
    ['F9', '/'],
    ['Control+Enter', 'F2'],
  ])(
    'sells: search, Enter, %s, Enter for the exact cash, Enter for the next order',
    async (charge, search) => {
      await page.keyboard.press(search)
      await page.keyboard.type('coffee', { delay: 40 })
      await page.keyboard.press('Enter')
      await answerChoices()
      await page.locator('.order-line').first().waitFor()
      const total = await page.locator('.charge-sum .lit-amount').innerText()

      await page.keyboard.press(charge)
      await page.waitForURL('**/till/pay')
      await page.getByRole('button', { name: /^Take cash/ }).waitFor()
      await page.keyboard.press('Enter')
      const newOrder = page.getByRole('button', { name: /New order/ })
      await newOrder.waitFor()
      expect(await page.locator('.sold-display').innerText()).toContain(total)
      expect(await page.locator('.sold-display .lit-amount').first().innerText()).toBe('$0.00')

      // It takes no press in its first half second.
      await vi.waitUntil(
        async () => {
          await page.keyboard.press('Enter')
          return page.getByRole('main', { name: 'Products' }).isVisible()
        },
        { timeout: 10_000, interval: 100 },
      )
      expect(await page.locator('.order-line').count()).toBe(0)
    },
  )

  test('shows where the focus is, at every stop of the till', async () => {
    await page.reload()
    await page.getByRole('main', { name: 'Products' }).waitFor()
    const stops = new Set<string>()
    const unseen: string[] = []
    for (let presses = 0; presses < 30; presses += 1) {
      await page.keyboard.press('Tab')
      const stop = await focusNow()
      if (stop === null) continue
      stops.add(stop.name)
      if (!stop.isShown) unseen.push(stop.name)
    }
    expect(stops.size).toBeGreaterThan(10)
    expect(unseen).toEqual([])
  })

  test('the control: without its outline a stop counts as unseen', async () => {
    await page.keyboard.press('Tab')
    await page.evaluate(() => {
      const focused = document.activeElement as HTMLElement
      focused.style.outline = 'none'
      focused.style.boxShadow = 'none'
    })
    expect((await focusNow())?.isShown).toBe(false)
  })

  test('a dialog takes the focus, keeps it, and gives it back to the key that opened it', async () => {
    await page.reload()
    await page.getByRole('main', { name: 'Products' }).waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('coffee', { delay: 40 })
    await page.keyboard.press('Enter')
    await answerChoices()
    await page.locator('.order-line').first().waitFor()
    await page.keyboard.press('Escape')
    if ((await page.getByRole('button', { name: 'Discount', exact: true }).count()) === 0) {
      await focusOn('.order-line-face')
      await page.keyboard.press('Enter')
    }
    for (const name of ['Discount', 'Note']) {
      await page.getByRole('button', { name, exact: true }).focus()
      await page.keyboard.press('Enter')
      await page.getByRole('dialog').waitFor()
      for (let presses = 0; presses < 30; presses += 1) {
        await page.keyboard.press('Tab')
        expect(await isFocusBehindDialog()).toBe(false)
      }
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      expect((await focusNow())?.name).toBe(name)
    }
  })

  test('plus, minus and Delete change the line, F4 locks', async () => {
    await page.keyboard.press('+')
    await page.locator('.order-line-count', { hasText: '2' }).waitFor()
    await page.keyboard.press('-')
    await page.locator('.order-line-count', { hasText: '1' }).waitFor()
    await page.keyboard.press('Delete')
    await page.getByText('Nothing in this order yet').waitFor()
    await page.keyboard.press('F4')
    await page.getByText('Who is selling?').waitFor()
  })
})

/** With arrow keys and Enter, the first of each question. */
async function answerChoices(): Promise<void> {
  const dialog = page.getByRole('dialog')
  await vi.waitUntil(
    async () => (await dialog.count()) > 0 || (await page.locator('.order-line').count()) > 0,
    { timeout: 10_000 },
  )
  if ((await dialog.count()) === 0) return
  const add = dialog.locator('.choices-add')
  for (let stops = 0; stops < 40; stops += 1) {
    const focus = await focusNow()
    const isAdd = await add.evaluate((key) => key === document.activeElement)
    const isReady = (await add.innerText()).startsWith('Add')
    if (isAdd && isReady) {
      await page.keyboard.press('Enter')
      return
    }
    if (focus?.isFirstOfUnanswered) await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
  }
  throw new Error('The dialog was not answered')
}

async function tabTo(name: string): Promise<void> {
  for (let presses = 0; presses < 30; presses += 1) {
    if ((await focusNow())?.name.includes(name)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`The Tab key does not lead to ${name}`)
}

async function focusOn(selector: string): Promise<void> {
  await page.locator(selector).first().focus()
}

type Focus = { readonly name: string; readonly isShown: boolean; readonly isFirstOfUnanswered: boolean }

/** What has the focus, and whether one sees it: by an outline or a ring, its own or its field's. Null for the page itself. */
async function focusNow(): Promise<Focus | null> {
  return page.evaluate(() => {
    const focused = document.activeElement
    if (!(focused instanceof HTMLElement) || focused === document.body) return null
    const hasRing = (element: Element): boolean => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element)
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
    }
    const question = focused.closest('fieldset')
    return {
      name:
        focused.getAttribute('aria-label') ??
        (focused.innerText || focused.getAttribute('placeholder') || focused.tagName),
      isShown: [focused, focused.closest('.field')].some((element) => element !== null && hasRing(element)),
      isFirstOfUnanswered: question !== null && question.querySelector('[aria-pressed="true"]') === null,
    }
  })
}

function isFocusBehindDialog(): Promise<boolean> {
  return page.evaluate(() => {
    const focused = document.activeElement
    return focused !== document.body && focused?.closest('dialog') === null
  })
}
