import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Account } from '../../../src/worker/api-office.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { codeOf, serve, type Answer, type Served } from '../served.ts'
import { aBusiness, enrolRegister, openShop, type Shop } from '../virtual-shop.ts'
import { deviceToken } from '../security/device-token.ts'
import type { Result } from '#domain/failure.ts'

let on: TestDatabase
let shop: Shop
let served: Served
let addresses = 0

beforeAll(async () => {
  on = await createTestDatabase()
  shop = await openShop(on.database)
  served = await serve(on.database, { config: { sessionHours: 3, trustProxy: '10.1.0.1' } })
})
afterAll(async () => {
  await served.app.close()
  await on.drop()
})

const { email, password } = aBusiness

function signIn(given: Partial<{ email: string; password: string }>): Promise<Answer<Result<Account>>> {
  addresses += 1
  return served.mutate('session.signIn', { email, password, ...given }, { from: `10.2.0.${addresses}` })
}

const me = async (cookie: string | undefined): Promise<Account | null> =>
  (await served.query<Account | null>('session.me', undefined, { cookie })).value

describe('signing in', () => {
  test('takes the address in any case, and answers who it is', async () => {
    const answer = await signIn({ email: ' Olga@Example.COM ' })
    expect(answer.value).toEqual({
      ok: true,
      value: { name: 'Olga Owner', email, businessName: 'Test Coffee' },
    })
    expect(await me(answer.cookie)).toMatchObject({ email })
  })

  test('a wrong address and a wrong password get the same answer and the same work', async () => {
    const fastest = async (given: object): Promise<{ ms: number; value: unknown }> => {
      let ms = Infinity
      let value: unknown
      for (let round = 0; round < 6; round += 1) {
        const from = performance.now()
        ;({ value } = await signIn(given))
        ms = Math.min(ms, performance.now() - from)
      }
      return { ms, value }
    }
    await signIn({ email: 'nobody@example.com' })
    const wrongPassword = await fastest({ password: 'not the password' })
    const wrongAddress = await fastest({ email: 'nobody@example.com' })
    expect(wrongAddress.value).toEqual(wrongPassword.value)
    expect(wrongAddress.value).toMatchObject({ ok: false, failure: { code: 'session/wrong' } })
    // argon2id is nearly all of it; an answer without it would take a tenth.
    expect(wrongAddress.ms).toBeGreaterThan(wrongPassword.ms / 2)
    expect(wrongPassword.ms).toBeGreaterThan(wrongAddress.ms / 2)
  })

  test('passwords are kept as argon2id of 19 MiB and two passes, sessions as hashes', async () => {
    const { cookie } = await signIn({})
    const [row] = await on.database.asSystem((tx) =>
      tx.query<{ password_hash: string; sessions: string }>(
        `select password_hash, (select json_agg(account_session)::text from account_session) as sessions from account`,
      ),
    )
    expect(row!.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(row!.sessions).not.toContain(cookie)
    expect(row!.sessions).not.toContain(Buffer.from(cookie!).toString('hex'))
  })

  test('is tried twenty times a minute from one address; the next is refused, from another it works', async () => {
    const tries: number[] = []
    for (let count = 0; count < 21; count += 1) {
      const answer = await served.mutate(
        'session.signIn',
        { email, password: count < 20 ? 'wrong password' : password },
        { from: '10.3.0.1' },
      )
      tries.push(answer.status)
    }
    expect(tries).toEqual([...Array<number>(20).fill(200), 429])
    expect((await signIn({})).value.ok).toBe(true)
  })

  test('the address behind a proxy is counted, and nobody else’s word for it is taken', async () => {
    const attempt = (from: string, forwardedFor: string): Promise<Answer<Result<Account>>> =>
      served.mutate(
        'session.signIn',
        { email: 'nobody@example.com', password },
        { from, headers: { 'x-forwarded-for': forwardedFor } },
      )
    const throughProxy = []
    const forged = []
    for (let count = 0; count < 21; count += 1) {
      throughProxy.push((await attempt('10.1.0.1', `172.16.0.${count}`)).status)
      forged.push((await attempt('10.4.0.1', `172.17.0.${count}`)).status)
    }
    expect(throughProxy.at(-1)).toBe(200)
    expect(forged.at(-1)).toBe(429)
  })

  test('several calls in one request are refused: each would be a guess', async () => {
    const guess = { email, password: 'wrong password' }
    const answer = await served.app.inject({
      method: 'POST',
      url: '/trpc/session.signIn,session.signIn?batch=1',
      headers: { 'content-type': 'application/json' },
      payload: JSON.stringify({ 0: guess, 1: guess }),
    })
    expect(answer.statusCode).toBe(400)
    expect(answer.body).not.toContain('session/wrong')
  })
})

describe('the cookie', () => {
  const setCookie = async (from: string, headers: Record<string, string>): Promise<string> => {
    const answer = await served.app.inject({
      method: 'POST',
      url: '/trpc/session.signIn',
      remoteAddress: from,
      headers: { 'content-type': 'application/json', ...headers },
      payload: JSON.stringify({ email, password }),
    })
    return String(answer.headers['set-cookie'])
  }

  test('is out of reach of scripts and other sites, for the whole app, as long as the session', async () => {
    const plain = await setCookie('10.5.0.1', {})
    expect(plain.split('; ').slice(1).toSorted()).toEqual([
      'HttpOnly',
      'Max-Age=10800',
      'Path=/',
      'SameSite=Strict',
    ])
    expect(plain).toMatch(/^evertill_session=[\w-]{43};/)
  })

  test('travels over TLS only where the page came over TLS, as a trusted proxy says', async () => {
    const forwarded = { 'x-forwarded-proto': 'https' }
    expect(await setCookie('10.1.0.1', forwarded)).toContain('; Secure')
    expect(await setCookie('10.5.0.2', forwarded)).not.toContain('Secure')
  })

  test('is another one at each signing in', async () => {
    expect((await signIn({})).cookie).not.toBe((await signIn({})).cookie)
  })
})

describe('a session', () => {
  test('ends when it is signed out, also for a copy of its cookie, and no other ends with it', async () => {
    const [one, other] = [(await signIn({})).cookie, (await signIn({})).cookie]
    await served.mutate('session.signOut', undefined, { cookie: one })
    expect(await me(one)).toBeNull()
    expect((await served.query('register.list', undefined, { cookie: one })).status).toBe(401)
    expect(await me(other)).not.toBeNull()
  })

  test('ends when its time has passed, whatever the browser keeps, and its row goes with the next one', async () => {
    const { cookie } = await signIn({})
    await on.database.asSystem((tx) =>
      tx.query(`update account_session set expires_at = now() - interval '1 second'`),
    )
    expect(await me(cookie)).toBeNull()
    expect((await served.query('register.list', undefined, { cookie })).status).toBe(401)
    await signIn({})
    const [left] = await on.database.asSystem((tx) =>
      tx.query<{ n: number }>('select count(*) as n from account_session where expires_at < now()'),
    )
    expect(left!.n).toBe(0)
  })

  test('is of one account: an invented cookie is nobody', async () => {
    expect(await me('x'.repeat(43))).toBeNull()
  })
})

test('no secret of anybody stands in the log, at its chattiest', async () => {
  const wrong = 'a wrong password 1'
  const { cookie } = await signIn({})
  await signIn({ password: wrong })
  const code = await served.mutate<Result<{ code: string }>>(
    'enrolment.createCode',
    { registerId: shop.registerId },
    { cookie },
  )
  const register = await enrolRegister(on.database, shop)
  const token = await deviceToken(served, register)
  await served.mutate('changes.load', { protocol: 1, after: 'no place 99999999999999999999999' }, { token })
  await served.query('report.sales', { secret: 'in-the-query' }, { cookie })
  await served.app.inject({ method: 'POST', url: '/trpc/session.signIn', payload: `{"password":"${wrong}` })
  expect(codeOf(code)).toBe('ok')
  expect(served.logged()).toContain('/trpc/session.signIn')
  const secrets = [
    password,
    wrong,
    cookie!,
    token,
    code.value.ok ? code.value.value.code : '',
    'in-the-query',
  ]
  for (const secret of [...secrets, email, '$argon2id'])
    expect(served.logged().includes(secret), secret).toBe(false)
})

test('what PostgreSQL tells of a row that it refused is not logged', async () => {
  const refused = on.database.asSystem((tx) =>
    tx.query(
      `insert into account (account_id, tenant_id, email, name, password_hash)
       select gen_random_uuid(), tenant_id, 'Not@Lower.Case', 'x', password_hash from account`,
    ),
  )
  const error: unknown = await refused.catch((thrown: unknown) => thrown)
  expect((error as { detail: string }).detail).toContain('$argon2id')
  served.app.log.error({ err: error }, 'as a failed procedure is logged')
  expect(served.logged()).toContain('as a failed procedure is logged')
  expect(served.logged()).not.toContain('$argon2id')
})
