import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFailed, test } from 'vitest'
import type { Product } from '#domain/catalogue.ts'
import { openEmbedded } from '../../server/database/embedded.ts'
import { createDatabase, type Database } from '../../server/database/pool.ts'
import { createLog } from '../../server/log.ts'
import type { AppServer } from './app-server.ts'
import { createProfile, type Profile } from './browser.ts'
import { addProduct, takeCash } from './selling.ts'
import { codeOfRegister, dashboardIsShown, enrol, signIn, startDemoServer, unlock } from './way-in.ts'

let server: AppServer
let manager: Profile
let register: Profile

beforeAll(async () => {
  server = await startDemoServer()
  manager = await createProfile({ width: 1440, height: 900, hasWindows: true })
  register = await createProfile({ width: 1280, height: 800, hasWindows: true })
})

afterAll(async () => {
  await register?.remove()
  await manager?.remove()
  await server?.remove()
})

describe('the whole way', () => {
  test('[C1] [C7] [P2] [D1] sold with no server and after a restart, it arrives by itself, once, to the minor unit', async () => {
    onTestFailed(async () => {
      await manager.picture('manager')
      await register.picture('register')
    })
    const office = await manager.open()
    await signIn(office, server.url)
    const code = await codeOfRegister(office, server.url, 'Harbor Street', 'Register 1')
    const tablet = await register.open()
    await enrol(tablet, server.url, code)
    await showDashboard(office)

    const ordersBefore = ordersIn(await figuresOf(office))
    const scanned = await productWithoutChoices()
    await server.kill()
    await register.close()

    const till = await register.open()
    await till.goto(`${server.url}/till/orders`)
    await till.getByText('Who is selling?').waitFor()
    await till.goto(`${server.url}/till`)
    await unlock(till)
    const sent = recordPushes(till)

    await sellWithLineDiscount(till)
    await sellParkedOrder(till)
    await sellByScan(till, scanned)
    await till.getByRole('button', { name: /3 only here/ }).waitFor()
    expect((await stored()).orders).toBe(0)

    const onDevice = await readDashboard(till, server.url)
    expect(ordersIn(onDevice.figures)).toBe(ordersBefore + 3)

    await till.goto(`${server.url}/till`)
    await server.start()
    // Nobody touches anything from here on.
    await till.getByRole('button', { name: 'All sent' }).waitFor({ timeout: 60_000 })
    const arrivedAt = Date.now()
    await office.getByText(onDevice.net).first().waitFor({ timeout: 15_000 })
    const seenAfterMs = Date.now() - arrivedAt
    expect(seenAfterMs).toBeLessThan(2_000)
    expect(await figuresOf(office)).toEqual(onDevice.figures)

    const before = await stored()
    const replies = await sent.replayAll()
    expect(replies.length).toBeGreaterThan(0)
    for (const reply of replies)
      expect(reply).toMatchObject({ result: { data: { ok: true, value: { status: 'accepted' } } } })
    expect(await stored()).toEqual(before)
    expect(before).toMatchObject({ orders: 3, operations: 6 })
  })
})

async function showDashboard(page: Page): Promise<void> {
  await page.goto(`${server.url}/dashboard`)
  await dashboardIsShown(page)
  // The register knows its own store: the same figures are those of this store.
  await page.getByRole('button', { name: /All 3 stores/ }).click()
  await page
    .getByRole('menuitemradio', { name: 'Harbor Street' })
    .or(page.getByRole('menuitem', { name: 'Harbor Street' }))
    .click()
  await page.waitForURL('**store=**')
  // The choice stands in the address; loaded afresh, nothing of all stores is left on the screen.
  await page.reload()
  await dashboardIsShown(page)
}

async function sellWithLineDiscount(page: Page): Promise<void> {
  await addProduct(page, 0)
  await addProduct(page, 1)
  const line = page.locator('.order-line').first()
  if ((await line.getByRole('button', { name: 'Discount' }).count()) === 0)
    await line.locator('.order-line-face').click()
  await line.getByRole('button', { name: 'Discount' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '10%', exact: true }).click()
  await page.getByRole('button', { name: /^Take .* off$/ }).click()
  await takeCash(page)
}

async function sellParkedOrder(page: Page): Promise<void> {
  await addProduct(page, 2)
  await page.getByRole('button', { name: 'Park', exact: true }).click()
  await addProduct(page, 3)
  await page.getByRole('button', { name: 'Park', exact: true }).click()
  await page.getByRole('button', { name: /^Parked/ }).click()
  await page.getByRole('dialog').locator('.parked-key').first().click()
  await discountOrder(page, '20%')
  await takeCash(page)
}

async function discountOrder(page: Page, percent: string): Promise<void> {
  await page.getByRole('button', { name: 'More for this order' }).click()
  await page.getByRole('menuitem', { name: 'Discount on the order' }).click()
  await page.getByRole('dialog').getByRole('button', { name: percent, exact: true }).click()
  await page.getByRole('button', { name: /^Take .* off$/ }).click()
}

/** As a scanner does: every key within a few milliseconds, then Enter. */
async function sellByScan(page: Page, product: Product): Promise<void> {
  const barcode = product.variants[0]!.barcodes[0]!
  await page.keyboard.type(barcode, { delay: 2 })
  await page.keyboard.press('Enter')
  await page.locator('.order-line', { hasText: product.name }).waitFor()
  await discountOrder(page, '5%')
  await takeCash(page)
}

type Figures = Record<string, string>

function ordersIn(figures: Figures): number {
  return Number.parseInt(figures['Orders'] ?? '', 10)
}

async function figuresOf(page: Page): Promise<Figures> {
  return page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll('dl > div')].map((cell) => [
        cell.querySelector('dt')?.textContent ?? '',
        cell.querySelector('dd')?.textContent ?? '',
      ]),
    ),
  )
}

async function readDashboard(page: Page, url: string): Promise<{ net: string; figures: Figures }> {
  await page.goto(`${url}/dashboard`)
  await dashboardIsShown(page)
  const net = (await page.locator('.display .lit-amount').first().textContent()) ?? ''
  return { net, figures: await figuresOf(page) }
}

/** Every push that leaves the device, to be sent again as it was. */
function recordPushes(page: Page) {
  const bodies: string[] = []
  page.context().on('request', (request) => {
    if (request.url().includes('/trpc/operations.push')) bodies.push(request.postData() ?? '')
  })
  return {
    replayAll: () =>
      Promise.all(
        bodies.map(async (body) => {
          const response = await fetch(`${server.url}/trpc/operations.push`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body,
          })
          return response.json()
        }),
      ),
  }
}

async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const log = createLog('error')
  const embedded = await openEmbedded({ dataDir: server.dataDir, log, mode: 'adopt-or-start' })
  const database = createDatabase({ url: embedded.url, max: 2, log })
  try {
    return await work(database)
  } finally {
    await database.close()
    await embedded.stop()
  }
}

/** What the registers' journals have left in the database. */
function stored(): Promise<{ orders: number; operations: number; payments: number; netMinor: number }> {
  return withDatabase(async (database) => {
    const [row] = await database.asSystem((tx) =>
      tx.query<{ orders: number; operations: number; payments: number; netMinor: number }>(
        `select (select count(*) from orders where install_id is not null) as orders,
           (select count(*) from operation) as operations,
           (select sum(amount_minor)::bigint from payment) as payments,
           (select sum(net_minor)::bigint from rollup_hour) as "netMinor"`,
      ),
    )
    return row!
  })
}

function productWithoutChoices(): Promise<Product> {
  return withDatabase(async (database) => {
    const rows = await database.asSystem((tx) =>
      tx.query<{ doc: Product }>(
        `select doc from record where kind = 'product' and not is_deleted order by id`,
      ),
    )
    const found = rows
      .map((row) => row.doc)
      .find(
        ({ variants, modifierSetIds, isActive }) =>
          isActive &&
          variants.length === 1 &&
          modifierSetIds.length === 0 &&
          variants[0]!.barcodes.length > 0,
      )
    if (!found) throw new Error('The demo has no product that is sold without a choice')
    return found
  })
}
