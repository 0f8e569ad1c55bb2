import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { createApiClient } from '../../src/transport/api-client.ts'
import { call } from '../../src/transport/call.ts'

let close: (() => void) | null = null

afterEach(() => {
  close?.()
  close = null
})

/** Asks a real server that answers as given. */
async function ask(answer: RequestListener) {
  const server = createServer(answer)
  close = () => {
    server.closeAllConnections()
    server.close()
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const api = createApiClient({ url, deviceToken: () => Promise.resolve(null), isCutOff: () => false })
  return call(() => api.session.me.query())
}

const json =
  (status: number, body: unknown): RequestListener =>
  (_, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))

const refusal = (httpStatus: number) =>
  json(httpStatus, { error: { message: 'no', code: -32_000, data: { code: 'NO', httpStatus } } })

describe('a request', () => {
  test('that is answered gives the answer', async () => {
    expect(await ask(json(200, { result: { data: null } }))).toEqual({ kind: 'answer', value: null })
  })

  test.each<[string, RequestListener]>([
    ["met by a captive portal's page with status 200", (_, response) => response.end('<h1>Welcome</h1>')],
    ['answered with JSON of something else', json(200, { hello: 'world' })],
    ["met by a proxy's error page", (_, response) => response.writeHead(502).end('<h1>Bad gateway</h1>')],
    ['whose connection breaks', (request) => request.socket.destroy()],
    ['that came too often', refusal(429)],
    ["met by the server's own error", refusal(500)],
  ])('[P6] %s may work later', async (_, answer) => {
    expect(await ask(answer)).toMatchObject({ kind: 'retry' })
  })

  test('[P6] that nobody listens to may work later', async () => {
    const api = createApiClient({
      url: 'http://127.0.0.1:9',
      deviceToken: () => Promise.resolve(null),
      isCutOff: () => false,
    })
    expect(await call(() => api.session.me.query())).toMatchObject({
      kind: 'retry',
      failure: { code: 'network/unreachable' },
    })
  })

  test('[P6] that was refused is not made again', async () => {
    expect(await ask(refusal(400))).toMatchObject({ kind: 'failure' })
    close?.()
    expect(await ask(refusal(401))).toMatchObject({ kind: 'unauthorised' })
  })
})
