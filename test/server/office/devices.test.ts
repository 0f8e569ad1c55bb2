import { randomUUID, webcrypto } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { Task } from '#domain/catalogue.ts'
import type { EnrolAnswer, PublicKey } from '#protocol/enrolment.ts'
import type { Result } from '#domain/failure.ts'
import { createChangesStore } from '../../../server/database/changes-store.ts'
import { createIngestStore } from '../../../server/database/ingest-store.ts'
import { listRecords } from '../../../server/database/write-records.ts'
import { rejoin, revokeDevice } from '../../../server/office/devices.ts'
import { listRegisters, moveRegister } from '../../../server/office/registers.ts'
import { acceptOperations } from '../../../server/use-cases/accept-operations.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { enrolRegister, ingestPartsOn, openShop, type Shop, type VirtualRegister } from '../virtual-shop.ts'

let on: TestDatabase
let shop: Shop

beforeEach(async () => {
  await on?.drop()
  on = await createTestDatabase({ max: 5 })
  shop = await openShop(on.database)
})
afterAll(() => on.drop())

const push = async (register: VirtualRegister) =>
  acceptOperations(ingestPartsOn(on.database), await register.batch())

const deviceOf = async () => (await listRegisters(on.database, shop.tenantId))[0]!

const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.failure.code)

async function tell(register: VirtualRegister, journalSeq: number): Promise<void> {
  const install = await createIngestStore(on.database).findInstall(register.installId)
  const heard = { cursor: 0, journalSeq, appVersion: '0.2.0' }
  await createChangesStore(on.database).heard(install!, heard)
}

async function tasks(): Promise<Task[]> {
  return on.database.asTenant(shop.tenantId, (tx) => listRecords(tx, 'task'))
}

describe('the list of devices', () => {
  test('says what has arrived, what was only there, and with which app', async () => {
    const register = await enrolRegister(on.database, shop)
    register.sell()
    await push(register)
    await tell(register, register.head.seq + 7)
    const { install } = await deviceOf()
    expect(install).toMatchObject({
      installId: register.installId,
      lastSeq: register.head.seq,
      unsentCount: 7,
      appVersion: '0.2.0',
      revokedAt: null,
    })
  })

  test('[I1] a register that comes back empty while sales were only on its device is reported', async () => {
    const lost = await enrolRegister(on.database, shop)
    lost.sell()
    await push(lost)
    await tell(lost, lost.head.seq + 3)
    expect(await tasks()).toEqual([])
    const fresh = await enrolRegister(on.database, shop)
    expect(await tasks()).toMatchObject([
      { reason: 'storage-lost', installId: lost.installId, registerId: shop.registerId, state: 'open' },
    ])
    const { install, past } = await deviceOf()
    expect(install?.installId).toBe(fresh.installId)
    expect(past.map(({ installId }) => installId)).toEqual([lost.installId])
    // Once of each device, however often the register comes back empty.
    const said = await tasks()
    await enrolRegister(on.database, shop)
    expect(await tasks()).toEqual(said)
  })

  test('a register whose device had sent everything is replaced without a word', async () => {
    const old = await enrolRegister(on.database, shop)
    old.sell()
    await push(old)
    await tell(old, old.head.seq)
    await enrolRegister(on.database, shop)
    expect(await tasks()).toEqual([])
  })
})

describe('[P5] taking a device out of use', () => {
  test('leaves what it sells afterwards welcome, and flagged', async () => {
    const register = await enrolRegister(on.database, shop)
    expect(codeOf(await revokeDevice(on.database, shop.tenantId, register.installId))).toBe('ok')
    register.sell()
    const answer = await push(register)
    expect(answer).toMatchObject({ ok: true, value: { status: 'accepted' } })
    expect(answer.ok && answer.value.status === 'accepted' && answer.value.results.at(-1)?.flags).toContain(
      'revoked-install',
    )
    const { install, past } = await deviceOf()
    expect(install).toBeNull()
    expect(past).toMatchObject([{ installId: register.installId, revokedAt: expect.any(Number) }])
  })

  test('is refused for a device of somebody else', async () => {
    const register = await enrolRegister(on.database, shop)
    expect(codeOf(await revokeDevice(on.database, randomUUID(), register.installId))).toBe('device/unknown')
    expect((await deviceOf()).install?.revokedAt).toBeNull()
  })
})

describe('[L7] moving a register', () => {
  test('moves its devices with it, and refuses a store that is not there', async () => {
    const register = await enrolRegister(on.database, shop)
    const move = (storeId: string) =>
      moveRegister(on.database, shop.tenantId, { registerId: shop.registerId, storeId })
    expect(codeOf(await move(randomUUID()))).toBe('register/no-store')
    expect(codeOf(await move(shop.store.storeId))).toBe('ok')
    const install = await createIngestStore(on.database).findInstall(register.installId)
    expect(install?.storeId).toBe(shop.store.storeId)
  })
})

describe('[P2] a new identity after a fork', () => {
  async function newKey(): Promise<PublicKey> {
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const
    const keys = (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair
    const { kty, crv, x, y } = (await webcrypto.subtle.exportKey('jwk', keys.publicKey)) as PublicKey
    return { kty, crv, x, y }
  }

  async function ask(register: VirtualRegister, newInstallId: string, publicKey: PublicKey) {
    const signature = await register.sign(`evertill-rejoin:${newInstallId}:${publicKey.x}.${publicKey.y}`)
    return rejoin(on.database, { installId: register.installId, newInstallId, publicKey, signature })
  }

  const seriesOf = (result: Result<EnrolAnswer>) => result.ok && result.value.receiptSeries

  test('has the rights of the old one and a receipt series of its own; asked again it is the same', async () => {
    const register = await enrolRegister(on.database, shop)
    const [newInstallId, publicKey] = [randomUUID(), await newKey()]
    const first = await ask(register, newInstallId, publicKey)
    expect(first).toMatchObject({
      ok: true,
      value: { kind: 'register', registerId: shop.registerId, storeId: shop.store.storeId },
    })
    const [oldSeries] = register.sell().receiptNumber.split('-')
    expect(String(seriesOf(first))).toMatch(/^\d+$/)
    expect(String(seriesOf(first))).not.toBe(oldSeries)
    expect(seriesOf(await ask(register, newInstallId, publicKey))).toBe(seriesOf(first))
    const { install, past } = await deviceOf()
    expect(install?.installId).toBe(newInstallId)
    expect(past[0]?.forkedAt).not.toBeNull()
  })

  test('is given to nobody without the old key, nor under an id that is taken', async () => {
    const register = await enrolRegister(on.database, shop)
    const stranger = await enrolRegister(on.database, shop)
    const publicKey = await newKey()
    const newInstallId = randomUUID()
    const signature = await stranger.sign(`evertill-rejoin:${newInstallId}:${publicKey.x}.${publicKey.y}`)
    const forged = { installId: register.installId, newInstallId, publicKey, signature }
    expect(codeOf(await rejoin(on.database, forged))).toBe('device/refused')
    expect(codeOf(await ask(register, stranger.installId, publicKey))).toBe('device/refused')
  })

  test('[P5] goes out of use with its origin, and stays so where the origin asks again', async () => {
    const register = await enrolRegister(on.database, shop)
    const [first, second] = [randomUUID(), randomUUID()]
    await ask(register, first, await newKey())
    await revokeDevice(on.database, shop.tenantId, register.installId)
    expect(codeOf(await ask(register, second, await newKey()))).toBe('ok')
    const store = createIngestStore(on.database)
    for (const installId of [first, second])
      expect((await store.findInstall(installId))?.isRevoked).toBe(true)
  })
})
