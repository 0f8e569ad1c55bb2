import { randomUUID } from 'node:crypto'
import { SignJWT, decodeJwt } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LoadAnswer } from '#protocol/pull.ts'
import type { Result } from '#domain/failure.ts'
import type { PushAnswer } from '#protocol/push.ts'
import { PROTOCOL_VERSION } from '#protocol/version.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { deviceToken, proveKey } from '../security/device-token.ts'
import { codeOf, serve, valueOf, type Answer, type Served } from '../served.ts'
import { enrolRegister, openShop, type Shop, type VirtualRegister } from '../virtual-shop.ts'

let on: TestDatabase
let shop: Shop
let served: Served
let register: VirtualRegister
let secret: Uint8Array

beforeAll(async () => {
  on = await createTestDatabase()
  shop = await openShop(on.database)
  served = await serve(on.database)
  register = await enrolRegister(on.database, shop)
  const [row] = await on.database.asSystem((tx) =>
    tx.query<{ secret: string }>('select secret from server_secret'),
  )
  secret = new TextEncoder().encode(row!.secret)
})
afterAll(async () => {
  await served.app.close()
  await on.drop()
})

const load = (token: string): Promise<Answer<LoadAnswer>> =>
  served.mutate(
    'changes.load',
    { protocol: PROTOCOL_VERSION, appVersion: 'test', journalSeq: 0, after: null },
    { token },
  )

const make = (purpose: string, expiresAt: string | number, key = secret): Promise<string> =>
  new SignJWT({ purpose })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(register.installId)
    .setExpirationTime(expiresAt)
    .sign(key)

test('a device that signs the nonce gets a token for an hour, and loads with it', async () => {
  const token = await deviceToken(served, register)
  const { exp, iat, purpose } = decodeJwt(token)
  expect([exp! - iat!, purpose]).toEqual([3600, 'device'])
  expect((await load(token)).status).toBe(200)
})

test('[P7] what release 0.1 asks for reading is answered with the protocol that it would need', async () => {
  const token = await deviceToken(served, register)
  const epoch = randomUUID()
  for (const [procedure, asked] of [
    ['changes.load', { protocol: 1, after: null }],
    ['changes.pull', { protocol: 1, epoch, cursor: 0 }],
  ] as const)
    expect((await served.mutate(procedure, asked, { token })).value).toEqual({
      kind: 'upgrade-required',
      leastProtocol: PROTOCOL_VERSION,
    })
})

test('another key, another install’s nonce and a nonce of somebody’s own prove nothing', async () => {
  const stranger = await enrolRegister(on.database, shop)
  const theirNonce = await served.mutate<{ nonce: string }>('device.challenge', {
    installId: stranger.installId,
  })
  const ownKey = new TextEncoder().encode('a secret of somebody’s own, long enough')
  const tries = [
    await proveKey(served, stranger, { claimed: register.installId }),
    await proveKey(served, register, { nonce: theirNonce.value.nonce }),
    await proveKey(served, register, { nonce: await make('challenge', '2m', ownKey) }),
    await proveKey(served, register, { nonce: await make('challenge', 1) }),
    await proveKey(served, register, { nonce: await deviceToken(served, register) }),
    await proveKey(served, register, { claimed: crypto.randomUUID() }),
  ]
  expect(tries.map(codeOf)).toEqual(tries.map(() => 'device/refused'))
  // Control: a nonce made with the server's own secret is taken, so the key and the time above were what failed.
  expect(codeOf(await proveKey(served, register, { nonce: await make('challenge', '2m') }))).toBe('ok')
})

test('only an unexpired token that was made as a device’s token opens anything', async () => {
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${(await make('device', '1h')).split('.')[1]}.`
  const { value: challenge } = await served.mutate<{ nonce: string }>('device.challenge', {
    installId: register.installId,
  })
  for (const token of [
    challenge.nonce,
    await make('device', 1),
    await make('challenge', '1h'),
    unsigned,
    'x',
    '',
  ])
    expect((await load(token)).status).toBe(401)
  expect((await load(await make('device', '1h'))).status).toBe(200)
})

test('a device’s token opens nothing of the owner, nor the owner’s cookie anything of a device', async () => {
  const token = await deviceToken(served, register)
  expect((await served.query('register.list', undefined, { token })).status).toBe(401)
  expect((await served.query('register.list', undefined, { cookie: token })).status).toBe(401)
  const owner = await served.mutate('session.signIn', {
    email: 'olga@example.com',
    password: 'correct horse battery',
  })
  expect((await load(owner.cookie!)).status).toBe(401)
})

test('[P5] a revoked install can’t load any more, gets no new token, and what it sold still arrives, flagged', async () => {
  const gone = await enrolRegister(on.database, shop)
  const token = await deviceToken(served, gone)
  gone.sell()
  expect((await load(token)).status).toBe(200)
  await on.database.asTenant(shop.tenantId, (tx) =>
    tx.query('update install set revoked_at = now() where install_id = $1', [gone.installId]),
  )
  expect((await load(token)).status).toBe(401)
  expect(codeOf(await proveKey(served, gone))).toBe('device/revoked')
  const pushed = await served.mutate<Result<PushAnswer>>('operations.push', await gone.batch())
  expect(valueOf(pushed)).toMatchObject({
    status: 'accepted',
    results: [{ status: 'applied', flags: ['revoked-install'] }],
  })
})
