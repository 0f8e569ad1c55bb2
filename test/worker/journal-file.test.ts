import { webcrypto } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { JournalFile } from '#protocol/proof.ts'
import { createJournalExport } from '../../src/worker/export-journal.ts'
import { createIdentity } from '../../src/worker/identity.ts'
import { createJournalImport } from '../../src/worker/import-journal.ts'
import { fromFrames, toFrames } from '../../src/worker/journal-frames.ts'
import { browserPacking } from '../../src/worker/browser-powers.ts'
import { idOf, installId, NOW, registerId } from '../storage/memory-device.ts'
import { runCycle } from '../../src/worker/sync-cycle.ts'
import { createSyncDevice, page } from './sync-device.ts'

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }

/** A device with a real key, of which something may be taken out. */
async function createSeller() {
  const device = await createSyncDevice()
  const pair = await webcrypto.subtle.generateKey(algorithm, false, ['sign', 'verify'])
  await device.store.keepIdentity({ installId, pair: pair as CryptoKeyPair })
  const identity = createIdentity(device.store, () => idOf(1))
  const ports = { ...device.ports, identity, packing: browserPacking }
  const exporting = createJournalExport({ ...ports, store: device.store })
  return { ...device, ports, exporting }
}

/** Another device of the business, which takes journals in. */
async function createCarrier() {
  const device = await createSyncDevice()
  await device.memory.storage.write(['meta'], 'strict', async (tx) => {
    const install = (await tx.get('meta', 'install'))!.value as object
    tx.put('meta', [{ key: 'install', value: { ...install, installId: idOf(800) } }])
  })
  const { ports, store } = device
  const importing = createJournalImport({
    ...ports,
    store,
    packing: browserPacking,
    wakeSync: () => undefined,
  })
  return { ...device, importing }
}

async function exported(seller: Awaited<ReturnType<typeof createSeller>>) {
  const file = await seller.exporting.exportJournal()
  if (!file.ok) throw new Error(file.failure.code)
  return file.value
}

describe('a journal file', () => {
  test('[C6] is taken by another device, which hands it over as it was signed', async () => {
    const [seller, carrier] = [await createSeller(), await createCarrier()]
    await seller.sell(1, 2)
    const file = await exported(seller)
    expect(file).toMatchObject({ operations: 3, fileName: 'evertill-journal-device-2025-11-21.json' })
    expect(await carrier.importing.importJournal(file.text)).toMatchObject({
      ok: true,
      value: { installId, operations: 3, state: 'waiting', failure: null },
    })
    await runCycle(carrier.ports, () => false)
    expect(carrier.asked.push).toEqual((JSON.parse(file.text) as JournalFile).batches)
    expect(await carrier.importing.carriedJournals()).toMatchObject([{ installId, state: 'handed-over' }])
  })

  test('[C6] [I4] changes nothing when it is imported twice', async () => {
    const [seller, carrier] = [await createSeller(), await createCarrier()]
    await seller.sell(1)
    const { text } = await exported(seller)
    await carrier.importing.importJournal(text)
    await runCycle(carrier.ports, () => false)
    const before = await carrier.store.listCarried()
    expect(await carrier.importing.importJournal(text)).toMatchObject({ value: { state: 'handed-over' } })
    expect(await carrier.store.listCarried()).toEqual(before)
    await runCycle(carrier.ports, () => false)
    expect(carrier.asked.push).toHaveLength(1)
  })

  test('[C6] lets the device be forgotten, as its sales are outside of it now', async () => {
    const seller = await createSeller()
    await seller.sell(1)
    expect(await seller.store.forgetEnrolment()).toBe('unsent')
    await exported(seller)
    expect(await seller.store.loadExported()).toMatchObject({ seq: 2 })
    expect(await seller.store.forgetEnrolment()).toBe('forgotten')
  })

  test('[C6] a carrier is not forgotten while it carries what nobody else has', async () => {
    const [seller, carrier] = [await createSeller(), await createCarrier()]
    await seller.sell(1)
    await carrier.importing.importJournal((await exported(seller)).text)
    expect(await carrier.store.forgetEnrolment()).toBe('unsent')
  })

  const forgeries: [string, (file: JournalFile) => JournalFile, string][] = [
    [
      'with another price',
      (file) => ({
        ...file,
        batches: file.batches.map((batch) => ({
          ...batch,
          occurredAts: batch.occurredAts.map((at) => at + 1),
        })),
      }),
      'journal/damaged',
    ],
    [
      'signed by another key',
      (file) => ({ ...file, publicKey: { ...file.publicKey, x: file.publicKey.y } }),
      'journal/damaged',
    ],
    ['without its batches', (file) => ({ ...file, batches: [] }), 'journal/damaged'],
    ['of another install', (file) => ({ ...file, installId: idOf(9) }), 'journal/damaged'],
    ['of this very device', (file) => ({ ...file, installId: idOf(800) }), 'journal/own'],
    ['that is something else', () => ({ format: 'recipe' }) as unknown as JournalFile, 'journal/unreadable'],
  ]
  test.each(forgeries)('[C6] %s is not taken', async (_, change, code) => {
    const [seller, carrier] = [await createSeller(), await createCarrier()]
    await seller.sell(1)
    const text = JSON.stringify(change(JSON.parse((await exported(seller)).text) as JournalFile))
    expect(await carrier.importing.importJournal(text)).toMatchObject({ ok: false, failure: { code } })
    expect(await carrier.store.listCarried()).toEqual([])
  })

  test('[C5] leaves a full disk too; as that can’t be noted, the device is not forgotten', async () => {
    const seller = await createSeller()
    await seller.sell(1, 2)
    const markExported = async (): Promise<never> => {
      throw new DOMException('full', 'QuotaExceededError')
    }
    const exporting = createJournalExport({ ...seller.ports, store: { ...seller.store, markExported } })
    expect(await exporting.exportJournal()).toMatchObject({ ok: true, value: { operations: 3 } })
    expect(await seller.store.loadExported()).toBeNull()
  })

  test('says so where there is nothing to take out', async () => {
    expect(await (await createSeller()).exporting.exportJournal()).toMatchObject({
      failure: { code: 'journal/empty' },
    })
  })
})

describe('a row of QR codes', () => {
  test('[C6] holds what is on the device only, and may be read in any sequence, twice', async () => {
    const [seller, carrier] = [await createSeller(), await createCarrier()]
    await seller.sell(1, 2, 3)
    await runCycle(seller.ports, () => false)
    await seller.sell(4, 5)
    const { frames } = await exported(seller)
    expect(frames.every((frame) => frame.length <= 700)).toBe(true)
    const read = [...frames.toReversed(), frames[0]!].join('\n')
    expect(await carrier.importing.importJournal(read)).toMatchObject({ value: { operations: 2 } })
    expect((await carrier.store.listCarried())[0]).toMatchObject({ firstSeq: 5, lastSeq: 6 })
  })

  test('is empty where everything is sent', async () => {
    const seller = await createSeller()
    await seller.sell(1)
    await runCycle(seller.ports, () => false)
    expect((await exported(seller)).frames).toEqual([])
  })

  test('names what is missing, and notices what is damaged or of another row', () => {
    const frames = toFrames('A'.repeat(640) + 'B'.repeat(640) + 'C'.repeat(10))
    expect(frames).toHaveLength(3)
    expect(fromFrames(frames)).toEqual({
      ok: true,
      value: 'A'.repeat(640) + 'B'.repeat(640) + 'C'.repeat(10),
    })
    expect(fromFrames([frames[0]!, frames[2]!])).toMatchObject({
      failure: { code: 'journal/frames-missing', sentence: '1 of 3 codes are missing: 2' },
    })
    expect(fromFrames([frames[0]!.replace('AA', 'AB')])).toMatchObject({
      failure: { code: 'journal/frames-damaged' },
    })
    expect(fromFrames([...frames, ...toFrames('D')])).toMatchObject({
      failure: { code: 'journal/frames-mixed' },
    })
  })
})

test('a file is named after its register', async () => {
  const seller = await createSeller()
  await seller.sell(1)
  const doc = { registerId, storeId: idOf(2), name: 'Till 1 – Café' }
  const came = { kind: 'register' as const, id: registerId, v: 11, isDeleted: false, doc }
  await seller.store.applyPage({ ...page({ next: 11, head: 11 }), records: [came], installId }, NOW)
  expect((await exported(seller)).fileName).toBe('evertill-journal-till-1-cafe-2025-11-21.json')
})
