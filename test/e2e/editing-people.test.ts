import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AppServer } from './app-server.ts'
import type { Profile } from './browser.ts'
import { openRegisterAndOffice, picturesIfFailed } from './register-and-office.ts'
import { addProduct, allSent, startNewOrder } from './selling.ts'
import { cashier, choosePerson, enterPin, unlock } from './way-in.ts'

const colleague = { name: 'Noor Haddad', pin: '1235', newName: 'Noor Haddad-Lind', newPin: '7302' }
const arriveWithin = { timeout: 60_000 }

let server: AppServer
let tablet: Profile
let laptop: Profile
let register: Page
let office: Page

beforeAll(async () => {
  ;({ server, tablet, laptop, register, office } = await openRegisterAndOffice({}))
})

afterAll(async () => {
  await tablet?.remove()
  await laptop?.remove()
  await server?.remove()
})

describe('people, edited in the office', () => {
  test('[P5] [P4] what a dismissed cashier sells at a register that has not heard of it arrives, and is a task in the inbox', async () => {
    picturesIfFailed({ tablet, laptop }, 'editing-people')
    await unlock(register, cashier)
    await tablet.context().setOffline(true)
    const sales = [await sell(register)]

    await openPerson(office, cashier.name)
    await office.getByRole('button', { name: 'Dismiss' }).click()
    await office.getByText(`${cashier.name} is dismissed.`).waitFor()
    await office.getByRole('row', { name: cashier.name }).waitFor({ state: 'detached' })
    await allSent(office)
    sales.push(await sell(register))

    await tablet.context().setOffline(false)
    await register.getByText('Who is selling?').waitFor(arriveWithin)
    expect(await register.getByRole('button', { name: new RegExp(cashier.name) }).count()).toBe(0)
    expect(await register.getByRole('button', { name: new RegExp(colleague.name) }).count()).toBe(1)

    await office.getByRole('link', { name: /^Inbox/ }).click()
    const toDecide = office.getByRole('region', { name: 'To decide' })
    for (const { receiptNumber } of sales)
      await toDecide
        .getByRole('link', { name: 'Sold by someone who has left' })
        .filter({ hasText: `Receipt ${receiptNumber} at Register 1, Harbor Street` })
        .waitFor(arriveWithin)
    // The control: nothing of a colleague who works here is among them.
    expect(await office.getByText('Sold by someone who has left').count()).toBeGreaterThanOrEqual(2)
    expect(await office.getByText(colleague.name).count()).toBe(0)
  })

  test('[R2] a PIN that was changed offline works on another device after both were online, and the old one no more', async () => {
    picturesIfFailed({ tablet, laptop }, 'editing-people')
    await laptop.context().setOffline(true)
    const form = await openPerson(office, colleague.name)
    await form.getByLabel('Name').fill(colleague.newName)
    await form.getByRole('button', { name: 'New PIN' }).click()
    const pinForm = office.getByRole('dialog', { name: /^New PIN/ })
    await pinForm.getByLabel('PIN', { exact: true }).fill(colleague.newPin)
    await pinForm.getByLabel('The same PIN again').fill('7303')
    await office.keyboard.press('Enter')
    await pinForm.getByText('It differs from the first.').waitFor()
    await pinForm.getByLabel('The same PIN again').fill(colleague.newPin)
    await office.keyboard.press('Enter')
    await form.getByText('A new PIN, not saved yet.').waitFor()
    expect(office.url()).not.toContain(colleague.newPin)
    await form.getByRole('button', { name: 'Save' }).click()
    await office.getByText('Saved. Other devices get it when this one is online.').waitFor()

    // Until then the old one holds.
    await unlock(register, colleague)
    await register.keyboard.press('F4')
    await register.getByText('Who is selling?').waitFor()
    await laptop.context().setOffline(false)
    await allSent(office)
    await register.getByRole('button', { name: new RegExp(colleague.newName) }).waitFor(arriveWithin)
    await choosePerson(register, colleague.newName)
    await enterPin(register, colleague.pin)
    await register.getByText('Wrong PIN. 2 tries left.').waitFor()
    await enterPin(register, colleague.newPin)
    await register.getByRole('main', { name: 'Products' }).waitFor()
  })

  test('a cashier looks at the staff and is told why; a customer who is added with the keyboard alone comes to the office', async () => {
    picturesIfFailed({ tablet, laptop }, 'editing-people')
    await register.goto(`${server.url}/people`)
    await register.getByText(`${colleague.newName} may look. Changing staff needs a manager.`).waitFor()
    expect(await register.getByRole('button', { name: 'New person' }).count()).toBe(0)
    await register.getByRole('row', { name: 'Tomás Herrera' }).click()
    const looked = register.getByRole('dialog', { name: 'Tomás Herrera' })
    expect(await looked.getByLabel('Name').isDisabled()).toBe(true)
    expect(await looked.getByRole('button', { name: /^(Save|Delete|Dismiss)$/ }).count()).toBe(0)
    await register.keyboard.press('Escape')

    await register.getByRole('tab', { name: 'Staff' }).focus()
    await register.keyboard.press('ArrowRight')
    await register.getByRole('button', { name: 'New customer' }).focus()
    await register.keyboard.press('Enter')
    await register.getByRole('dialog', { name: 'New customer' }).waitFor()
    await register.keyboard.type('Quentin Abernathy')
    await register.keyboard.press('Tab')
    await register.keyboard.type('+1 212 555 0147')
    await register.keyboard.press('Enter')
    await register.getByRole('dialog').waitFor({ state: 'detached' })

    await office.goto(`${server.url}/people?tab=customers`)
    await office.getByLabel('Find by name, phone or e-mail').fill('2125550147')
    await office.getByRole('row', { name: 'Quentin Abernathy' }).waitFor(arriveWithin)
    await office.getByText(/^1 of /).waitFor()
  })

  test('[R2] the last lines of a store’s receipt, changed offline, stand on the next receipt; saving nothing sends nothing', async () => {
    picturesIfFailed({ tablet, laptop }, 'editing-people')
    await laptop.context().setOffline(true)
    await office.goto(`${server.url}/settings`)
    await office.getByRole('row', { name: 'Harbor Street' }).click()
    const form = office.getByRole('dialog', { name: 'Harbor Street' })
    await form.getByRole('button', { name: 'Save' }).click()
    await office.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await office.getByText(/\d only here/).count()).toBe(0)

    await office.getByRole('row', { name: 'Harbor Street' }).click()
    await form.getByLabel('Last lines of the receipt').fill('Closed on the first of May.')
    await form.getByRole('radio', { name: 'In the prices' }).click()
    await form.getByText('Changed.').waitFor()
    await form.getByRole('radio', { name: 'Added to prices' }).click()
    await form.getByText('Changed.').waitFor({ state: 'detached' })
    await form.getByRole('button', { name: 'Save' }).click()
    await office.getByText('1 only here').first().waitFor()
    await laptop.context().setOffline(false)
    await allSent(office)

    await register.goto(`${server.url}/settings`)
    await register.getByRole('row', { name: 'Harbor Street' }).click()
    const looked = register.getByRole('dialog', { name: 'Harbor Street' })
    await looked.getByText(`${colleague.newName} may look. Changing stores needs a manager.`).waitFor()
    await register.waitForFunction(
      () => [...document.querySelectorAll('textarea')].some(({ value }) => value.includes('first of May')),
      null,
      arriveWithin,
    )
    await register.goto(`${server.url}/till`)
    expect((await sell(register)).paper).toContain('Closed on the first of May.')
  })
})

/** Sells something for cash. */
async function sell(page: Page): Promise<{ receiptNumber: string; paper: string }> {
  await addProduct(page, 0)
  await page.getByRole('button', { name: 'Charge' }).click()
  await page.getByRole('group', { name: 'Handed over' }).getByRole('button').nth(2).click()
  await page.getByRole('button', { name: /^Take cash/ }).click()
  const receipt = page.locator('.receipt-paper')
  const label = (await receipt.getAttribute('aria-label')) ?? ''
  const paper = await receipt.innerText()
  await startNewOrder(page)
  return { receiptNumber: label.replace('Receipt ', ''), paper }
}

async function openPerson(page: Page, name: string) {
  await page.goto(`${server.url}/people`)
  await page.getByRole('row', { name }).click()
  const form = page.getByRole('dialog', { name })
  await form.getByLabel('Name').waitFor()
  return form
}
