import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Result } from '#domain/failure.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { codeOf, serve, type Answer, type Served } from '../served.ts'
import { aBusiness } from '../virtual-shop.ts'

const token = 'the word in the link'
let on: TestDatabase
let served: Served

beforeEach(async () => {
  on = await createTestDatabase()
  served = await serve(on.database, { setUpToken: token })
})
afterEach(async () => {
  await served.app.close()
  await on.drop()
})

const setUp = (given: object = {}, through = served): Promise<Answer<Result<null>>> =>
  through.mutate('setup.create', { ...aBusiness, token, ...given })

const count = async (table: string): Promise<number> => {
  const [row] = await on.database.asSystem((tx) =>
    tx.query<{ n: number }>(`select count(*) as n from ${table}`),
  )
  return row!.n
}

const isSetUp = async (): Promise<boolean> =>
  (await served.query<{ isSetUp: boolean }>('setup.state')).value.isSetUp

test('the link makes the business once, and signs its owner in', async () => {
  expect(await isSetUp()).toBe(false)
  const made = await setUp()
  expect(codeOf(made)).toBe('ok')
  expect(await isSetUp()).toBe(true)
  const me = await served.query('session.me', undefined, { cookie: made.cookie })
  expect(me.value).toEqual({ name: 'Olga Owner', email: 'olga@example.com', businessName: 'Test Coffee' })
  expect(codeOf(await setUp())).toBe('set-up/link')
  expect(await count('tenant')).toBe(1)
})

test.each(['', 'another word', 'the word in the lin', 'null'])(
  'without its word (%j) nothing is made',
  async (word) => {
    const refused = await setUp({ token: word })
    expect(codeOf(refused)).toBe('set-up/link')
    expect(refused.cookie).toBeUndefined()
    expect(await isSetUp()).toBe(false)
  },
)

test('a server that was set up takes no word at all', async () => {
  await setUp()
  const restarted = await serve(on.database)
  for (const word of [token, '', 'null'])
    expect(codeOf(await setUp({ token: word }, restarted))).toBe('set-up/link')
  await restarted.app.close()
})

test('several at once, in two processes, make one business with one owner', async () => {
  const other = await serve(on.database, { setUpToken: token })
  const answers = await Promise.all([setUp(), setUp({ email: 'second@example.com' }), setUp({}, other)])
  expect(answers.map(codeOf).toSorted()).toEqual(['ok', 'set-up/done', 'set-up/done'])
  expect([await count('tenant'), await count('account')]).toEqual([1, 1])
  await other.app.close()
})

test('the word is guessed twenty times a minute, not oftener', async () => {
  for (let tries = 0; tries < 20; tries += 1) await setUp({ token: `guess ${tries}` })
  expect((await setUp()).status).toBe(429)
})

test('the language is kept in its canonical form', async () => {
  await setUp({ locale: 'de-ch' })
  const [row] = await on.database.asSystem((tx) =>
    tx.query(`select doc ->> 'locale' as locale from record where kind = 'business'`),
  )
  expect(row).toEqual({ locale: 'de-CH' })
})

test.each([
  { locale: 'not a language' },
  { locale: '' },
  { timeZone: 'Mars/Olympus' },
  { password: 'too short' },
  { pin: '12' },
  { email: 'nobody' },
  { taxRateBasisPoints: -1 },
])('%j is refused before anything is made', async (wrong) => {
  expect((await setUp(wrong)).status).toBe(400)
  expect(await isSetUp()).toBe(false)
})

test('a currency that does not exist is refused with a mend, and the link still works', async () => {
  expect(codeOf(await setUp({ currencyCode: 'QQQ' }))).not.toBe('ok')
  expect(codeOf(await setUp())).toBe('ok')
})

test('neither password nor PIN nor the link’s word is logged or stored as it is', async () => {
  await setUp({ pin: '80912734' })
  const [row] = await on.database.asSystem((tx) =>
    tx.query<{ all: string }>(
      `select (select json_agg(account)::text from account) || (select json_agg(record)::text from record) as all`,
    ),
  )
  for (const secret of [aBusiness.password, '80912734', token]) {
    expect(row!.all).not.toContain(secret)
    expect(served.logged()).not.toContain(secret)
  }
})
