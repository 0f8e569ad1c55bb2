import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  createDeviceShop,
  type DeviceShop,
  exchange,
  sell,
  signInOwner,
  status,
  wake,
} from './device-shop.ts'

let shop: DeviceShop

beforeAll(async () => {
  shop = await createDeviceShop()
})

afterAll(() => shop?.remove())
afterEach(() => shop.closeRegisters())

describe('the owner', () => {
  test('[I3] sees each journal whole and intact, and anybody a receipt that holds', async () => {
    const tab = await shop.openRegister('Proven')
    const proof = await tab.evaluate(async () => {
      const { device, orderOf, valueOf } = devicePage
      const tenders = [{ tender: 'card', amountMinor: 300, tenderedMinor: 300 }] as const
      const sold = valueOf(await device.payOrder(orderOf(1), tenders))
      return (await device.order(sold.order.orderId))!.proof!
    })
    const check = (text: string) => devicePage.device.checkReceipt(text)
    expect(proof).toContain('/check#1.')
    await wake(tab)
    expect(await shop.office.evaluate(check, proof)).toMatchObject({
      ok: true,
      value: { status: 'held', isSigned: true, totalMinor: 300, businessName: 'Corner' },
    })
    const [address, signature] = [
      proof.slice(0, proof.lastIndexOf('.')),
      proof.slice(proof.lastIndexOf('.') + 1),
    ]
    const forged = `${address}.${signature.slice(0, -4)}AAAA`
    expect(await shop.office.evaluate(check, forged)).toMatchObject({ value: { isSigned: false } })
    expect(await shop.office.evaluate(check, 'https://example.com')).toMatchObject({
      failure: { code: 'receipt/unreadable' },
    })
    const facts = await tab.evaluate(() => devicePage.device.syncFacts())
    const proofs = await shop.office.evaluate(async () =>
      devicePage.valueOf(await devicePage.device.verifyJournals()),
    )
    expect(proofs.find(({ registerName }) => registerName === 'Proven')).toMatchObject({
      heldSeq: 2,
      isIntact: true,
      broken: null,
      chain: facts.chain,
    })
  })

  test('[L7] [I15] moves a register: its device gets the other store, and sends what it had', async () => {
    const tab = await shop.openRegister('Mover')
    await signInOwner(tab)
    const { storeId, registerId } = await tab.evaluate(async () => {
      const { device, valueOf } = devicePage
      const [first] = await device.records('store')
      const doc = { ...first!, storeId: crypto.randomUUID(), name: 'Harbour' }
      valueOf(await device.saveRecord({ kind: 'store', id: doc.storeId, opened: null, doc }))
      const state = await device.device()
      return { storeId: doc.storeId, registerId: state.kind === 'new' ? '' : state.register!.registerId }
    })
    await wake(tab)
    await tab.context().setOffline(true)
    await sell(tab, 2)
    await shop.office.evaluate(
      async ([register, store]) => {
        devicePage.valueOf(await devicePage.device.moveRegister(register!, store!))
      },
      [registerId, storeId],
    )
    await tab.context().setOffline(false)
    await exchange(tab)
    expect(await tab.evaluate(() => devicePage.device.device())).toMatchObject({
      store: { name: 'Harbour' },
      register: { registerId, storeId },
    })
    expect(await status(tab)).toMatchObject({ unsentCount: 0, trouble: null })
    expect(await sell(tab, 1)).toHaveLength(1)
  })

  test('[P5] takes a device out of use: it sells nothing more, and what it had sold arrives', async () => {
    const tab = await shop.openRegister('Lost')
    const installId = await tab.evaluate(async () => {
      const state = await devicePage.device.device()
      return state.kind === 'new' ? '' : state.installId
    })
    await tab.context().setOffline(true)
    await sell(tab, 3)
    await shop.office.evaluate(async (id) => {
      devicePage.valueOf(await devicePage.device.revokeDevice(id))
    }, installId)
    await tab.context().setOffline(false)
    await exchange(tab)
    expect(await status(tab)).toMatchObject({
      isRevoked: true,
      unsentCount: 0,
      trouble: { code: 'device/revoked' },
    })
    const tenders = [{ tender: 'card', amountMinor: 300, tenderedMinor: 300 }] as const
    expect(
      await tab.evaluate((paid) => devicePage.device.payOrder(devicePage.orderOf(1), paid), tenders),
    ).toMatchObject({ failure: { code: 'device/revoked' } })
    const past = await shop.office.evaluate(async () =>
      devicePage.valueOf(await devicePage.device.registerDevices()),
    )
    const lost = past.find(({ name }) => name === 'Lost')
    expect(
      [lost?.install, ...(lost?.past ?? [])].find((each) => each?.installId === installId),
    ).toMatchObject({
      lastSeq: 4,
      unsentCount: 0,
    })
  })

  test('[P5] a device that is connected learns within seconds that it was taken out of use', async () => {
    const tab = await shop.openRegister('Stolen')
    const installId = await tab.evaluate(async () => {
      const state = await devicePage.device.device()
      return state.kind === 'new' ? '' : state.installId
    })
    // The control: nothing else of this minute would tell it.
    await sleep(3_000)
    expect(await status(tab)).toMatchObject({ isRevoked: false, isOnline: true, unsentCount: 0 })
    await shop.office.evaluate(async (id) => {
      devicePage.valueOf(await devicePage.device.revokeDevice(id))
    }, installId)
    await expect.poll(async () => (await status(tab)).isRevoked, { timeout: 5_000 }).toBe(true)
  })
})
