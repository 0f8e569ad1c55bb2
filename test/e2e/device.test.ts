import { execFileSync } from 'node:child_process'
import { rename, rm } from 'node:fs/promises'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { chromiumArgs, findChromium } from '../chromium.ts'
import { type AppServer, createAppServer } from './app-server.ts'
import { bundle, emptyPage } from './bundled-page.ts'
import type { DevicePage } from './device-page.ts'

declare global {
  var devicePage: DevicePage
}

let server: AppServer
let browser: Browser
let scripts: { page: string; worker: string }
/** The owner's browser. */
let office: Page
const opened: BrowserContext[] = []

beforeAll(async () => {
  server = await createAppServer()
  const [executablePath, page, worker] = await Promise.all([
    findChromium(),
    bundle(new URL('device-page.ts', import.meta.url)),
    bundle(new URL('../../src/worker/main.ts', import.meta.url)),
    server.start(),
  ])
  scripts = { page, worker }
  browser = await chromium.launch({ executablePath, args: [...chromiumArgs] })
  office = await openTab(await openBrowser())
  const token = /set-up#(\S+)/.exec(server.output())?.[1] ?? ''
  const created = await office.evaluate(
    (setUpToken) => devicePage.device.setUp({ ...devicePage.business, token: setUpToken }),
    token,
  )
  expect(created).toEqual({ ok: true, value: null })
})

afterAll(async () => {
  await browser?.close()
  await server?.remove()
})

afterEach(async () => {
  for (const context of opened.splice(1)) await context.close()
})

/** A browser profile of its own, in which our page stands on the server's origin. */
async function openBrowser(): Promise<BrowserContext> {
  const context = await browser.newContext()
  opened.push(context)
  await context.route('**/device-test/*', (route) => {
    const name = new URL(route.request().url()).pathname.split('/').at(-1)
    if (name === 'page.js') return route.fulfill({ contentType: 'text/javascript', body: scripts.page })
    if (name === 'worker.js') return route.fulfill({ contentType: 'text/javascript', body: scripts.worker })
    return route.fulfill({ contentType: 'text/html', body: emptyPage('/device-test/page.js') })
  })
  return context
}

async function openTab(context: BrowserContext): Promise<Page> {
  const tab = await context.newPage()
  await tab.goto(`${server.url}/device-test/`)
  await tab.waitForFunction(() => 'devicePage' in globalThis)
  return tab
}

/** A tab of a new browser that is enrolled as a new register and has loaded. */
async function openRegister(name: string): Promise<Page> {
  const code = await office.evaluate(async (registerName) => {
    const registers = await devicePage.device.registerDevices()
    if (!registers.ok) throw new Error(registers.failure.code)
    const added = await devicePage.device.addRegister(registers.value[0]!.storeId, registerName)
    if (!added.ok) throw new Error(added.failure.code)
    const made = await devicePage.device.createEnrolmentCode(added.value.registerId)
    if (!made.ok) throw new Error(made.failure.code)
    return made.value.code
  }, name)
  const tab = await openTab(await openBrowser())
  const enrolled = await tab.evaluate((text) => devicePage.device.enrol(text), code)
  expect(enrolled).toMatchObject({ ok: true, value: { kind: 'register' } })
  await tab.evaluate(() => devicePage.device.wakeSync())
  expect(await tab.evaluate(() => devicePage.device.device())).toMatchObject({
    isLoaded: true,
    register: { name },
  })
  return tab
}

const status = (tab: Page) => tab.evaluate(() => devicePage.device.status())
const wake = (tab: Page) => tab.evaluate(() => devicePage.device.wakeSync())
const sell = (tab: Page, count: number) =>
  tab.evaluate((orders) => devicePage.pay(devicePage.device, orders), count)

/** What the server holds of a register's journal. */
async function lastSeqOf(name: string): Promise<number> {
  const registers = await office.evaluate(() => devicePage.device.registerDevices())
  if (!registers.ok) throw new Error(registers.failure.code)
  return registers.value.find((register) => register.name === name)?.install?.lastSeq ?? -1
}

async function reportOf(tab: Page) {
  return tab.evaluate(async () => {
    const range = { from: '2020-01-01', to: '2099-12-31' }
    const query = { range, compareWith: null, storeIds: null, granularity: 'month' } as const
    const { report } = await devicePage.device.salesReport(query)
    return { orders: report.figures.orders, netMinor: report.figures.netMinor }
  })
}

describe('a register', () => {
  test('enrols, loads, knows its people, sells, and sends', async () => {
    const tab = await openRegister('First')
    const [owner] = await tab.evaluate(() => devicePage.device.staffList())
    expect(owner).toMatchObject({ name: 'Ada Owner', role: 'owner', hasPin: true })
    const pins = await tab.evaluate(
      async (staffId) => [
        await devicePage.device.signIn(staffId, '0000'),
        await devicePage.device.signIn(staffId, '4711'),
      ],
      owner!.staffId,
    )
    expect(pins).toMatchObject([{ kind: 'wrong', triesLeft: 2 }, { kind: 'signed-in' }])
    expect(await sell(tab, 3)).toHaveLength(3)
    await wake(tab)
    expect(await status(tab)).toMatchObject({ isOnline: true, unsentCount: 0, journalSeq: 4, trouble: null })
    expect(await lastSeqOf('First')).toBe(4)
    const cards = await tab.evaluate(() =>
      devicePage.device.recentOrders({ text: '', limit: 10, thisRegisterOnly: true }),
    )
    expect(cards.map((card) => card.syncState)).toEqual(['sent', 'sent', 'sent'])
  })

  test('[P6] keeps and sends everything when the server dies and comes back', async () => {
    const tab = await openRegister('Second')
    await server.kill()
    const numbers = await sell(tab, 5)
    await wake(tab)
    expect(await status(tab)).toMatchObject({ isOnline: false, unsentCount: 5 })
    expect(await tab.evaluate(() => devicePage.device.forget())).toMatchObject({
      failure: { code: 'device/unsent' },
    })
    await server.start()
    await wake(tab)
    expect(await status(tab)).toMatchObject({ isOnline: true, unsentCount: 0 })
    expect(await lastSeqOf('Second')).toBe(6)
    expect(new Set(numbers).size).toBe(5)
  })

  test('[P2] [I4] counts a sale once whose answer was lost', async () => {
    const tab = await openRegister('Third')
    const before = await reportOf(tab)
    let isLost = false
    await tab.context().route('**/trpc/operations.push*', async (route) => {
      await route.fetch()
      isLost = true
      await route.abort()
    })
    await sell(tab, 2)
    await wake(tab)
    expect(isLost).toBe(true)
    expect(await status(tab)).toMatchObject({ unsentCount: 2 })
    await tab.context().unroute('**/trpc/operations.push*')
    await wake(tab)
    expect(await status(tab)).toMatchObject({ unsentCount: 0 })
    expect(await lastSeqOf('Third')).toBe(3)
    const after = await reportOf(tab)
    expect(after.orders - before.orders).toBe(2)
  })

  test("[P6] takes a captive portal's page with status 200 for no network", async () => {
    const tab = await openRegister('Fourth')
    await tab
      .context()
      .route('**/trpc/**', (route) =>
        route.fulfill({ status: 200, contentType: 'text/html', body: '<h1>Welcome to our Wi-Fi</h1>' }),
      )
    await sell(tab, 1)
    await wake(tab)
    expect(await status(tab)).toMatchObject({ isOnline: false, unsentCount: 1, trouble: null })
    await tab.context().unroute('**/trpc/**')
    await wake(tab)
    expect(await status(tab)).toMatchObject({ isOnline: true, unsentCount: 0 })
  })

  test('[D1] shows own sales in its figures at once, and the same figures after they are sent and pulled', async () => {
    const tab = await openRegister('Fifth')
    const before = await reportOf(tab)
    await tab.context().setOffline(true)
    await sell(tab, 4)
    const offline = await reportOf(tab)
    await tab.context().setOffline(false)
    await wake(tab)
    const sent = await reportOf(tab)
    await wake(tab)
    const pulled = await reportOf(tab)
    expect(offline).toEqual({ orders: before.orders + 4, netMinor: before.netMinor + 1200 })
    expect(sent).toEqual(offline)
    expect(pulled).toEqual(offline)
  })

  test('[L1] hears of the sales of another register without asking', async () => {
    const [one, other] = [await openRegister('Sixth'), await openRegister('Seventh')]
    await sell(one, 1)
    await other.waitForFunction(
      async () => {
        const cards = await devicePage.device.recentOrders({ text: '', limit: 1, thisRegisterOnly: false })
        const details = cards[0] && (await devicePage.device.order(cards[0].orderId))
        return cards[0]?.syncState === 'from-elsewhere' && details?.order.lines[0]?.name === 'Item 0'
      },
      null,
      { timeout: 10_000, polling: 200 },
    )
  })

  test('[C4] sells in two tabs and sends each sale once', async () => {
    const tab = await openRegister('Eighth')
    const second = await openTab(tab.context())
    const numbers = (await Promise.all([sell(tab, 10), sell(second, 10)])).flat()
    await Promise.all([wake(tab), wake(second)])
    await wake(tab)
    expect(new Set(numbers).size).toBe(20)
    expect(await status(second)).toMatchObject({ unsentCount: 0, journalSeq: 21 })
    expect(await lastSeqOf('Eighth')).toBe(21)
  })

  test('[L5] [I1] refills a server that was restored from a backup', async () => {
    const [tab, other] = [await openRegister('Healer'), await openRegister('Bystander')]
    await sell(tab, 2)
    await wake(tab)
    await server.stop()
    const backup = `${server.dataDir}-backup`
    execFileSync('cp', ['-a', server.dataDir, backup])
    await server.start()
    await sell(tab, 3)
    await wake(tab)
    expect(await status(tab)).toMatchObject({ unsentCount: 0, journalSeq: 6 })
    const before = await reportOf(tab)

    await server.stop()
    await rm(server.dataDir, { recursive: true })
    await rename(backup, server.dataDir)
    await server.start()
    // Another register fills the server up past the version that ours has read.
    await sell(other, 6)
    await wake(other)
    await wake(tab)
    expect(await lastSeqOf('Healer')).toBe(6)
    expect(await status(tab)).toMatchObject({ unsentCount: 0, trouble: null })
    expect(await reportOf(tab)).toEqual({ orders: before.orders + 6, netMinor: before.netMinor + 1800 })
  })

  test('makes a guesser of PINs wait, also over a reload', async () => {
    const tab = await openRegister('Guessed')
    const [owner] = await tab.evaluate(() => devicePage.device.staffList())
    const guess = (pin: string) =>
      tab.evaluate(([staffId, text]) => devicePage.device.signIn(staffId!, text!), [owner!.staffId, pin])
    // At once, as a program would try.
    const tried = await Promise.all(['0000', '1111', '2222'].map(guess))
    expect(tried.map((outcome) => outcome.kind)).toEqual(['wrong', 'wrong', 'wait'])
    await tab.reload()
    await tab.waitForFunction(() => 'devicePage' in globalThis)
    expect(await guess('4711')).toMatchObject({ kind: 'wait' })
  })

  test('keeps the person signed in over a reload', async () => {
    const tab = await openRegister('Ninth')
    const [owner] = await tab.evaluate(() => devicePage.device.staffList())
    await tab.evaluate((staffId) => devicePage.device.signIn(staffId, '4711'), owner!.staffId)
    await tab.reload()
    await tab.waitForFunction(() => 'devicePage' in globalThis)
    expect(await tab.evaluate(() => devicePage.device.device())).toMatchObject({
      signedIn: { staffId: owner!.staffId },
    })
  })
})
