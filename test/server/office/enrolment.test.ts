import { randomUUID, webcrypto } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EnrolAnswer, EnrolRequest, PublicKey } from '#protocol/enrolment.ts'
import type { Result } from '#domain/failure.ts'
import { writeRecords } from '../../../server/database/write-records.ts'
import { revokeDevice } from '../../../server/office/devices.ts'
import { createEnrolmentCode, enrol } from '../../../server/office/enrolment.ts'
import { addRegister, listRegisters } from '../../../server/office/registers.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { serve } from '../served.ts'
import { openShop, type Shop } from '../virtual-shop.ts'

let on: TestDatabase
let shop: Shop

beforeAll(async () => {
  on = await createTestDatabase({ max: 20 })
  shop = await openShop(on.database)
})
afterAll(() => on.drop())

async function newCode(registerId: string | null = shop.registerId): Promise<string> {
  const made = await createEnrolmentCode(on.database, shop.tenantId, registerId)
  if (!made.ok) throw new Error(made.failure.code)
  return made.value.code
}

async function newDevice(): Promise<Omit<EnrolRequest, 'code'>> {
  const keys = (await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
  ])) as CryptoKeyPair
  const { kty, crv, x, y } = (await webcrypto.subtle.exportKey('jwk', keys.publicKey)) as PublicKey
  return { installId: randomUUID(), publicKey: { kty, crv, x, y } }
}

const redeem = (code: string, device: Omit<EnrolRequest, 'code'>): Promise<Result<EnrolAnswer>> =>
  enrol(on.database, { code, ...device })

const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.failure.code)

const installs = async (): Promise<number> => {
  const [row] = await on.database.asTenant(shop.tenantId, (tx) =>
    tx.query<{ n: number }>('select count(*) as n from install'),
  )
  return row!.n
}

describe('[C2] a device from before the database was put back', () => {
  const seriesOf = (result: Result<EnrolAnswer>) => result.ok && result.value.receiptSeries

  test('keeps the receipt series it holds, and nobody gets it afterwards', async () => {
    const device = { ...(await newDevice()), heldSeries: 500 }
    expect(seriesOf(await redeem(await newCode(), device))).toBe(500)
    expect(seriesOf(await redeem(await newCode(), await newDevice()))).toBe(501)
  })

  test('gets another where its own was given away since', async () => {
    const taken = seriesOf(await redeem(await newCode(), await newDevice()))
    const device = { ...(await newDevice()), heldSeries: Number(taken) }
    expect(seriesOf(await redeem(await newCode(), device))).toBe(Number(taken) + 1)
  })
})

describe('a code', () => {
  test('enrols one device, typed in any case with hyphens and spaces, and no other', async () => {
    const code = await newCode()
    const typed = ` ${code.slice(0, 4).toLowerCase()}-${code.slice(4)} `
    expect(await redeem(typed, await newDevice())).toMatchObject({
      ok: true,
      value: { kind: 'register', registerId: shop.registerId, storeId: shop.store.storeId },
    })
    expect(codeOf(await redeem(code, await newDevice()))).toBe('enrolment/code-used')
  })

  test('asked again by the device whose answer was lost gives the same answer, also after it ran out', async () => {
    const code = await newCode()
    const device = await newDevice()
    const first = await redeem(code, device)
    const before = await installs()
    await on.database.asTenant(shop.tenantId, (tx) =>
      tx.query(`update enrolment_code set expires_at = now() - interval '1 day'`),
    )
    expect(await redeem(code, device)).toEqual(first)
    expect(await installs()).toBe(before)
  })

  test('made anew after a lost answer gives the device what the first one gave', async () => {
    const device = await newDevice()
    const first = await redeem(await newCode(), device)
    expect(await redeem(await newCode(), device)).toEqual(first)
  })

  test('does not turn a device into another register, nor give its place to another key', async () => {
    const device = await newDevice()
    const code = await newCode()
    await redeem(code, device)
    const { publicKey } = await newDevice()
    const added = await addRegister(on.database, shop.tenantId, {
      storeId: shop.store.storeId,
      name: 'Patio',
    })
    if (!added.ok) throw new Error(added.failure.code)
    const tries = [
      await redeem(await newCode(added.value.registerId), device),
      await redeem(await newCode(null), device),
      await redeem(code, { ...device, publicKey }),
      await redeem(await newCode(), { ...device, publicKey }),
    ]
    expect(tries.map(codeOf)).toEqual(tries.map(() => 'enrolment/known-device'))
  })

  test('runs out after ten minutes', async () => {
    const made = await createEnrolmentCode(on.database, shop.tenantId, null)
    if (!made.ok) throw new Error(made.failure.code)
    expect(Math.abs(made.value.expiresAt - Date.now() - 600_000)).toBeLessThan(10_000)
    await on.database.asTenant(shop.tenantId, (tx) =>
      tx.query(`update enrolment_code set expires_at = now() - interval '1 second' where used_by is null`),
    )
    expect(codeOf(await redeem(made.value.code, await newDevice()))).toBe('enrolment/code-expired')
  })

  test('of a register that was deleted meanwhile enrols nothing', async () => {
    const added = await addRegister(on.database, shop.tenantId, {
      storeId: shop.store.storeId,
      name: 'Short-lived',
    })
    if (!added.ok) throw new Error(added.failure.code)
    const { registerId } = added.value
    const code = await newCode(registerId)
    await on.database.asTenant(shop.tenantId, async (tx) => {
      await tx.query('select next_version($1)', [shop.tenantId])
      await writeRecords(tx, [{ kind: 'register', id: registerId, doc: null }])
    })
    expect(codeOf(await redeem(code, await newDevice()))).toBe('enrolment/no-register')
    const again = await createEnrolmentCode(on.database, shop.tenantId, registerId)
    expect(codeOf(again)).toBe('enrolment/no-register')
  })

  test('is stored as its hash only', async () => {
    const code = await newCode()
    const rows = await on.database.asTenant(shop.tenantId, (tx) => tx.query('select * from enrolment_code'))
    expect(JSON.stringify(rows)).not.toContain(code)
  })

  test('is guessed twenty times a minute from one address, not oftener', async () => {
    const served = await serve(on.database)
    const device = await newDevice()
    const guess = (from: string) =>
      served.mutate('enrolment.enrol', { code: 'BCDF2345', ...device }, { from })
    const statuses = []
    for (let count = 0; count < 22; count += 1) statuses.push((await guess('10.0.0.9')).status)
    expect(statuses).toEqual([...Array<number>(20).fill(200), 429, 429])
    expect((await guess('10.0.0.10')).status).toBe(200)
    await served.app.close()
  })
})

describe('many at once', () => {
  test('twenty devices get twenty receipt series', async () => {
    const codes = await Promise.all(Array.from({ length: 20 }, () => newCode()))
    const devices = await Promise.all(codes.map(() => newDevice()))
    const answers = await Promise.all(codes.map((code, index) => redeem(code, devices[index]!)))
    const series = answers.map((answer) => (answer.ok ? answer.value.receiptSeries : null))
    expect(new Set(series).size).toBe(20)
    expect(series).not.toContain(null)
  })

  test('one code for ten devices enrols one of them', async () => {
    const code = await newCode()
    const devices = await Promise.all(Array.from({ length: 10 }, () => newDevice()))
    const answers = await Promise.all(devices.map((device) => redeem(code, device)))
    expect(answers.map(codeOf).toSorted()).toEqual([...Array(9).fill('enrolment/code-used'), 'ok'])
  })

  test('one device that asks five times at once is enrolled once', async () => {
    const code = await newCode()
    const device = await newDevice()
    const before = await installs()
    const answers = await Promise.all(Array.from({ length: 5 }, () => redeem(code, device)))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(await installs()).toBe(before + 1)
  })
})

test('[P5] no code takes a device out of use back under its old name, and a new one may have its register', async () => {
  const device = await newDevice()
  await redeem(await newCode(), device)
  expect(codeOf(await revokeDevice(on.database, shop.tenantId, device.installId))).toBe('ok')
  expect(codeOf(await redeem(await newCode(), device))).toBe('enrolment/known-device')
  expect(codeOf(await redeem(await newCode(), await newDevice()))).toBe('ok')
})

test('the list of registers names the newest device of each, and no revoked one', async () => {
  const device = await newDevice()
  await redeem(await newCode(), device)
  const current = async (): Promise<string | undefined> =>
    (await listRegisters(on.database, shop.tenantId)).find((each) => each.registerId === shop.registerId)
      ?.install?.installId
  expect(await current()).toBe(device.installId)
  await on.database.asTenant(shop.tenantId, (tx) =>
    tx.query('update install set revoked_at = now() where install_id = $1', [device.installId]),
  )
  expect(await current()).not.toBe(device.installId)
})
