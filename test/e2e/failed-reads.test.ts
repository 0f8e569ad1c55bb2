import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFailed, test } from 'vitest'
import type { DeviceApi } from '../../src/worker/api.ts'
import type { AppServer } from './app-server.ts'
import { createProfile, type Profile } from './browser.ts'
import { addProduct, tiles } from './selling.ts'
import { enrol, freshCode, manager, startDemoServer, unlock } from './way-in.ts'

/** What becomes of a call to the device's worker: it rejects there, or no answer ever comes. */
type Fault = 'rejects' | 'hangs'
type Faults = Partial<Record<keyof DeviceApi, Fault>>

declare global {
  interface Window {
    /** How often each call was made since the page was loaded. */
    callsMade: Record<string, number>
  }
}

let server: AppServer
let tablet: Profile
let page: Page

beforeAll(async () => {
  server = await startDemoServer()
  tablet = await createProfile({ width: 1280, height: 800 })
  page = await tablet.open()
  await letCallsFail(page)
  await enrol(page, server.url, await freshCode(server.url))
  await unlock(page, manager)
})

afterAll(async () => {
  await tablet?.remove()
  await server?.remove()
})

beforeEach(async () => {
  await setFaults({})
  onTestFailed(() => tablet.picture('failed-reads'))
})

describe('an office screen', () => {
  test('says what it could not read, keeps the way out, and shows everything once trying again works', async () => {
    await open('/catalogue', { shopRecords: 'rejects' })
    await unread('The catalog could not be read').waitFor()
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Catalog')
    expect(await page.getByRole('link', { name: 'Sales' }).isVisible()).toBe(true)
    expect(await loading().count()).toBe(0)

    const asked = await callsOf('shopRecords')
    await tryAgain()
    await expect.poll(() => callsOf('shopRecords')).toBe(asked + 1)
    await unread('The catalog could not be read').waitFor()

    await setFaults({})
    await tryAgain()
    await page.getByRole('table').waitFor()
    expect(await page.getByRole('alert').filter({ visible: true }).allTextContents()).not.toContain(
      'could not be read',
    )
  })

  test('loses one list only where only that one can’t be read', async () => {
    await open('/catalogue', { listProducts: 'rejects' })
    await unread('This list could not be read').waitFor()
    await page.getByRole('tab', { name: 'Taxes' }).click()
    await page.getByRole('tabpanel', { name: 'Taxes' }).getByRole('button').first().waitFor()
    await page.getByRole('tab', { name: 'Products' }).click()
    await unread('This list could not be read').waitFor()
    await setFaults({})
    await tryAgain()
    await page.getByRole('table').waitFor()
  })

  test('asks once and not over and over where its frame would read the same', async () => {
    await open('/settings', { device: 'rejects' })
    await unread('The settings could not be read').waitFor()
    const asked = await callsOf('device')
    await page.waitForTimeout(400)
    expect(await callsOf('device')).toBe(asked)
    await setFaults({})
    await tryAgain()
    await page.getByRole('heading', { name: 'Forget this device' }).waitFor()
  })

  test('reads again by itself when what it is about changes', async () => {
    await open('/inbox', { tasks: 'rejects' })
    await unread('The inbox could not be read').waitFor()
    await setFaults({})
    await page.evaluate(() => new BroadcastChannel('evertill').postMessage({ topics: ['inbox'] }))
    await unread('The inbox could not be read').waitFor({ state: 'detached' })
  })

  test('waits, and claims nothing, while no answer has come', async () => {
    await open('/catalogue', { shopRecords: 'hangs' })
    await loading().waitFor()
    await page.waitForTimeout(400)
    expect(await page.getByText('could not be read').count()).toBe(0)
    expect(await loading().count()).toBe(1)
  })
})

describe('the till', () => {
  test('loses the tiles only: the order stays, and trying again brings them', async () => {
    await open('/till')
    await addProduct(page, 0)
    const sum = await page.locator('.charge-sum').innerText()
    await setFaults({ listTiles: 'rejects' })
    await page.locator('.till-rail button').last().click()
    await unread('The products could not be read').waitFor()
    expect(await page.locator('.charge-sum').innerText()).toBe(sum)
    await setFaults({})
    await tryAgain()
    await tiles(page).first().waitFor()
    expect(await page.locator('.charge-sum').innerText()).toBe(sum)
  })

  test('does not open over an order that could not be read, and has it once it could', async () => {
    const sum = await page.locator('.charge-sum').innerText()
    expect(sum).toContain('1 item')
    await open('/till', { loadOpenOrder: 'rejects' })
    await unread('The till did not open').waitFor()
    await setFaults({})
    await tryAgain()
    await tiles(page).first().waitFor()
    expect(await page.locator('.charge-sum').innerText()).toBe(sum)
  })

  test('sells although everything that stands beside can’t be read', async () => {
    await open('/till', { status: 'rejects', parkedOrders: 'rejects', editableHere: 'rejects' })
    await tiles(page).first().waitFor()
    await addProduct(page, 1)
    expect(await page.getByText('could not').count()).toBe(0)
  })

  test('gives an order back that could not be parked', async () => {
    const sum = await page.locator('.charge-sum').innerText()
    await setFaults({ parkOrder: 'rejects' })
    await page.getByRole('button', { name: 'Park', exact: true }).click()
    await page.getByText('it isn’t known whether the order was parked').waitFor()
    expect(await page.locator('.charge-sum').innerText()).toBe(sum)
    await page.getByRole('button', { name: 'Close' }).click()
  })

  test('says who may sell here could not be read, and that a PIN could not be checked', async () => {
    await page.keyboard.press('F4')
    await page.getByText('Who is selling?').waitFor()
    await open('/till', { staffList: 'rejects' })
    await unread('Who may sell here could not be read').waitFor()
    await setFaults({ signIn: 'rejects' })
    await tryAgain()
    await page.getByRole('button', { name: new RegExp(manager.name) }).click()
    await page.keyboard.type(manager.pin, { delay: 40 })
    await page.keyboard.press('Enter')
    await page.getByText('The PIN could not be checked. Try again.').waitFor()
    await setFaults({})
    await page.keyboard.type(manager.pin, { delay: 40 })
    await page.keyboard.press('Enter')
    await tiles(page).first().waitFor()
  })
})

describe('a dialog', () => {
  test('whose deed rejects is busy no more, says so, and works the next time', async () => {
    await openPinDialog()
    await setFaults({ hashPin: 'rejects' })
    await usePin().click()
    await page.getByRole('alert').getByText('The PIN could not be taken.').waitFor()
    expect(await usePin().getAttribute('aria-busy')).toBeNull()
    await setFaults({})
    await usePin().click()
    await page.getByText('A new PIN, not saved yet.').waitFor()

    await setFaults({ saveRecord: 'rejects' })
    const save = page.getByRole('button', { name: 'Save', exact: true })
    await save.click()
    await page.getByRole('alert').getByText('it isn’t known whether this was done').waitFor()
    expect(await save.getAttribute('aria-busy')).toBeNull()
  })

  test('stays busy while no answer has come: what was checked above can fail', async () => {
    await page.evaluate(() =>
      addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), true),
    )
    await openPinDialog()
    await setFaults({ hashPin: 'hangs' })
    await usePin().click()
    await page.waitForTimeout(400)
    expect(await usePin().getAttribute('aria-busy')).toBe('true')
    expect(await page.getByText('The PIN could not be taken.').count()).toBe(0)
  })
})

const unread = (title: string) => page.getByRole('alert').filter({ hasText: title })
const loading = () => page.getByRole('main').getByRole('status', { name: 'Loading' })
const tryAgain = () => page.getByRole('button', { name: 'Try again' }).click()
const usePin = () => page.getByRole('button', { name: 'Use this PIN' })

async function openPinDialog(): Promise<void> {
  await open('/people')
  await page.getByRole('cell', { name: 'Sam Whitaker' }).click()
  await page.getByRole('button', { name: 'New PIN' }).click()
  await page.getByLabel('PIN', { exact: true }).fill('8642')
  await page.getByLabel('The same PIN again').fill('8642')
}

/** A page load, so that nothing is known from before. */
async function open(path: string, faults: Faults = {}): Promise<void> {
  await setFaults(faults)
  await page.goto(server.url + path)
}

function setFaults(faults: Faults): Promise<void> {
  return page.evaluate((text) => sessionStorage.setItem('faults', text), JSON.stringify(faults))
}

function callsOf(name: keyof DeviceApi): Promise<number> {
  return page.evaluate((call) => window.callsMade[call] ?? 0, name)
}

/**
 * From the next load on calls named in `faults` go wrong for real: instead of what was asked the worker gets a call that it
 * can't carry out, so that it throws there and the answer comes back the way of all answers.
 */
async function letCallsFail(browserPage: Page): Promise<void> {
  await browserPage.addInitScript(() => {
    type Call = { type?: string; path?: string[]; argumentList?: unknown[] }
    const PlainWorker = window.Worker
    window.callsMade = {}
    window.Worker = class extends PlainWorker {
      override postMessage(call: Call, more?: Transferable[] | StructuredSerializeOptions): void {
        const name = call.type === 'APPLY' ? (call.path?.[0] ?? '') : ''
        const faults = JSON.parse(sessionStorage.getItem('faults') ?? '{}') as Record<string, Fault>
        window.callsMade[name] = (window.callsMade[name] ?? 0) + 1
        if (faults[name] === 'hangs') return
        const sent = faults[name] === 'rejects' ? { ...call, path: ['recentOrders'], argumentList: [] } : call
        super.postMessage(sent, more as Transferable[])
      }
    }
  })
}
