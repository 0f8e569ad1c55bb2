import { describe, expect, test } from 'vitest'
import { listCarried, recordCarried, saveCarried } from '../../src/storage/carried.ts'
import { noteRevoked } from '../../src/storage/changes.ts'
import { forgetEnrolment, keepIdentity, loadIdentity, readmit } from '../../src/storage/enrolment.ts'
import { loadExported, markExported, recordPush } from '../../src/storage/journal.ts'
import type { CarriedRow } from '../../src/storage/rows.ts'
import { commitSale } from '../../src/storage/sale.ts'
import { createMemoryDevice, epoch, NOW, saleOf } from './memory-device.ts'
import { metaOf } from './pulled-device.ts'

const batch: CarriedRow = {
  installId: 'other',
  firstSeq: 1,
  lastSeq: 3,
  registerName: 'Bar',
  importedAt: NOW,
  request: { chain: 'a' },
  outcome: null,
}

describe('forgetting', () => {
  test('[C6] is refused while an operation exists here only, and allowed once it is sent', async () => {
    const device = await createMemoryDevice()
    await commitSale(device, saleOf(1))
    const before = device.disk.image()
    expect(await forgetEnrolment(device.storage)).toBe('unsent')
    expect(device.disk.image()).toEqual(before)
    const sent = { epoch, fromSeq: 1, toSeq: 2 }
    await recordPush(device.storage, sent, { status: 'accepted', ackedSeq: 2 }, NOW)
    expect(await forgetEnrolment(device.storage)).toBe('forgotten')
    expect([...device.disk.image().values()].every((rows) => rows.size === 0)).toBe(true)
  })

  test('[C6] is allowed once the journal was exported to its end, and not a sale later', async () => {
    const device = await createMemoryDevice()
    await commitSale(device, saleOf(1))
    await markExported(device.storage, 2, NOW)
    await commitSale(device, saleOf(2))
    expect(await forgetEnrolment(device.storage)).toBe('unsent')
    await markExported(device.storage, 3, NOW + 1)
    await markExported(device.storage, 1, NOW + 2)
    expect(await loadExported(device.storage)).toEqual({ seq: 3, at: NOW + 1 })
    expect(await forgetEnrolment(device.storage)).toBe('forgotten')
  })

  test('[C6] is refused while another device’s journal waits here to be handed over', async () => {
    const device = await createMemoryDevice()
    await saveCarried(device, [batch], NOW)
    expect(await forgetEnrolment(device.storage)).toBe('unsent')
    await recordCarried(device.storage, batch, { ackedSeq: 3 })
    expect(await forgetEnrolment(device.storage)).toBe('forgotten')
  })
})

test('[C6] importing a journal twice changes nothing; a longer one takes the shorter one’s place', async () => {
  const device = await createMemoryDevice()
  await saveCarried(device, [batch], NOW)
  await recordCarried(device.storage, batch, { ackedSeq: 3 })
  const before = await listCarried(device.storage)
  await saveCarried(device, [{ ...batch, importedAt: NOW + 1 }], NOW + 1)
  expect(await listCarried(device.storage)).toEqual(before)
  const longer = { ...batch, lastSeq: 5 }
  await saveCarried(device, [longer], NOW + 2)
  // An answer to the shorter one that comes late.
  await recordCarried(device.storage, batch, { ackedSeq: 3 })
  expect(await listCarried(device.storage)).toEqual([longer])
})

test.each([7, 9])(
  '[P5] a device out of use is in use again where it was enrolled anew, with series %i',
  async (series) => {
    const device = await createMemoryDevice()
    await noteRevoked(device.storage, NOW)
    const { receipt } = await metaOf(device, 'journal')
    await readmit(device.storage, series)
    expect(await metaOf(device, 'sync')).toMatchObject({ isRevoked: false })
    expect((await metaOf(device, 'journal')).receipt).toEqual(series === 7 ? receipt : { series, next: 1 })
  },
)

test('[C4] two tabs that offer an identity keep the first', async () => {
  const { storage } = await createMemoryDevice()
  const pairs = [{} as CryptoKeyPair, {} as CryptoKeyPair]
  const kept = await Promise.all(
    pairs.map((pair, index) => keepIdentity(storage, { installId: `${index}`, pair })),
  )
  expect(kept.map((identity) => identity.installId)).toEqual(['0', '0'])
  expect(await loadIdentity(storage)).toMatchObject({ installId: '0' })
  expect(await loadIdentity(storage, 'rejoining')).toBeNull()
})
