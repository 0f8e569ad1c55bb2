import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PullPage } from '#protocol/pull.ts'
import { createIngestStore } from '../../../server/database/ingest-store.ts'
import type { IngestStore, InstallState } from '../../../server/use-cases/ports.ts'
import type { ChangesReading } from '../../../server/use-cases/read-changes.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import {
  askPull,
  readingOf,
  readLoadPage,
  readPullPage,
  readWholeLoad,
  storeJournal,
} from '../reading-device.ts'
import { enrolRegister, openShop, type Shop, type VirtualRegister } from '../virtual-shop.ts'

let on: TestDatabase
let shop: Shop
let ingest: IngestStore
let reading: ChangesReading
let register: VirtualRegister
let install: InstallState
let epoch: string
const today = new Date().toISOString().slice(0, 10)

beforeAll(async () => {
  on = await createTestDatabase()
  shop = await openShop(on.database)
  ingest = createIngestStore(on.database)
  reading = readingOf(on.database)
  register = await enrolRegister(on.database, shop)
  install = (await ingest.findInstall(register.installId))!
  epoch = (await readLoadPage(reading, install, null)).epoch
})
afterAll(() => on.drop())

const send = (): Promise<void> => storeJournal(ingest, register)
const pullPage = (cursor: number, of: InstallState = install): Promise<PullPage> =>
  readPullPage(reading, of, { cursor, epoch })

async function headNow(): Promise<number> {
  return (await readLoadPage(reading, install, null)).startVersion
}

describe('[L7] the scope', () => {
  const office = (): InstallState => ({ ...install, kind: 'office', storeId: null, registerId: null })
  const elsewhere = (): InstallState => ({ ...install, storeId: randomUUID() })

  test('of a register is its own store, of an office device all stores, without orders', async () => {
    const cursor = await headNow()
    register.sell({ businessDay: today })
    await send()
    const ofOffice = await pullPage(cursor, office())
    const ofElsewhere = await pullPage(cursor, elsewhere())
    expect([ofOffice.segments.length, ofOffice.orders.length]).toEqual([1, 0])
    expect([ofElsewhere.segments.length, ofElsewhere.orders.length]).toEqual([0, 0])
  })

  test('of a record with a store is that store and the offices, when pulled and when loaded', async () => {
    const cursor = await headNow()
    const task = { kind: 'task', id: `fork/${randomUUID()}/1` } as const
    register.append('task.done', {})
    await storeJournal(ingest, register, {
      records: [
        {
          ...task,
          storeId: shop.store.storeId,
          isDeleted: false,
          writers: {},
          doc: { taskId: task.id } as never,
        },
      ],
    })
    for (const [of, isHeld] of [
      [install, true],
      [office(), true],
      [elsewhere(), false],
    ] as const) {
      const { records } = await pullPage(cursor, of)
      expect(records.map(({ id }) => id)).toEqual(isHeld ? [task.id] : [])
      const loaded = (await readWholeLoad(reading, of)).flatMap((page) => page.records)
      expect(loaded.some(({ id }) => id === task.id)).toBe(isHeld)
    }
  })

  test('[L7] a device that is another register by now is told to load again, with its new scope', async () => {
    const moved: InstallState = { ...install, storeId: randomUUID(), registerId: randomUUID() }
    const scopeId = `register ${shop.store.storeId} ${shop.registerId}`
    expect(await askPull(reading, moved, { cursor: 0, epoch, scopeId })).toMatchObject({
      kind: 'load-again',
      reason: 'scope-changed',
      scope: { storeId: moved.storeId, registerId: moved.registerId },
    })
    // Negative control: what it says of itself is all that differs.
    expect(await askPull(reading, install, { cursor: 0, epoch, scopeId })).toMatchObject({ kind: 'page' })
  })
})
