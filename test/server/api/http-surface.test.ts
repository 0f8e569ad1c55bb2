import { once } from 'node:events'
import { connect, type AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import type { Result } from '#domain/failure.ts'
import { MOST_OPERATIONS_A_BATCH, type PushAnswer } from '#protocol/push.ts'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createHttp } from '../../../server/http.ts'
import { createLog } from '../../../server/log.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { anImportedOrder } from '../security/two-tenants.ts'
import { serve, valueOf, type Answer, type Served } from '../served.ts'
import { aBusiness, enrolRegister, openShop, type Shop } from '../virtual-shop.ts'

let on: TestDatabase
let shop: Shop
let served: Served
let cookie: string

beforeAll(async () => {
  on = await createTestDatabase()
  shop = await openShop(on.database)
  served = await serve(on.database)
  const { email, password } = aBusiness
  cookie = (await served.mutate('session.signIn', { email, password })).cookie!
})
afterAll(async () => {
  await served.app.close()
  await on.drop()
})

const post = (path: string, payload: string, headers: Record<string, string> = {}) =>
  served.app.inject({
    method: 'POST',
    url: `/trpc/${path}`,
    headers: { 'content-type': 'application/json', ...headers },
    payload,
  })

/** Nothing of the inside: no stack, no path, no SQL. */
const inside = /node_modules|\.ts[:"]|\bat \w+|"stack"|select |insert |pg_|postgres/i

describe('a request that can’t be taken', () => {
  test('over 8 MB is refused as JSON with a failure, before it is read', async () => {
    const answer = await post('operations.push', `"${'x'.repeat(8_400_000)}"`)
    expect(answer.statusCode).toBe(413)
    expect(answer.json()).toMatchObject({ failure: { code: 'http/ctp-body-too-large', dataSafe: true } })
  })

  test.each(['{"half":', 'plain words', '<html>', '\u0000'])(
    '%j is refused as malformed, without a stack',
    async (body) => {
      const answer = await post('session.signIn', body)
      expect(answer.statusCode).toBe(400)
      expect(answer.json()).toHaveProperty('error')
      expect(answer.body).not.toMatch(inside)
    },
  )

  test('of an unknown procedure is not found', async () => {
    for (const path of ['nothing', 'session.nothing', 'session', '__proto__', 'constructor.name']) {
      const answer = await post(path, 'null')
      expect([path, answer.statusCode]).toEqual([path, 404])
      expect(answer.body).not.toMatch(inside)
    }
  })

  test('to write is refused as a GET: a link or an image could make it', async () => {
    const answer = await served.query('session.signOut', undefined, { cookie })
    expect(answer.status).toBe(405)
    expect((await served.query<object>('session.me', undefined, { cookie })).value).not.toBeNull()
  })

  test('from a page of another site is refused, with the cookie or without', async () => {
    for (const origin of ['https://evil.example', 'null', 'http://localhost.evil.example']) {
      const answer = await post('session.signOut', 'null', {
        origin,
        host: 'localhost:4280',
        cookie: `evertill_session=${cookie}`,
      })
      expect(answer.statusCode).toBe(403)
    }
    expect((await served.query<object>('session.me', undefined, { cookie })).value).not.toBeNull()
  })

  test('of another kind of content is refused', async () => {
    const answer = await post('session.signIn', 'email=a&password=b', {
      'content-type': 'application/x-www-form-urlencoded',
    })
    expect([400, 415]).toContain(answer.statusCode)
    expect(answer.body).not.toMatch(inside)
  })
})

describe('without being signed in', () => {
  test.each([
    ['register.list', 'query'],
    ['register.add', 'mutate'],
    ['enrolment.createCode', 'mutate'],
    ['enrolment.createOfficeCode', 'mutate'],
    ['import.begin', 'mutate'],
    ['import.append', 'mutate'],
    ['import.end', 'mutate'],
    ['import.undo', 'mutate'],
    ['import.list', 'query'],
    ['report.sales', 'query'],
    ['changes.load', 'mutate'],
    ['changes.pull', 'mutate'],
  ] as const)('%s answers 401, whatever is asked', async (procedure, kind) => {
    expect((await served[kind](procedure, {})).status).toBe(401)
  })
})

describe('a fault of ours', () => {
  test('is told to the log with its path, and to the other side without its inside', async () => {
    await on.database.asSystem((tx) => tx.query('alter table account_session rename to gone'))
    const answer = await served.query('session.me', undefined, { cookie })
    await on.database.asSystem((tx) => tx.query('alter table gone rename to account_session'))
    expect(answer.status).toBe(500)
    expect(answer.body).toContain('The server met an error of its own.')
    expect(answer.body).not.toMatch(inside)
    expect(answer.body).not.toContain('account_session')
    expect(served.logged()).toMatch(/"level":"error".*"path":"session\.me".*a procedure failed/)
  })
})

describe('a batch', () => {
  test('of 501 operations is refused by its shape, one of 500 is taken', async () => {
    expect(MOST_OPERATIONS_A_BATCH).toBe(500)
    const register = await enrolRegister(on.database, shop)
    for (let count = 0; count < 501; count += 1) register.append('moon.landed', { count })
    const tooMany = await served.mutate('operations.push', await register.batch())
    expect(tooMany.status).toBe(400)
    expect(tooMany.body).not.toMatch(inside)
    const taken = await served.mutate<Result<PushAnswer>>('operations.push', await register.batch(1, 500))
    expect(valueOf(taken)).toMatchObject({ status: 'accepted', ackedSeq: 500 })
  })

  test('of none, with a broken chain or with a number below 1 is refused, in both forms', async () => {
    const register = await enrolRegister(on.database, shop)
    register.sell()
    const batch = await register.batch()
    for (const broken of [{ opIds: [] }, { chain: 'short' }, { firstSeq: 0 }])
      expect((await served.mutate('operations.push', { ...batch, ...broken })).status).toBe(400)
    const old = await register.batchV1()
    const [operation] = old.operations
    for (const operations of [[], [{ ...operation, hash: 'short' }], [{ ...operation, seq: 0 }]])
      expect((await served.mutate('operations.push', { ...old, operations })).status).toBe(400)
  })

  test('with one operation of 4 MB is taken', async () => {
    const register = await enrolRegister(on.database, shop)
    register.append('moon.landed', { note: 'x'.repeat(4_000_000) })
    const taken = await served.mutate<Result<PushAnswer>>('operations.push', await register.batch())
    expect(valueOf(taken)).toMatchObject({ results: [{ status: 'parked' }] })
  })
})

describe('a report', () => {
  const sales = (from: string, to: string): Promise<Answer> =>
    served.query(
      'report.sales',
      { range: { from, to }, compareWith: null, storeIds: null, granularity: 'day' },
      { cookie },
    )

  test('of days that do not exist, backwards or of a thousand years is refused, not failed at', async () => {
    const ranges = [
      ['2026-02-30', '2026-03-01'],
      ['2026-13-01', '2026-13-02'],
      ['2026-03-02', '2026-03-01'],
      ['1026-01-01', '2026-01-01'],
      ['today', 'tomorrow'],
    ] as const
    for (const [from, to] of ranges) expect((await sales(from, to)).status, from).toBe(400)
    expect((await sales('2024-02-29', '2024-02-29')).status).toBe(200)
  })
})

test('an import’s chunk of more than 1,000 orders is refused', async () => {
  const orders = Array.from({ length: 1_001 }, (_, index) => anImportedOrder(String(index), shop.store.name))
  const answer = await served.mutate('import.append', { importId: crypto.randomUUID(), orders }, { cookie })
  expect(answer.status).toBe(400)
})

test('a client that goes away in the middle, of its request or of our answer, is no error of the server', async () => {
  let lines = ''
  const endless = async (scope: FastifyInstance): Promise<void> => {
    scope.post('/trpc/endless', async (_request, reply) =>
      reply.type('text/plain').send(new Readable({ read() {} })),
    )
  }
  const app = await createHttp({
    config: { publicUrl: undefined, trustProxy: false },
    log: createLog('debug', { write: (line) => void (lines += line) }),
    database: on.database,
    distDir: '/nowhere',
    routes: [endless],
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.addresses()[0] as AddressInfo
  const hangUp = async (request: string): Promise<void> => {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined)
    await once(socket, 'connect')
    socket.write(request)
    await delay(100)
    socket.destroy()
  }
  const post = (length: number, more = ''): string =>
    `POST /trpc/endless HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n${more}\r\n{"a":1}`
  await hangUp(post(7))
  await hangUp(post(7, 'accept-encoding: br\r\n'))
  await hangUp(post(1_000))
  await expect.poll(() => lines.match(/the client went away/g)?.length ?? 0).toBe(2)
  expect(lines).not.toMatch(/"level":"(error|warn)"/)
  await app.close()
})
