import { describe, expect, test } from 'vitest'
import { success } from '#domain/failure.ts'
import type { PushRequest } from '#protocol/push.ts'
import type { CarriedRow } from '../../src/storage/rows.ts'
import { carriedJournals } from '../../src/worker/carried-journals.ts'
import { runCycle } from '../../src/worker/sync-cycle.ts'
import { idOf, NOW } from '../storage/memory-device.ts'
import { accepted, answer, createSyncDevice, lost, refused, type SyncDevice } from './sync-device.ts'

const never = (): boolean => false
const otherInstall = idOf(500)

/** Two operations of another device. */
const batchFrom = (firstSeq: number): CarriedRow => ({
  installId: otherInstall,
  firstSeq,
  lastSeq: firstSeq + 1,
  registerName: 'Till 2',
  importedAt: NOW,
  request: { installId: otherInstall, firstSeq, opIds: [idOf(1), idOf(2)], signature: 'theirs' },
  outcome: null,
})

const outcomes = async ({ store }: SyncDevice) => (await store.listCarried()).map(({ outcome }) => outcome)

const shown = async ({ store }: SyncDevice) => carriedJournals(await store.listCarried())[0]!

/** Holds the other device's journal up to `heldSeq`, and takes what follows it. */
function serverHolding(heldSeq: number) {
  const server = {
    heldSeq,
    push: async ({ firstSeq, opIds }: PushRequest) => {
      if (firstSeq > server.heldSeq + 1)
        return answer(success({ status: 'gap', expectedSeq: server.heldSeq + 1 }))
      server.heldSeq = Math.max(server.heldSeq, firstSeq + opIds.length - 1)
      return accepted(server.heldSeq)
    },
  }
  return server
}

describe('what was brought here from other devices', () => {
  test('[C6] is handed over as it was signed, once', async () => {
    const device = await createSyncDevice()
    await device.store.saveCarried([batchFrom(1), batchFrom(3)], NOW)
    await runCycle(device.ports, never)
    await runCycle(device.ports, never)
    expect(device.asked.push).toEqual([batchFrom(1).request, batchFrom(3).request])
    expect(await outcomes(device)).toEqual([{ ackedSeq: 2 }, { ackedSeq: 4 }])
    expect(device.events.filter(({ topics }) => topics.includes('carried'))).toHaveLength(2)
  })

  test('[C6] waits where the server does not answer', async () => {
    const device = await createSyncDevice()
    await device.store.saveCarried([batchFrom(1), batchFrom(3)], NOW)
    device.script.push = async () => lost
    expect(await runCycle(device.ports, never)).toMatchObject({ kind: 'retry' })
    expect(await outcomes(device)).toEqual([null, null])
  })

  test('[C6] says why where it was refused, and is no trouble of this device', async () => {
    const device = await createSyncDevice()
    await device.store.saveCarried([batchFrom(1)], NOW)
    device.script.push = async () => refused('push/bad-signature')
    expect(await runCycle(device.ports, never)).toEqual({ kind: 'done' })
    expect(await outcomes(device)).toEqual([{ code: 'push/bad-signature' }])
  })

  test('[C6] what was refused is tried again where somebody takes it in once more', async () => {
    const device = await createSyncDevice()
    const { push } = device.script
    await device.store.saveCarried([batchFrom(1)], NOW)
    device.script.push = async () => refused('push/unknown-install')
    await runCycle(device.ports, never)
    device.script.push = push
    await device.store.saveCarried([batchFrom(1)], NOW)
    await runCycle(device.ports, never)
    expect(await outcomes(device)).toEqual([{ ackedSeq: 2 }])
  })
})

describe('[C6] [P2] where an earlier part of a journal is missing at the server', () => {
  test('says which, once, and other journals go on', async () => {
    const device = await createSyncDevice()
    const another = {
      ...batchFrom(1),
      installId: idOf(501),
      request: { ...batchFrom(1).request!, firstSeq: 1 },
    }
    await device.store.saveCarried([batchFrom(5), batchFrom(7), another], NOW)
    device.script.push = serverHolding(2).push
    expect(await runCycle(device.ports, never)).toEqual({ kind: 'done' })
    await runCycle(device.ports, never)
    expect(await outcomes(device)).toEqual([{ missingFromSeq: 3 }, null, { ackedSeq: 2 }])
    expect(await shown(device)).toMatchObject({
      state: 'waiting',
      failure: { code: 'journal/part-missing', sentence: 'Its entries 3 to 4 have not arrived yet.' },
    })
    expect(device.events.filter(({ topics }) => topics.includes('carried'))).toHaveLength(2)
  })

  test('goes on when that part has come from the device itself', async () => {
    const device = await createSyncDevice()
    await device.store.saveCarried([batchFrom(5), batchFrom(7)], NOW)
    const server = serverHolding(3)
    device.script.push = server.push
    await runCycle(device.ports, never)
    expect((await shown(device)).failure?.sentence).toBe('Its entry 4 has not arrived yet.')
    server.heldSeq = 4
    await runCycle(device.ports, never)
    expect(await outcomes(device)).toEqual([{ ackedSeq: 6 }, { ackedSeq: 8 }])
    expect(await shown(device)).toMatchObject({ state: 'handed-over', failure: null })
  })

  test('goes on when that part is taken in here', async () => {
    const device = await createSyncDevice()
    await device.store.saveCarried([batchFrom(3)], NOW)
    device.script.push = serverHolding(0).push
    await runCycle(device.ports, never)
    await device.store.saveCarried([batchFrom(1)], NOW)
    await runCycle(device.ports, never)
    expect(await outcomes(device)).toEqual([{ ackedSeq: 2 }, { ackedSeq: 4 }])
  })

  test('[L5] it is offered again where it was handed over from here, and the server has lost it since', async () => {
    const device = await createSyncDevice()
    await device.store.saveCarried([batchFrom(1), batchFrom(3)], NOW)
    const server = serverHolding(0)
    device.script.push = server.push
    await runCycle(device.ports, never)
    server.heldSeq = 0
    await device.store.saveCarried([batchFrom(5)], NOW)
    await runCycle(device.ports, never)
    await runCycle(device.ports, never)
    expect(server.heldSeq).toBe(6)
    expect(await outcomes(device)).toEqual([{ ackedSeq: 2 }, { ackedSeq: 4 }, { ackedSeq: 6 }])
  })

  test('[C6] the carrier is not forgotten while it waits', async () => {
    const device = await createSyncDevice()
    await device.store.saveCarried([batchFrom(3)], NOW)
    device.script.push = serverHolding(0).push
    await runCycle(device.ports, never)
    expect(await device.store.forgetEnrolment()).toBe('unsent')
  })
})
