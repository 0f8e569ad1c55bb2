import { describe, expect, test } from 'vitest'
import { openDrill } from '../../src/worker/drill.ts'
import { createStatus } from '../../src/worker/status.ts'
import { createSyncPage } from '../../src/worker/sync-page.ts'
import { createSyncLoop } from '../../src/worker/sync-loop.ts'
import { createEditingDevice, localEvents } from './office-device.ts'
import { lost, settled } from './sync-device.ts'

/** A device whose line is cut while a drill is on, as the transport does. */
async function createDrillDevice() {
  const device = await createEditingDevice()
  const { store, loopPorts, script, timers, dependencies } = device
  const { events } = dependencies
  const open = () =>
    openDrill({ store, events, clock: loopPorts.clock, timers, onTimeUp: () => void page.endDrill() })
  const drill = await open()
  const { push, pull } = script
  script.push = async (request) => (drill.isOn() ? lost : push(request))
  script.pull = async (request) => (drill.isOn() ? lost : pull(request))
  const loop = createSyncLoop(loopPorts)
  const status = createStatus({ store, events, isDrill: drill.isOn, openInbox: async () => 0 })
  const page = createSyncPage({
    ...dependencies,
    status,
    drill,
    timers,
    appVersion: '0.2.0',
    sign: async () => 'signed',
    arePagesKept: async () => true,
    wakeSync: loop.wake,
  })
  return { ...device, drill, open, loop, page, status }
}

describe('a drill', () => {
  test('cuts the line, keeps selling, and tells afterwards what has arrived', async () => {
    const { drill, loop, page, sell, store, status, asked } = await createDrillDevice()
    await sell(1)
    await loop.wake()
    await drill.start()
    await sell(2, 3)
    await loop.wake()
    expect(await store.loadUnsent()).toMatchObject({ count: 2 })
    expect(await status.read()).toMatchObject({ isDrill: true })
    const report = await page.endDrill()
    expect(report).toMatchObject({ operations: 2 })
    expect(report.checks.find(({ key }) => key === 'journal')).toMatchObject({
      state: 'ok',
      sentence: 'All 2 sales of the outage have arrived.',
    })
    expect(asked.push.at(-1)).toMatchObject({ firstSeq: 3 })
    expect(await status.read()).toMatchObject({ isDrill: false })
    expect(await page.syncFacts()).toMatchObject({ drill: null, lastDrill: report, protocol: 2 })
  })

  test('survives a reload, and is heard of in other tabs', async () => {
    const { drill, open, page, store, loopPorts, timers } = await createDrillDevice()
    const events = localEvents()
    const other = await openDrill({
      store,
      events,
      clock: loopPorts.clock,
      timers,
      onTimeUp: () => undefined,
    })
    await drill.start()
    expect((await open()).isOn()).toBe(true)
    expect((await page.syncFacts()).drill).toEqual({
      startedAt: loopPorts.clock(),
      endsAt: loopPorts.clock() + 30 * 60_000,
    })
    expect(other.isOn()).toBe(false)
    events.emit({ topics: ['status'], drill: (await store.loadDrill()).running })
    expect(other.isOn()).toBe(true)
  })

  test('ends by itself after 30 minutes, with its report', async () => {
    const { drill, page, sell, timers } = await createDrillDevice()
    await drill.start()
    await sell(1)
    await timers.pass(30 * 60_000)
    expect(drill.isOn()).toBe(false)
    for (let turn = 0; turn < 100 && (await page.syncFacts()).lastDrill === null; turn += 1) await settled()
    expect((await page.syncFacts()).lastDrill).toMatchObject({ operations: 1 })
  })

  test('[I13] does not last longer where the clock is put back', async () => {
    const { drill, store, timers, dependencies, loopPorts } = await createDrillDevice()
    await drill.start()
    const clock = () => loopPorts.clock() - 86_400_000
    const { events } = dependencies
    const later = await openDrill({ store, events, clock, timers, onTimeUp: () => undefined })
    expect(later.isOn()).toBe(false)
  })
})

describe('what the page about the exchange shows', () => {
  test('[C7] lists what is on this device only, oldest first, with what it was', async () => {
    const { page, sell, pullRecords, store, dependencies } = await createDrillDevice()
    await sell(1)
    await pullRecords(['category', 'c', { categoryId: 'c', name: 'Tea', tint: 1, icon: 'leaf', position: 1 }])
    const fields = { name: { base: 'Tea', value: 'Teas' } }
    const act = { opId: '00000000-0000-4000-8000-000000000999', actorId: null, occurredAt: 1 }
    await store.commitEdit(act, { kind: 'category', id: 'c', action: 'change', baseV: 11, fields })
    dependencies.events.emit({ topics: [], recordKeys: 'all' })
    expect(await page.unsentOperations(10)).toMatchObject([
      { seq: 1, kind: 'shift.opened', receiptNumber: null },
      { seq: 2, kind: 'order.paid', receiptNumber: '7-1', totalMinor: 300 },
      { seq: 3, kind: 'record.edited', recordName: 'Teas' },
    ])
    const { operations } = await store.loadRun(3, 1)
    expect(await page.syncFacts()).toMatchObject({ ackedSeq: 0, journalSeq: 3, chain: operations[0]!.chain })
  })
})
