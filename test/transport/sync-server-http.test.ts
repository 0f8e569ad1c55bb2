import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { success } from '#domain/failure.ts'
import { createApiClient } from '../../src/transport/api-client.ts'
import { createDeviceToken } from '../../src/transport/device-token.ts'
import { createHttpSyncServer } from '../../src/transport/sync-server-http.ts'

type Reply = { readonly status: number; readonly body: unknown; readonly headers?: Record<string, string> }

const result = (data: unknown): Reply => ({ status: 200, body: { result: { data } } })
const error = (httpStatus: number, headers?: Record<string, string>): Reply => ({
  status: httpStatus,
  body: { error: { message: 'no', code: -32_000, data: { code: 'NO', httpStatus } } },
  ...(headers && { headers }),
})

let close = (): void => undefined
afterEach(() => close())

/** A device that asks a real server, whose replies are scripted by procedure. */
async function connect(replies: Record<string, (request: IncomingMessage) => Reply>) {
  const asked: string[] = []
  const headers: Record<string, IncomingMessage['headers']> = {}
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const name = request.url!.slice(1).split('?')[0]!
    asked.push(name)
    headers[name] = request.headers
    const reply = replies[name]?.(request) ?? error(404)
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers })
    response.end(JSON.stringify(reply.body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  close = () => {
    server.closeAllConnections()
    server.close()
  }
  const device = { installId: 'one', isCutOff: false }
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const token = createDeviceToken(() => api, {
    installId: async () => device.installId,
    sign: async (text) => `signed ${text}`,
  })
  const api = createApiClient({ url, deviceToken: token.get, isCutOff: () => device.isCutOff })
  return { asked, headers, device, server: createHttpSyncServer(api, token) }
}

const admitting = {
  'device.challenge': () => result({ nonce: 'n' }),
  'device.token': () => result(success({ token: 'a-token' })),
}

describe('the server over HTTP', () => {
  test('reads with a token that it gets once, and asks for loads to come as they are packed', async () => {
    const { server, asked, headers } = await connect({
      ...admitting,
      'changes.pull': () => result('page'),
      'changes.load': () => result('load page'),
    })
    expect(await server.pull({} as never)).toEqual({ kind: 'answer', value: 'page' })
    expect(await server.load({} as never)).toEqual({ kind: 'answer', value: 'load page' })
    expect(asked).toEqual(['device.challenge', 'device.token', 'changes.pull', 'changes.load'])
    expect(headers['changes.pull']).toMatchObject({ authorization: 'Bearer a-token' })
    expect(headers['changes.pull']).not.toHaveProperty('x-no-compression')
    expect(headers['changes.load']).toMatchObject({ 'x-no-compression': 'true' })
  })

  test('gets a new token once where one is not taken any more', async () => {
    let times = 0
    const { server, asked } = await connect({
      ...admitting,
      'changes.pull': () => ((times += 1) === 1 ? error(401) : result('page')),
    })
    expect(await server.pull({} as never)).toEqual({ kind: 'answer', value: 'page' })
    expect(asked.filter((name) => name === 'device.token')).toHaveLength(2)
    const refusing = await connect({ ...admitting, 'changes.pull': () => error(401) })
    expect(await refusing.server.pull({} as never)).toMatchObject({ kind: 'unauthorised' })
    expect(refusing.asked.filter((name) => name === 'changes.pull')).toHaveLength(2)
  })

  test('[P5] says so where the device was taken out of use; sending needs no token', async () => {
    const { server, asked } = await connect({
      ...admitting,
      'device.token': () => result({ ok: false, failure: { code: 'device/revoked' } }),
      'operations.push': () => result('taken'),
    })
    expect(await server.pull({} as never)).toMatchObject({
      kind: 'failure',
      failure: { code: 'device/revoked' },
    })
    expect(await server.push({} as never)).toEqual({ kind: 'answer', value: 'taken' })
    expect(asked).not.toContain('changes.pull')
  })

  test.each([429, 503])(
    '[P6] %i says for how long nobody is admitted, also to those without a token',
    async (status) => {
      const { server } = await connect({
        'operations.push': () => error(status, { 'retry-after': '7' }),
        'device.challenge': () => error(status, { 'retry-after': '9000' }),
      })
      expect(await server.push({} as never)).toMatchObject({ kind: 'retry', waitMs: 7_000 })
      // A slip of a proxy must not keep a device away for hours.
      expect(await server.pull({} as never)).toMatchObject({ kind: 'retry', waitMs: 300_000 })
    },
  )

  test('[P2] a device that goes on under another id does not use the old one’s token', async () => {
    const { server, device, asked } = await connect({ ...admitting, 'changes.pull': () => result('page') })
    await server.pull({} as never)
    device.installId = 'two'
    await server.pull({} as never)
    expect(asked.filter((name) => name === 'device.token')).toHaveLength(2)
  })

  test('sends nothing while an outage is rehearsed, as if the network were gone', async () => {
    const { server, device, asked } = await connect({ 'operations.push': () => result('taken') })
    device.isCutOff = true
    expect(await server.push({} as never)).toMatchObject({
      kind: 'retry',
      failure: { code: 'network/unreachable' },
    })
    expect(asked).toEqual([])
    device.isCutOff = false
    expect(await server.push({} as never)).toMatchObject({ kind: 'answer' })
  })
})
