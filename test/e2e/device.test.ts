import { execFileSync } from 'node:child_process'
import { rename, rm } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createDeviceShop, type DeviceShop, reportOf, sell, status, wake } from './device-shop.ts'

let shop: DeviceShop

beforeAll(async () => {
  shop = await createDeviceShop()
})

afterAll(() => shop?.remove())
afterEach(() => shop.closeRegisters())

describe('a register', () => {
  test('enrols, loads, knows its people, sells, and sends', async () => {
    const tab = await shop.openRegister('First')
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
    expect(await shop.lastSeqOf('First')).toBe(4)
    const cards = await tab.evaluate(() =>
      devicePage.device.recentOrders({ text: '', limit: 10, thisRegisterOnly: true }),
    )
    expect(cards.map((card) => card.syncState)).toEqual(['sent', 'sent', 'sent'])
  })

  test('[P6] keeps and sends everything when the server dies and comes back', async () => {
    const tab = await shop.openRegister('Second')
    await shop.server.kill()
    const numbers = await sell(tab, 5)
    await wake(tab)
    expect(await status(tab)).toMatchObject({ isOnline: false, unsentCount: 5 })
    expect(await tab.evaluate(() => devicePage.device.forget())).toMatchObject({
      failure: { code: 'device/unsent' },
    })
    await shop.server.start()
    await wake(tab)
    expect(await status(tab)).toMatchObject({ isOnline: true, unsentCount: 0 })
    expect(await shop.lastSeqOf('Second')).toBe(6)
    expect(new Set(numbers).size).toBe(5)
  })

  test('[P2] [I4] counts a sale once whose answer was lost', async () => {
    const tab = await shop.openRegister('Third')
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
    expect(await shop.lastSeqOf('Third')).toBe(3)
    const after = await reportOf(tab)
    expect(after.orders - before.orders).toBe(2)
  })

  test("[P6] takes a captive portal's page with status 200 for no network", async () => {
    const tab = await shop.openRegister('Fourth')
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
    const tab = await shop.openRegister('Fifth')
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
    const [one, other] = [await shop.openRegister('Sixth'), await shop.openRegister('Seventh')]
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
    const tab = await shop.openRegister('Eighth')
    const second = await shop.openTab(tab.context())
    const numbers = (await Promise.all([sell(tab, 10), sell(second, 10)])).flat()
    await Promise.all([wake(tab), wake(second)])
    await wake(tab)
    expect(new Set(numbers).size).toBe(20)
    expect(await status(second)).toMatchObject({ unsentCount: 0, journalSeq: 21 })
    expect(await shop.lastSeqOf('Eighth')).toBe(21)
  })

  test('[L5] [I1] refills a server that was restored from a backup', async () => {
    const [tab, other] = [await shop.openRegister('Healer'), await shop.openRegister('Bystander')]
    await sell(tab, 2)
    await wake(tab)
    await shop.server.stop()
    const backup = `${shop.server.dataDir}-backup`
    execFileSync('cp', ['-a', shop.server.dataDir, backup])
    await shop.server.start()
    await sell(tab, 3)
    await wake(tab)
    expect(await status(tab)).toMatchObject({ unsentCount: 0, journalSeq: 6 })
    const before = await reportOf(tab)

    await shop.server.stop()
    await rm(shop.server.dataDir, { recursive: true })
    await rename(backup, shop.server.dataDir)
    await shop.server.start()
    // Another register fills the server up past the version that ours has read.
    await sell(other, 6)
    await wake(other)
    await wake(tab)
    expect(await shop.lastSeqOf('Healer')).toBe(6)
    expect(await status(tab)).toMatchObject({ unsentCount: 0, trouble: null })
    expect(await reportOf(tab)).toEqual({ orders: before.orders + 6, netMinor: before.netMinor + 1800 })
  })

  test('makes a guesser of PINs wait, also over a reload', async () => {
    const tab = await shop.openRegister('Guessed')
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
    const tab = await shop.openRegister('Ninth')
    const [owner] = await tab.evaluate(() => devicePage.device.staffList())
    await tab.evaluate((staffId) => devicePage.device.signIn(staffId, '4711'), owner!.staffId)
    await tab.reload()
    await tab.waitForFunction(() => 'devicePage' in globalThis)
    expect(await tab.evaluate(() => devicePage.device.device())).toMatchObject({
      signedIn: { staffId: owner!.staffId },
    })
  })
})
