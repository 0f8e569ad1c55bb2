import { success } from '#domain/failure.ts'
import { fromColumns } from '#sync/run-columns.ts'
import { expect, test } from 'vitest'
import { keepIdentity } from '../../src/storage/enrolment.ts'
import { dropHistory } from '../../src/storage/give-way.ts'
import type { ReadyRunRow } from '../../src/storage/rows.ts'
import { packBatch } from '../../src/worker/push-batch.ts'
import { readyAhead } from '../../src/worker/ready-ahead.ts'
import { createSyncLoop } from '../../src/worker/sync-loop.ts'
import { push } from '../../src/worker/sync-push.ts'
import { epoch, idOf, installId, NOW } from '../storage/memory-device.ts'
import { answer, createSyncDevice, lost, type SyncDevice } from './sync-device.ts'

const never = (): boolean => false

/** Batches of two; the first sale opens the shift, so that n sales are n + 1 operations. */
async function createSeller(sales: number) {
  const device = await createSyncDevice()
  await keepIdentity(device.memory.storage, { installId, pair: {} as CryptoKeyPair })
  await device.sell(...Array.from({ length: sales }, (_, index) => index + 1))
  let deflated = 0
  const ports = {
    ...device.ports,
    mostABatch: 2,
    packing: {
      ...device.ports.packing,
      deflate: (text: string) => {
        deflated += 1
        return device.ports.packing.deflate(text)
      },
    },
  }
  return { ...device, ports, deflatedSoFar: () => deflated }
}

const rowsOf = ({ memory }: SyncDevice): Promise<ReadyRunRow[]> =>
  memory.storage.read(['readyRuns'], (tx) => tx.list('readyRuns'))

const placesOf = async (device: SyncDevice): Promise<number[][]> =>
  (await rowsOf(device)).map(({ fromSeq, toSeq }) => [fromSeq, toSeq])

test('[P1] full batches are made ready, are sent as they lie there, and go when the server holds them', async () => {
  const device = await createSeller(4)
  await readyAhead(device.ports, never)
  expect(await placesOf(device)).toEqual([
    [1, 2],
    [3, 4],
  ])
  await device.sell(5)
  const before = device.deflatedSoFar()
  expect(await push(device.ports, never)).toEqual({ kind: 'done' })
  expect(device.deflatedSoFar() - before).toBe(1)
  const { operations } = await device.store.loadRun(1, 10)
  expect(device.asked.push.flatMap((request) => fromColumns(request, request.payloads))).toEqual(operations)
  for (const request of device.asked.push)
    expect(request).toMatchObject({
      protocol: 2,
      appVersion: '0.2.0',
      journalSeq: 6,
      signature: `signed evertill-push:${request.chain}`,
    })
  expect(await rowsOf(device)).toEqual([])
  expect(await device.store.loadSync()).toMatchObject({ pushedSeq: 6, ackedSeq: 6 })
})

test('what is ready stays so: only what came since is packed', async () => {
  const device = await createSeller(3)
  await readyAhead(device.ports, never)
  await device.sell(4, 5)
  await readyAhead(device.ports, never)
  expect(device.deflatedSoFar()).toBe(3)
  expect(await placesOf(device)).toEqual([
    [1, 2],
    [3, 4],
    [5, 6],
  ])
})

test('a run that does not begin where the next batch does makes room for one that does', async () => {
  const device = await createSeller(4)
  await readyAhead(device.ports, never)
  await device.store.recordPush({ epoch, fromSeq: 1, toSeq: 1 }, { status: 'accepted', ackedSeq: 1 }, NOW)
  await readyAhead(device.ports, never)
  expect(await placesOf(device)).toEqual([
    [2, 3],
    [4, 5],
  ])
})

test('[P2] under a new identity nothing is sent that was packed under the old one', async () => {
  const device = await createSeller(3)
  await readyAhead(device.ports, never)
  const take = device.script.push
  device.script.push = async () => {
    device.script.push = take
    return answer(success({ status: 'fork', atSeq: 1 }))
  }
  expect(await push(device.ports, never)).toEqual({ kind: 'more' })
  expect(await rowsOf(device)).toEqual([])
  expect(await push(device.ports, never)).toEqual({ kind: 'done' })
  expect(device.asked.push.slice(-2).map((request) => request.installId)).toEqual([idOf(77), idOf(77)])
})

test('[P2] a run whose chain is not the journal’s, or of another protocol, is passed over', async () => {
  const device = await createSeller(1)
  const { memory, ports } = device
  await readyAhead(ports, never)
  const [ready] = await rowsOf(device)
  const put = (row: ReadyRunRow) =>
    memory.storage.write(['readyRuns'], 'strict', async (tx) => tx.put('readyRuns', [row]))
  expect(await device.store.loadReadyRun(1)).not.toBeNull()
  await put({ ...ready!, request: { ...ready!.request, chain: 'f'.repeat(64) } })
  expect(await device.store.loadReadyRun(1)).toBeNull()
  await put({ ...ready!, protocol: 1 })
  const before = device.deflatedSoFar()
  await push(ports, never)
  expect(device.deflatedSoFar() - before).toBe(1)
})

test('a batch that was packed before the device took another identity is not kept', async () => {
  const device = await createSeller(1)
  const { request, firstSeq, lastSeq } = (await packBatch(device.ports, 1))!
  const row = { fromSeq: firstSeq, toSeq: lastSeq, protocol: 2 }
  expect(await device.store.keepReadyRun({ ...row, request: { ...request, installId: idOf(5) } })).toBe(false)
  expect(await rowsOf(device)).toEqual([])
  expect(await device.store.keepReadyRun({ ...row, request })).toBe(true)
})

test('without network the loop makes batches ready, and leaves off when it is woken', async () => {
  const device = await createSeller(9)
  const done: string[] = []
  device.script.push = async () => (done.push('asked'), lost)
  const { keepReadyRun } = device.store
  const store = {
    ...device.store,
    keepReadyRun: (row: ReadyRunRow) => {
      if (!done.includes('kept')) void loop.wake()
      done.push('kept')
      return keepReadyRun(row)
    },
  }
  const loop = createSyncLoop({ ...device.loopPorts, store, mostABatch: 2 })
  await loop.wake()
  expect(done).toEqual(['asked', 'kept', 'asked', 'kept', 'kept', 'kept', 'kept'])
  expect(await placesOf(device)).toHaveLength(5)
  expect(device.errors).toEqual([])
})

test('[C5] what is ready gives way before anything that counts', async () => {
  const device = await createSeller(3)
  await readyAhead(device.ports, never)
  await dropHistory(device.memory.storage)
  expect(await rowsOf(device)).toEqual([])
  expect(await push(device.ports, never)).toEqual({ kind: 'done' })
  expect(await device.store.loadSync()).toMatchObject({ ackedSeq: 4 })
})

test('[C5] on a full disk nothing is made ready, and nothing else comes of it', async () => {
  const device = await createSeller(3)
  device.script.push = async () => lost
  const full = () => Promise.reject(new DOMException('No room', 'QuotaExceededError'))
  const store = { ...device.store, keepReadyRun: full }
  await createSyncLoop({ ...device.loopPorts, store, mostABatch: 2 }).wake()
  expect(device.errors).toEqual([])
  expect(device.shown.at(-1)).toMatchObject({ isOnline: false })
})
