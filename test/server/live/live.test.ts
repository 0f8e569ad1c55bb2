import { once } from 'node:events'
import { request } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { createDatabase } from '../../../server/database/pool.ts'
import { createLog } from '../../../server/log.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { deviceToken } from '../security/device-token.ts'
import { openSecondShop } from '../security/two-tenants.ts'
import { serve, type Served } from '../served.ts'
import { enrolRegister, openShop, type Shop, type VirtualRegister } from '../virtual-shop.ts'

let on: TestDatabase
let shop: Shop
let other: Shop
let served: Served
let address: string

beforeAll(async () => {
  on = await createTestDatabase()
  shop = await openShop(on.database)
  other = await openSecondShop(on.database, shop)
  served = await serve(on.database, { liveLimits: { helloWithinMs: 300, pingEveryMs: 200 } })
  address = await served.listen()
})
afterAll(async () => {
  await served.app.close()
  await on.drop()
})

type Device = {
  readonly socket: WebSocket
  readonly heard: string[]
  readonly closed: Promise<number>
}

function connect(at = address): Device {
  const socket = new WebSocket(`ws://${at}/live`)
  onTestFinished(() => socket.close())
  const heard: string[] = []
  socket.addEventListener('message', ({ data }) => heard.push(String(data)))
  const closed = once(socket, 'close').then(([event]) => (event as CloseEvent).code)
  return { socket, heard, closed }
}

/** A device that is let in, past the poke that greets it. */
async function join(register: VirtualRegister, through = served, at = address): Promise<Device> {
  const token = await deviceToken(through, register)
  const device = connect(at)
  await once(device.socket, 'open')
  device.socket.send(JSON.stringify({ token }))
  await expect.poll(() => device.heard, within).toEqual(['{"v":0}'])
  device.heard.length = 0
  return device
}

const within = { timeout: 5_000, interval: 20 }

const moveVersion = (database = on.database, tenantId = shop.tenantId): Promise<unknown> =>
  database.asTenant(tenantId, (tx) => tx.query('select next_version($1)', [tenantId]))

test('a socket that says nothing is closed when its time is up', async () => {
  const silent = connect()
  expect(await silent.closed).toBe(4401)
  expect(silent.heard).toEqual([])
})

test.each(['{"token":"forged"}', '{"v":1}', 'not JSON', '[]'])('%s is closed with 4401', async (hello) => {
  const stranger = connect()
  await once(stranger.socket, 'open')
  stranger.socket.send(hello)
  expect(await stranger.closed).toBe(4401)
  expect(stranger.heard).toEqual([])
})

test('a message larger than any of ours ends the socket and is no error of the server', async () => {
  const flood = connect()
  await once(flood.socket, 'open')
  flood.socket.send('x'.repeat(100_000))
  expect(await flood.closed).toBeGreaterThan(1000)
  expect(served.logged()).toContain('a socket was ended')
  expect(served.logged()).not.toContain('"level":"error"')
})

test('a page of another site gets no socket', async () => {
  const refused = await served.app.inject({
    url: '/live',
    headers: { connection: 'upgrade', upgrade: 'websocket', origin: 'https://evil.example' },
  })
  expect(refused.statusCode).toBe(403)
})

test('a sale pokes every device of its tenant with the version, and none of another tenant', async () => {
  const seller = await enrolRegister(on.database, shop)
  const ours = [await join(seller), await join(await enrolRegister(on.database, shop))]
  const theirs = await join(await enrolRegister(on.database, other))
  seller.sell()
  await served.mutate('operations.push', await seller.batch())
  const [head] = await on.database.asTenant(shop.tenantId, (tx) =>
    tx.query<{ v: number }>('select v from sync_head'),
  )
  for (const device of ours) await expect.poll(() => device.heard, within).toEqual([`{"v":${head!.v}}`])
  await moveVersion(on.database, other.tenantId)
  // What comes after tells that nothing came before.
  await expect.poll(() => theirs.heard.length, within).toBe(1)
  expect(ours.map((device) => device.heard.length)).toEqual([1, 1])
})

test('[S1] the poke comes after the commit: not before it, and not at all for what was rolled back', async () => {
  const device = await join(await enrolRegister(on.database, shop))
  const rolledBack = on.database.asTenant(shop.tenantId, async (tx) => {
    await tx.query('select next_version($1)', [shop.tenantId])
    throw new Error('undone')
  })
  await expect(rolledBack).rejects.toThrow('undone')
  let committed = 0
  await on.database.asTenant(shop.tenantId, async (tx) => {
    const [row] = await tx.query<{ v: number }>('select next_version($1) as v', [shop.tenantId])
    committed = row!.v
    await delay(300)
    expect(device.heard).toEqual([])
  })
  await expect.poll(() => device.heard, within).toEqual([`{"v":${committed}}`])
})

test('what another process writes pokes the devices of this one', async () => {
  const elsewhere = createDatabase({ url: on.url, max: 2, log: createLog('error') })
  onTestFinished(elsewhere.close)
  const device = await join(await enrolRegister(on.database, shop))
  await moveVersion(elsewhere)
  await expect.poll(() => device.heard.length, within).toBe(1)
})

test('[P5] a device that is revoked loses its socket at once, in every process, and the others keep theirs', async () => {
  const second = await serve(on.database)
  onTestFinished(async () => void (await second.app.close()))
  const gone = await enrolRegister(on.database, shop)
  const stays = await join(await enrolRegister(on.database, shop))
  const [here, there] = [await join(gone), await join(gone, second, await second.listen())]
  await on.database.asTenant(shop.tenantId, (tx) =>
    tx.query('update install set revoked_at = now() where install_id = $1', [gone.installId]),
  )
  expect(await here.closed).toBe(4401)
  expect(await there.closed).toBe(4401)
  await moveVersion()
  await expect.poll(() => stays.heard.length, within).toBe(1)
  expect([here.heard, there.heard]).toEqual([[], []])
})

test('when the listening connection was away, every device is told to look, and a revoked one is let go', async () => {
  const gone = await enrolRegister(on.database, shop)
  const [stays, leaves] = [await join(await enrolRegister(on.database, shop)), await join(gone)]
  await on.database.asSystem(async (tx) => {
    await tx.query('alter table install disable trigger install_revoked')
    await tx.query('update install set revoked_at = now() where install_id = $1', [gone.installId])
    await tx.query('alter table install enable trigger install_revoked')
    await tx.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'evertill-listen' and datname = current_database()`,
    )
  })
  await expect.poll(() => stays.heard, within).toContain('{"v":0}')
  expect(await leaves.closed).toBe(4401)
})

test('a device that answers no ping is let go; one that does stays', async () => {
  const register = await enrolRegister(on.database, shop)
  const alive = await join(register)
  const deaf = request({
    host: '127.0.0.1',
    port: address.split(':')[1],
    path: '/live',
    headers: {
      connection: 'upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'MDEyMzQ1Njc4OWFiY2RlZg==',
    },
  }).end()
  const [, socket] = (await once(deaf, 'upgrade')) as [unknown, Socket]
  onTestFinished(() => void socket.destroy())
  socket.write(textFrame(JSON.stringify({ token: await deviceToken(served, register) })))
  socket.resume()
  await once(socket, 'close')
  expect(alive.socket.readyState).toBe(WebSocket.OPEN)
})

/** RFC 6455: a final text frame of 126 to 65,535 bytes, masked with zeros as clients have to. */
function textFrame(text: string): Buffer {
  const header = Buffer.from([0x81, 0x80 | 126, 0, 0, 0, 0, 0, 0])
  header.writeUInt16BE(Buffer.byteLength(text), 2)
  return Buffer.concat([header, Buffer.from(text)])
}

test('closing does not wait for a database that is away', async () => {
  const own = await createTestDatabase()
  const database = createDatabase({ url: own.url, max: 2, log: createLog('silent') })
  const lonely = await serve(database)
  await own.drop()
  const before = performance.now()
  await lonely.app.close()
  expect(performance.now() - before).toBeLessThan(3_000)
  await database.close()
})
