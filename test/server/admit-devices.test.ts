import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PROTOCOL_VERSION } from '#protocol/version.ts'
import { createTenantOfInstall } from '../../server/tenant-of-install.ts'
import { createApiClient } from '../../src/transport/api-client.ts'
import { call } from '../../src/transport/call.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { serve, type Served } from './served.ts'
import { enrolRegister, openShop, type Shop, type VirtualRegister } from './virtual-shop.ts'

let on: TestDatabase
let served: Served
let shop: Shop
let registers: VirtualRegister[]

beforeAll(async () => {
  on = await createTestDatabase()
  shop = await openShop(on.database)
  registers = []
  for (let count = 0; count < 3; count += 1) {
    const register = await enrolRegister(on.database, shop)
    register.sell()
    registers.push(register)
  }
  served = await serve(on.database, { config: { devicesAtOnce: 1, devicesWaiting: 0 } })
})

afterAll(async () => {
  await served.app.close()
  await on.drop()
})

describe('with one place and no line', () => {
  test('[P6] sales that come together are taken or told when to come again, and then they are taken', async () => {
    const url = `http://${await served.listen()}/trpc`
    const api = createApiClient({ url, deviceToken: () => Promise.resolve(null), isCutOff: () => false })
    const batches = await Promise.all(registers.map((register) => register.batch()))
    const outcomes = await Promise.all(batches.map((batch) => call(() => api.operations.push.mutate(batch))))
    const kinds = outcomes.map(({ kind }) => kind)
    expect(kinds.toSorted()).toEqual(['answer', 'retry', 'retry'])
    for (const outcome of outcomes) {
      if (outcome.kind !== 'retry') continue
      expect(outcome.waitMs).toBeGreaterThanOrEqual(1_000)
      expect(outcome.waitMs).toBeLessThanOrEqual(19_000)
    }
    for (const batch of batches) {
      const again = await call(() => api.operations.push.mutate(batch))
      expect(again).toMatchObject({ kind: 'answer', value: { ok: true, value: { ackedSeq: 1 } } })
    }
    // What was refused on purpose is no fault in the log.
    expect(logLevels(503)).toEqual(new Set(['info']))
  })

  test('each kind of work has places of its own, and people need none', async () => {
    const batch = await registers[0]!.batch()
    const { installId } = registers[1]!
    const answers = await Promise.all([
      served.mutate('operations.push', batch),
      served.mutate('device.challenge', { installId }),
      served.query('setup.state'),
      served.query('session.me'),
    ])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  })

  test('a token that is none gets no further than its line', async () => {
    const question = {
      ...{ protocol: PROTOCOL_VERSION, appVersion: 'test', journalSeq: 0, cursor: 0, wantsDigest: false },
      ...{ epoch: registers[0]!.installId, scopeId: '' },
    }
    for (const token of ['nonsense', 'a.b.c', `a.${Buffer.from('{"sub":7}').toString('base64url')}.c`])
      expect((await served.mutate('changes.pull', question, { token })).status).toBe(401)
  })
})

describe('whose an install is', () => {
  test('is asked once for all that come together, and never again', async () => {
    const asked: unknown[] = []
    const tenantOf = createTenantOfInstall({
      asSystem: (work) =>
        on.database.asSystem((tx) =>
          work({
            ...tx,
            query: (text, values) => {
              asked.push(values)
              return tx.query(text, values)
            },
          }),
        ),
    })
    const ids = registers.map(({ installId }) => installId)
    const found = await Promise.all([...ids, ...ids].map(tenantOf))
    expect(new Set(found)).toEqual(new Set([shop.tenantId]))
    expect(await tenantOf(ids[1]!)).toBe(shop.tenantId)
    expect(asked).toEqual([[ids]])
  })

  test('is nobody’s where no such install is enrolled', async () => {
    const tenantOf = createTenantOfInstall(on.database)
    expect(await tenantOf('0198c5b4-0000-7000-8000-000000000000')).toBe('nobody')
    expect(await tenantOf('not an id')).toBe('nobody')
    expect(await tenantOf(null)).toBe('nobody')
  })

  test('is asked again after the database was away', async () => {
    let isAway = true
    const tenantOf = createTenantOfInstall({
      asSystem: (work) => (isAway ? Promise.reject(new Error('away')) : on.database.asSystem(work)),
    })
    const { installId } = registers[0]!
    await expect(tenantOf(installId)).rejects.toThrow('away')
    isAway = false
    expect(await tenantOf(installId)).toBe(shop.tenantId)
  })
})

function logLevels(status: number): Set<string> {
  const lines = served
    .logged()
    .split('\n')
    .filter((line) => line.includes(`"status":${status}`))
  return new Set(lines.map((line) => (JSON.parse(line) as { level: string }).level))
}
