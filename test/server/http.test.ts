import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import { request } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createHttp } from '../../server/http.ts'
import { createLog } from '../../server/log.ts'
import { createTestDatabase } from './database.ts'
import type { TestDatabase } from './database.ts'

const log = createLog('silent')
const html = { accept: 'text/html,application/xhtml+xml' }
let distDir: string
let db: TestDatabase
let app: FastifyInstance

beforeAll(async () => {
  distDir = await mkdtemp(join(tmpdir(), 'evertill-dist-'))
  await mkdir(join(distDir, 'assets'))
  await writeFile(join(distDir, 'index.html'), '<!doctype html><title>Evertill</title>')
  await writeFile(join(distDir, 'main.js'), 'self.skipWaiting()')
  await writeFile(join(distDir, 'assets', 'app-1a2b3c.js'), 'plain')
  await writeFile(join(distDir, 'assets', 'app-1a2b3c.js.br'), brotliCompressSync('compressed before'))
  db = await createTestDatabase()
  app = await createHttp({ config: local, log, database: db.database, distDir, routes: [routes] })
})

afterAll(async () => {
  await app.close()
  await db.drop()
  await rm(distDir, { recursive: true, force: true })
})

const local = { publicUrl: undefined, trustProxy: false }

async function routes(scope: FastifyInstance): Promise<void> {
  scope.post('/trpc/echo', async (request) => ({ length: JSON.stringify(request.body).length }))
  scope.post('/auth/echo', async () => ({ ok: true }))
  scope.get('/trpc/large', async () => ({ text: 'evertill '.repeat(1_000) }))
  scope.get('/trpc/fault', async () => {
    throw new Error('password is hunter2')
  })
  scope.get('/auth/limited', { config: { rateLimit: { max: 2, timeWindow: 60_000 } } }, async () => ({
    ok: true,
  }))
  scope.get('/live', { websocket: true }, (socket) => {
    socket.on('message', (data) => socket.send(String(data)))
  })
}

describe('headers', () => {
  test('the policy allows our own scripts and one trusted-types policy, and nothing inline', async () => {
    const { headers } = await app.inject('/')
    const policy = String(headers['content-security-policy'])
    expect(policy.split(';').toSorted()).toEqual(
      [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        'trusted-types evertill',
      ].toSorted(),
    )
    expect(headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    })
    expect(headers['permissions-policy']).toMatch(/camera=\(self\).*usb=\(self\).*geolocation=\(\)/)
    expect(headers['x-powered-by']).toBeUndefined()
  })

  test('HTTPS is demanded for the future only where it is used now', async () => {
    const behind = await createHttp({
      config: { publicUrl: 'https://till.example.com', trustProxy: '127.0.0.1' },
      log,
      database: db.database,
      distDir,
    })
    const secure = await behind.inject({ url: '/', headers: { 'x-forwarded-proto': 'https' } })
    expect(secure.headers['strict-transport-security']).toContain('max-age=')
    expect(secure.headers['content-security-policy']).toContain("connect-src 'self' wss://till.example.com")
    expect((await behind.inject('/')).headers['strict-transport-security']).toBeUndefined()
    const untrusted = await app.inject({ url: '/', headers: { 'x-forwarded-proto': 'https' } })
    expect(untrusted.headers['strict-transport-security']).toBeUndefined()
    await behind.close()
  })

  test('each answer names its request; a foreign id is not taken over', async () => {
    const one = await app.inject({ url: '/health', headers: { 'x-request-id': 'forged-by-somebody' } })
    const other = await app.inject('/nowhere')
    expect(one.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    expect(other.headers['x-request-id']).not.toBe(one.headers['x-request-id'])
  })

  test('a page of another site can’t write in a person’s name', async () => {
    const from = (origin?: string) =>
      app.inject({
        method: 'POST',
        url: '/auth/echo',
        headers: { host: 'till.local:4280', ...(origin ? { origin } : {}) },
      })
    expect((await from('https://evil.example')).statusCode).toBe(403)
    expect((await from('null')).statusCode).toBe(403)
    expect((await from('http://till.local:4280')).statusCode).toBe(200)
    expect((await from()).statusCode).toBe(200)
  })
})

describe('the app', () => {
  test('hashed assets are kept for a year, the page and the service worker asked for each time', async () => {
    const cacheOf = async (url: string): Promise<unknown> => (await app.inject(url)).headers['cache-control']
    expect(await cacheOf('/assets/app-1a2b3c.js')).toBe('public, max-age=31536000, immutable')
    expect(await cacheOf('/')).toBe('no-cache')
    expect(await cacheOf('/main.js')).toBe('no-cache')
  })

  test('a file compressed at build time is sent as it is', async () => {
    const url = '/assets/app-1a2b3c.js'
    const brotli = await app.inject({ url, headers: { 'accept-encoding': 'br' } })
    expect(brotli.headers).toMatchObject({
      'content-encoding': 'br',
      vary: expect.stringContaining('accept-encoding'),
    })
    expect(brotli.headers['content-type']).toContain('javascript')
    expect(brotli.headers['cache-control']).toContain('immutable')
    expect(brotliDecompressSync(brotli.rawPayload).toString()).toBe('compressed before')
    expect((await app.inject(url)).body).toBe('plain')
  })

  test('any address inside the app is the page; the API and assets are not', async () => {
    const deep = await app.inject({ url: '/dashboard/today?store=1', headers: html })
    expect(deep.statusCode).toBe(200)
    expect(deep.body).toContain('<title>Evertill</title>')
    expect(deep.headers['cache-control']).toBe('no-cache')
    for (const url of ['/trpc/nothing', '/auth/nothing', '/pictures/1', '/assets/gone.js']) {
      const answer = await app.inject({ url, headers: html })
      expect(answer.statusCode, url).toBe(404)
      expect(answer.json(), url).toMatchObject({ failure: { code: 'http/not-found' } })
    }
    expect((await app.inject({ url: '/dashboard', headers: { accept: '*/*' } })).statusCode).toBe(404)
    expect((await app.inject({ method: 'POST', url: '/dashboard', headers: html })).statusCode).toBe(404)
  })

  test.each(['/../package.json', '/%2e%2e/package.json', '/.env'])(
    'nothing outside the app is served: %s',
    async (url) => {
      const answer = await app.inject({ url, headers: { accept: '*/*' } })
      expect([403, 404]).toContain(answer.statusCode)
    },
  )

  test('where it is not built, the API works and a person is told', async () => {
    const bare = await createHttp({
      config: local,
      log,
      database: db.database,
      distDir: join(distDir, 'none'),
    })
    const page = await bare.inject({ url: '/', headers: html })
    expect(page.body).toContain('npm run build')
    expect((await bare.inject('/health')).statusCode).toBe(200)
    await bare.close()
  })
})

describe('the API', () => {
  test('a batch of operations may have 8 MB, anything else 1 MB', async () => {
    const post = (url: string, bytes: number) =>
      app.inject({ method: 'POST', url, payload: { text: 'x'.repeat(bytes) } })
    expect((await post('/trpc/echo', 7_900_000)).statusCode).toBe(200)
    const tooLarge = await post('/trpc/echo', 8_400_000)
    expect(tooLarge.statusCode).toBe(413)
    expect(tooLarge.json()).toMatchObject({ failure: { code: 'http/ctp-body-too-large', dataSafe: true } })
    expect((await post('/auth/echo', 1_100_000)).statusCode).toBe(413)
  })

  test('answers are compressed as the client asks', async () => {
    const plain = await app.inject({ url: '/trpc/large', headers: { 'accept-encoding': 'identity' } })
    const brotli = await app.inject({ url: '/trpc/large', headers: { 'accept-encoding': 'gzip, br' } })
    expect(brotli.headers['content-encoding']).toBe('br')
    expect(brotliDecompressSync(brotli.rawPayload).toString()).toBe(plain.body)
  })

  test('a fault of ours tells the request’s id and nothing of its inside', async () => {
    const answer = await app.inject('/trpc/fault')
    expect(answer.statusCode).toBe(500)
    expect(answer.body).not.toContain('hunter2')
    expect(answer.json()).toMatchObject({
      failure: { code: 'http/internal' },
      requestId: answer.headers['x-request-id'],
    })
  })

  test('a route can limit how often it is asked', async () => {
    const codes = []
    for (let count = 0; count < 3; count += 1) codes.push((await app.inject('/auth/limited')).statusCode)
    expect(codes).toEqual([200, 200, 429])
  })
})

describe('health', () => {
  test('alive and ready with a database', async () => {
    expect((await app.inject('/health')).json()).toMatchObject({ status: 'ok' })
    const ready = await app.inject('/ready')
    expect(ready.statusCode).toBe(200)
    expect(ready.json()).toEqual({ status: 'ready' })
    expect(ready.headers['cache-control']).toBe('no-store')
  })

  test('alive but not ready without one', async () => {
    const lost = await createTestDatabase()
    const lonely = await createHttp({ config: local, log, database: lost.database, distDir })
    await lost.drop()
    expect((await lonely.inject('/health')).statusCode).toBe(200)
    const ready = await lonely.inject('/ready')
    expect(ready.statusCode).toBe(503)
    expect(ready.json()).toMatchObject({ status: 'unavailable' })
    await lonely.close()
  })
})

test('closing waits for the request that is being answered, and takes no new one', async () => {
  const slow = async (scope: FastifyInstance): Promise<void> => {
    scope.get('/auth/slow', async () => {
      await delay(400)
      return { ok: true }
    })
  }
  const busy = await createHttp({ config: local, log, database: db.database, distDir, routes: [slow] })
  const origin = await busy.listen({ port: 0, host: '127.0.0.1' })
  const answer = fetch(`${origin}/auth/slow`)
  await delay(100)
  await busy.close()
  expect((await answer).status).toBe(200)
  await expect(fetch(`${origin}/health`)).rejects.toThrow()
})

test('closing ends open sockets; a foreign page gets none', async () => {
  const live = await createHttp({ config: local, log, database: db.database, distDir, routes: [routes] })
  await live.listen({ port: 0, host: '127.0.0.1' })
  const { port } = live.addresses()[0] as AddressInfo
  const foreign = request({
    port,
    host: '127.0.0.1',
    path: '/live',
    headers: { connection: 'upgrade', upgrade: 'websocket', origin: 'https://evil.example' },
  }).end()
  const [refusal] = (await once(foreign, 'response')) as [IncomingMessage]
  expect(refusal.statusCode).toBe(403)

  const socket = new WebSocket(`ws://127.0.0.1:${port}/live`)
  await once(socket, 'open')
  socket.send('hello')
  const [answer] = (await once(socket, 'message')) as [MessageEvent]
  expect(answer.data).toBe('hello')
  const closed = once(socket, 'close')
  await live.close()
  await closed
})
