import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ResidentCatalogue } from '../../src/worker/catalogue.ts'
import { createSession } from '../../src/worker/session.ts'
import { createSyncDevice } from './sync-device.ts'
import { localEvents, personOf } from './office-device.ts'
import { idOf, NOW } from '../storage/memory-device.ts'

const staffId = idOf(600)

/** The till of a person who was seen at `NOW`, and a clock that can be put forward. */
async function createTill() {
  const { store } = await createSyncDevice()
  await store.saveSession({ staffId, seenAt: NOW })
  const person = personOf(staffId, 'cashier', 'Mia')
  const withPerson: typeof store = { ...store, loadRecord: (async () => person) as typeof store.loadRecord }
  let now = NOW
  let isFull = false
  const start = async () => {
    const session = createSession({
      store: isFull ? { ...withPerson, ...fullDisk } : withPerson,
      catalogue: {} as ResidentCatalogue,
      events: localEvents(),
      clock: () => now,
    })
    await session.open()
    return session
  }
  return {
    start,
    open: async () => (await start()).signedIn(),
    pass: (ms: number) => (now += ms),
    fill: () => (isFull = true),
  }
}

const refuse = async (): Promise<never> => {
  throw new DOMException('full', 'QuotaExceededError')
}
const fullDisk = {
  touchSession: refuse,
  deleteSession: refuse,
  saveSession: refuse,
  changePinFailures: refuse,
}

let heldElsewhere: { name: string }[] = []

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval'] })
  heldElsewhere = []
  vi.stubGlobal('navigator', {
    locks: { query: async () => ({ held: heldElsewhere }), request: () => new Promise(() => {}) },
  })
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('the session of a till', () => {
  test('outlives a reload, and one right after it that comes before the tab first says that it lives', async () => {
    const till = await createTill()
    till.pass(25_000)
    expect(await till.open()).toMatchObject({ name: 'Mia' })
    till.pass(10_000)
    expect(await till.open()).toMatchObject({ name: 'Mia' })
  })

  test('ends when the last tab has been gone for more than half a minute', async () => {
    const till = await createTill()
    till.pass(31_000)
    expect(await till.open()).toBeNull()
  })

  test('goes on while another tab is open, however long this one was gone', async () => {
    const till = await createTill()
    heldElsewhere = [{ name: 'evertill-present' }]
    till.pass(600_000)
    expect(await till.open()).toMatchObject({ name: 'Mia' })
  })

  test('[C5] a full disk keeps no till from opening, and ends the session of one that was closed', async () => {
    const till = await createTill()
    till.fill()
    till.pass(5_000)
    expect(await till.open()).toMatchObject({ name: 'Mia' })
    till.pass(31_000)
    expect(await till.open()).toBeNull()
  })

  test('[C5] a full disk counts no tries, so it takes none, and says why', async () => {
    const till = await createTill()
    till.fill()
    expect(await (await till.start()).signIn(staffId, '1234')).toEqual({ kind: 'full' })
  })
})
