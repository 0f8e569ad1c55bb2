import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { chromiumArgs, findWindowless } from '../chromium.ts'
import { type AppServer, createAppServer } from './app-server.ts'
import { bundle, emptyPage } from './bundled-page.ts'
import type { DevicePage } from './device-page.ts'

declare global {
  var devicePage: DevicePage
}

/** A real server with a business on it, and browsers in which the real worker runs without screens. */
export type DeviceShop = {
  readonly server: AppServer
  /** The owner's browser, signed in. */
  readonly office: Page
  /** A browser profile of its own, in which our page stands on the server's origin; kept in a folder where one is named. */
  openBrowser(folder?: string): Promise<BrowserContext>
  openTab(context: BrowserContext): Promise<Page>
  /** A tab of a browser, a new one where none is given, that is enrolled as a new register and has loaded. */
  openRegister(name: string, context?: BrowserContext): Promise<Page>
  /** What the server holds of a register's journal. */
  lastSeqOf(name: string): Promise<number>
  closeRegisters(): Promise<void>
  remove(): Promise<void>
}

export async function createDeviceShop(): Promise<DeviceShop> {
  const server = await createAppServer()
  const [executablePath, page, worker] = await Promise.all([
    findWindowless(),
    bundle(new URL('device-page.ts', import.meta.url)),
    bundle(new URL('../../src/worker/main.ts', import.meta.url)),
    server.start(),
  ])
  const browser: Browser = await chromium.launch({ executablePath, args: [...chromiumArgs] })
  const opened: BrowserContext[] = []

  const openBrowser: DeviceShop['openBrowser'] = async (folder) => {
    const args = [...chromiumArgs]
    const context = folder
      ? await chromium.launchPersistentContext(folder, { executablePath, args })
      : await browser.newContext()
    opened.push(context)
    // To Chromium a page that we fulfil comes from no network at all: without leave it opens no socket to this machine.
    await context.grantPermissions(['local-network-access'])
    await context.route('**/device-test/*', (route) => {
      const name = new URL(route.request().url()).pathname.split('/').at(-1)
      if (name === 'page.js') return route.fulfill({ contentType: 'text/javascript', body: page })
      if (name === 'worker.js') return route.fulfill({ contentType: 'text/javascript', body: worker })
      return route.fulfill({ contentType: 'text/html', body: emptyPage('/device-test/page.js') })
    })
    return context
  }
  const openTab: DeviceShop['openTab'] = async (context) => {
    const tab = await context.newPage()
    await tab.goto(`${server.url}/device-test/`)
    await tab.waitForFunction(() => 'devicePage' in globalThis)
    return tab
  }

  const office = await openTab(await openBrowser())
  const token = /set-up#(\S+)/.exec(server.output())?.[1] ?? ''
  const created = await office.evaluate(
    (setUpToken) => devicePage.device.setUp({ ...devicePage.business, token: setUpToken }),
    token,
  )
  expect(created).toEqual({ ok: true, value: null })

  return {
    server,
    office,
    openBrowser,
    openTab,
    openRegister: async (name, context) => {
      const code = await office.evaluate(async (registerName) => {
        const { device, valueOf } = devicePage
        const registers = valueOf(await device.registerDevices())
        const added = valueOf(await device.addRegister(registers[0]!.storeId, registerName))
        return valueOf(await device.createEnrolmentCode(added.registerId)).code
      }, name)
      const tab = await openTab(context ?? (await openBrowser()))
      const enrolled = await tab.evaluate((text) => devicePage.device.enrol(text), code)
      expect(enrolled).toMatchObject({ ok: true, value: { kind: 'register' } })
      await tab.evaluate(() => devicePage.device.wakeSync())
      expect(await tab.evaluate(() => devicePage.device.device())).toMatchObject({
        isLoaded: true,
        register: { name },
      })
      return tab
    },
    lastSeqOf: async (name) => {
      const registers = await office.evaluate(async () =>
        devicePage.valueOf(await devicePage.device.registerDevices()),
      )
      return registers.find((register) => register.name === name)?.install?.lastSeq ?? -1
    },
    closeRegisters: async () => {
      for (const context of opened.splice(1)) await context.close()
    },
    remove: async () => {
      await browser.close()
      await server.remove()
    },
  }
}

export const status = (tab: Page) => tab.evaluate(() => devicePage.device.status())
export const wake = (tab: Page) => tab.evaluate(() => devicePage.device.wakeSync())
export const sell = (tab: Page, count: number) =>
  tab.evaluate((orders) => devicePage.pay(devicePage.device, orders), count)

export async function reportOf(tab: Page) {
  return tab.evaluate(async () => {
    const range = { from: '2020-01-01', to: '2099-12-31' }
    const query = { range, compareWith: null, storeIds: null, granularity: 'month' } as const
    const { report } = await devicePage.device.salesReport(query)
    return { orders: report.figures.orders, netMinor: report.figures.netMinor }
  })
}

/** Signs the owner in with the PIN of the set-up. */
export async function signInOwner(tab: Page): Promise<string> {
  return tab.evaluate(async () => {
    const { device, business } = devicePage
    const [owner] = (await device.staffList()).filter(({ role }) => role === 'owner')
    const signedIn = await device.signIn(owner!.staffId, business.pin)
    if (signedIn.kind !== 'signed-in') throw new Error(signedIn.kind)
    return owner!.staffId
  })
}

/** Everything that one tab has is at the other: sent, and read. */
export async function exchange(...tabs: Page[]): Promise<void> {
  for (const tab of [...tabs, ...tabs]) await wake(tab)
}
