import { describe, expect, test } from 'vitest'
import { createShortLock } from '../../src/worker/short-lock.ts'
import { createSyncLoop } from '../../src/worker/sync-loop.ts'
import { NOW } from '../storage/memory-device.ts'
import { createSyncDevice, lost, settled, virtualTimers } from './sync-device.ts'

describe('the loop', () => {
  test('sends at once when woken, and looks again by itself', async () => {
    const { loopPorts, asked, sell, timers, shown } = await createSyncDevice()
    const loop = createSyncLoop(loopPorts)
    await sell(1)
    await loop.wake()
    expect(asked.push).toHaveLength(1)
    expect(timers.pending()).toEqual([60_000])
    expect(shown.at(-1)).toMatchObject({ isOnline: true, isSyncing: false, trouble: null })
    await timers.pass(60_000)
    expect(asked.pull).toHaveLength(2)
  })

  test('[P6] waits longer after each failure, and not at all after a sale', async () => {
    const { loopPorts, asked, script, sell, timers, shown } = await createSyncDevice()
    const loop = createSyncLoop(loopPorts)
    script.push = async () => lost
    await sell(1)
    await loop.wake()
    const delays = [timers.pending()[0]]
    for (let failure = 0; failure < 2; failure += 1) {
      await timers.pass(timers.pending()[0]!)
      delays.push(timers.pending()[0])
    }
    expect(delays).toEqual([750, 1_500, 3_000])
    expect(shown.at(-1)).toMatchObject({ isOnline: false })
    await loop.wake()
    expect(asked.push).toHaveLength(4)
  })

  test('[P6] a server that asks for time gets it, whatever wakes the device', async () => {
    const { loopPorts, asked, script, sell, timers } = await createSyncDevice()
    const loop = createSyncLoop(loopPorts)
    const take = script.push
    script.push = async () => ({ ...lost, waitMs: 20_000 })
    await sell(1)
    await loop.wake()
    script.push = take
    expect(timers.pending()).toEqual([25_000])
    await loop.wake()
    await timers.pass(24_000)
    await loop.wake()
    expect(asked.push).toHaveLength(1)
    await timers.pass(1_000)
    expect(asked.push).toHaveLength(2)
  })

  test('[P6] a server that asks for time is busy, not away, and it is said until when', async () => {
    const { loopPorts, script, sell, timers, shown } = await createSyncDevice()
    const loop = createSyncLoop(loopPorts)
    const contact = () => Object.assign({}, ...shown) as object
    const take = script.push
    script.push = async () => ({ ...lost, waitMs: 20_000 })
    await sell(1)
    await loop.wake()
    expect(contact()).toMatchObject({ isOnline: true, isSyncing: false, busyUntil: NOW + 25_000 })
    script.push = async () => lost
    await timers.pass(25_000)
    expect(contact()).toMatchObject({ isOnline: false, busyUntil: null })
    script.push = take
    await loop.wake()
    expect(contact()).toMatchObject({ isOnline: true, busyUntil: null })
  })

  test('[P6] who is told when to come comes then, however often it was told', async () => {
    const { loopPorts, script, sell, timers } = await createSyncDevice()
    const loop = createSyncLoop(loopPorts)
    script.push = async () => ({ ...lost, waitMs: 2_000 })
    await sell(1)
    await loop.wake()
    for (let times = 0; times < 8; times += 1) {
      expect(timers.pending()).toEqual([2_500])
      await timers.pass(2_500)
    }
    script.push = async () => lost
    await timers.pass(2_500)
    expect(timers.pending()).toEqual([750])
  })

  test('goes on after an error of our own', async () => {
    const { loopPorts, store, asked, errors, shown, timers } = await createSyncDevice()
    const loop = createSyncLoop(loopPorts)
    const { loadSync } = store
    store.loadSync = () => Promise.reject(new Error('broken'))
    await loop.wake()
    expect(errors).toHaveLength(1)
    expect(shown.at(-1)).toMatchObject({ trouble: { code: 'sync/broken', dataSafe: true } })
    store.loadSync = loadSync
    await timers.pass(60_000)
    expect(asked.pull).toHaveLength(1)
  })

  test('[C4] leaves the work to the tab that is at it, and looks again soon', async () => {
    const { loopPorts, asked, timers } = await createSyncDevice()
    const loop = createSyncLoop({ ...loopPorts, tryLock: async () => false })
    await loop.wake()
    expect(asked.pull).toHaveLength(0)
    // Its own next look, and the end of its patience with the holder.
    expect(timers.pending().toSorted((one, other) => one - other)).toEqual([5_000, 30_000])
  })

  test('[C4] goes on without the lock once a frozen tab has held it for 30 s', async () => {
    const { loopPorts, asked, timers } = await createSyncDevice()
    const loop = createSyncLoop({ ...loopPorts, tryLock: async () => false })
    await loop.wake()
    await timers.pass(29_000)
    expect(asked.pull).toHaveLength(0)
    await timers.pass(6_000)
    await settled()
    expect(asked.pull).toHaveLength(1)
  })
})

describe('the short lock', () => {
  test('[C4] tells its holder after 30 s to let go', async () => {
    const timers = virtualTimers()
    const lock = createShortLock(async (work) => {
      await work()
      return true
    }, timers)
    const seen: boolean[] = []
    await lock.run(async (isOver) => {
      await timers.pass(29_000)
      seen.push(isOver())
      await timers.pass(2_000)
      seen.push(isOver())
    })
    expect(seen).toEqual([false, true])
    expect(timers.pending()).toEqual([])
  })
})
