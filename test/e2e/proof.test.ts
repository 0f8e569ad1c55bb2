import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDeviceShop, type DeviceShop, sell, status, wake } from './device-shop.ts'

let shop: DeviceShop
let folder: string
let register: Page
let customer: Page
let owner: Page
let proof: string
const received: string[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evertill-proof-'))
  shop = await createDeviceShop()
  register = await shop.openRegister('Front desk')
  await sell(register, 2)
  await wake(register)
  await register.context().setOffline(true)
  proof = await register.evaluate(async () => {
    const { device, orderOf, valueOf } = devicePage
    const tenders = [{ tender: 'card', amountMinor: 300, tenderedMinor: 300 }] as const
    const sold = valueOf(await device.payOrder(orderOf(1), tenders))
    return (await device.order(sold.order.orderId))!.proof!
  })
  customer = await (await shop.openBrowser()).newPage()
  customer.on('response', async (response) => {
    if (response.url().includes('/trpc/')) received.push(await response.text())
  })
  owner = await shop.office.context().newPage()
})

afterAll(async () => {
  await shop?.remove()
  await rm(folder, { recursive: true, force: true })
})

describe('the page behind a receipt’s code', () => {
  test('a signed receipt that has not arrived yet is told apart from a false one', async () => {
    await check(proof)
    await heading('Signed, not recorded yet')
  })

  test('a genuine receipt: shop, number and amount, and nothing of another sale', async () => {
    await register.context().setOffline(false)
    await wake(register)
    received.length = 0
    await check(proof)
    await heading('This receipt is genuine')
    await customer.getByText('Corner', { exact: true }).waitFor()
    expect(await customer.getByRole('main').innerText()).toMatch(/3\.00/)
    expect(received).toHaveLength(1)
    expect(Object.keys(JSON.parse(received[0]!).result.data as object).toSorted()).toEqual([
      ...['businessName', 'currency', 'isSigned', 'occurredAt', 'receiptNumber', 'recordedAt'],
      ...['status', 'totalMinor'],
    ])
  })

  test.each([
    ['another signature', (text: string) => text.replace(/.{8}$/, 'AAAAAAAA')],
    ['another sale’s place', (text: string) => text.replace(/\.\d+(?=\.[0-9a-f]{64})/, '.2')],
    ['a hash that was made up', (text: string) => text.replace(/[0-9a-f]{64}/, '0'.repeat(64))],
    ['a till of nobody', (text: string) => text.replace(/#1\.[0-9a-f]{32}/, `#1.${'0'.repeat(32)}`)],
  ])('%s does not match, and nothing of the shop is shown', async (_, forge) => {
    expect(forge(proof)).not.toBe(proof)
    await check(forge(proof))
    await heading('This receipt does not match')
    const text = await customer.getByRole('main').innerText()
    expect(text).not.toMatch(/Corner|3\.00|Receipt \d/)
  })

  test('without a code, and without a network, it says what to do', async () => {
    await customer.goto(`${shop.server.url}/check`)
    await heading('No receipt to check')
    for (const missing of [1, 90]) {
      await check(proof.slice(0, -missing))
      await heading('This code is not complete')
    }
    await customer.context().setOffline(true)
    await customer.evaluate((hash) => (location.hash = hash), proof.slice(proof.indexOf('#')))
    await heading('No connection')
    await customer.context().setOffline(false)
  })
})

describe('the owner', () => {
  test('[I3] reads that every operation is held; the file that is saved verifies with one command, and a changed one does not', async () => {
    await owner.goto(`${shop.server.url}/registers/journals`)
    await owner.getByText('Every journal is complete and unchanged.').waitFor()
    await owner.getByText('Operations 1 … 4 held, chain intact.').waitFor()
    const { chain } = await register.evaluate(() => devicePage.device.syncFacts())
    await owner.getByText(chain!, { exact: true }).waitFor()

    const downloading = owner.waitForEvent('download')
    await owner.getByRole('link', { name: 'Audit file' }).click()
    const file = join(folder, 'journals.jsonl')
    await (await downloading).saveAs(file)
    expect(await shop.server.run('server/audit/cli.ts', file)).toMatch(
      /^Intact: every operation is as its device wrote and signed it\.$/m,
    )

    const changed = join(folder, 'changed.jsonl')
    await writeFile(changed, (await readFile(file, 'utf8')).replace('300', '900'))
    await expect(shop.server.run('server/audit/cli.ts', changed)).rejects.toThrow(/changed/)
  })

  test('[P5] takes a device out of use with the keyboard alone', async () => {
    await owner.goto(`${shop.server.url}/registers`)
    await owner.getByRole('button', { name: 'More about Front desk' }).focus()
    await owner.keyboard.press('Enter')
    await owner.getByRole('menuitem', { name: 'Lost or out of use' }).waitFor()
    await pressUntil('ArrowDown', 'Lost or out of use')
    await owner.keyboard.press('Enter')
    await owner.getByRole('dialog', { name: /^Take the device of Front desk out of use/ }).waitFor()
    await pressUntil('Tab', 'Take out of use')
    await owner.keyboard.press('Enter')
    await owner.getByRole('dialog', { name: 'Taken out of use' }).waitFor()
    await expect.poll(async () => (await status(register)).isRevoked, { timeout: 5_000 }).toBe(true)
  })
})

async function check(address: string): Promise<void> {
  // The same document with another part behind the # would not load anew.
  await customer.goto('about:blank')
  await customer.goto(address)
}

function heading(name: string): Promise<void> {
  return customer.getByRole('heading', { name }).waitFor()
}

async function pressUntil(key: string, focused: string): Promise<void> {
  for (let presses = 0; presses < 20; presses += 1) {
    await owner.keyboard.press(key)
    const text = await owner.evaluate(() => document.activeElement?.textContent ?? '')
    if (text.trim().startsWith(focused)) return
  }
  throw new Error(`20 presses of ${key} never reached “${focused}”`)
}
