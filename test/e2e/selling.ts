import type { Locator, Page } from 'playwright-core'
import { vi } from 'vitest'

export const tiles = (page: Page): Locator => page.getByRole('main', { name: 'Products' }).getByRole('button')

/** Puts a product into the order; where it asks for a choice, the first of each. */
export async function addProduct(page: Page, index: number): Promise<void> {
  const before = await orderText(page)
  await tiles(page).nth(index).click()
  const dialog = page.getByRole('dialog')
  await vi.waitUntil(async () => (await dialog.count()) > 0 || (await orderText(page)) !== before, {
    timeout: 10_000,
  })
  if ((await dialog.count()) === 0) return
  await answerChoices(dialog)
  await dialog.locator('.choices-add').click()
  await dialog.waitFor({ state: 'detached' })
}

/** Of what was sold or changed on the device, nothing is only there any more. */
export async function allSent(page: Page, timeout = 60_000): Promise<void> {
  await page.getByText('All sent').first().waitFor({ timeout })
}

/** How much is in the order and what it costs. */
function orderText(page: Page): Promise<string> {
  return page.locator('.charge-sum').innerText()
}

async function answerChoices(dialog: Locator): Promise<void> {
  const addKey = dialog.locator('.choices-add')
  for (let questions = 0; questions < 5; questions += 1) {
    const asked = /^Choose (.+?)[$\d]/.exec((await addKey.textContent()) ?? '')?.[1]
    if (!asked) return
    await dialog
      .locator('fieldset', { hasText: new RegExp(`^${asked}`, 'i') })
      .getByRole('button')
      .first()
      .click()
  }
}

/** Charges, takes more cash than is due and starts the next order. */
export async function takeCash(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Charge' }).click()
  await page.getByRole('group', { name: 'Handed over' }).getByRole('button').nth(2).click()
  await page.getByRole('button', { name: /^Take cash/ }).click()
  await startNewOrder(page)
}

/** The key takes no press in its first half second, so that a double tap can't wipe the change away: it is pressed until it acts. */
export async function startNewOrder(page: Page): Promise<void> {
  const key = page.getByRole('button', { name: /New order/ })
  await key.waitFor()
  await vi.waitUntil(
    async () => {
      await key.click({ timeout: 500 }).catch(() => undefined)
      return page.getByRole('main', { name: 'Products' }).isVisible()
    },
    { timeout: 10_000, interval: 100 },
  )
}
