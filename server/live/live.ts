import type { FastifyInstance } from 'fastify'
import type { WebSocket } from 'ws'
import { liveHello, type LivePoke } from '#protocol/enrolment.ts'
import type { Database } from '../database/pool.ts'
import type { DeviceTokens } from '../use-cases/device-token.ts'

const helloWithinMs = 10_000
const pingEveryMs = 30_000

/**
 * Pokes devices whenever their tenant's version moves, whichever process moved it: the database notifies all of them.
 * A poke says "pull now" and nothing else, so one that is lost or doubled does no harm.
 */
export async function registerLive(
  app: FastifyInstance,
  database: Database,
  tokens: DeviceTokens,
): Promise<void> {
  const rooms = new Map<string, Set<WebSocket>>()

  const stopListening = await database.listen('evertill_version', (payload) => {
    if (payload === null) {
      // The listening connection was away: anything may have been missed.
      for (const room of rooms.values()) poke(room, { v: 0 })
      return
    }
    const [tenantId = '', v] = payload.split(' ')
    poke(rooms.get(tenantId) ?? new Set(), { v: Number(v) })
  })
  app.addHook('onClose', stopListening)

  app.get('/live', { websocket: true }, (socket) => {
    const tooLate = setTimeout(() => socket.close(4401, 'no token'), helloWithinMs)
    const pings = setInterval(() => socket.ping(), pingEveryMs)
    let leave = (): void => {}
    socket.once('message', (data: Buffer) => {
      clearTimeout(tooLate)
      void join(data).catch(() => socket.close(1011))
    })
    socket.once('close', () => {
      clearTimeout(tooLate)
      clearInterval(pings)
      leave()
    })

    async function join(data: Buffer): Promise<void> {
      const hello = liveHello.safeParse(readJson(data))
      const install = hello.success ? await tokens.installOf(hello.data.token) : null
      if (!install) return socket.close(4401, 'token')
      const room = rooms.get(install.tenantId) ?? new Set()
      rooms.set(install.tenantId, room.add(socket))
      leave = () => {
        room.delete(socket)
        if (room.size === 0) rooms.delete(install.tenantId)
      }
      if (socket.readyState !== socket.OPEN) leave()
      // What changed between the device's last pull and this moment would otherwise wait for the next change.
      else socket.send(JSON.stringify({ v: 0 } satisfies LivePoke))
    }
  })
}

function poke(room: ReadonlySet<WebSocket>, message: LivePoke): void {
  const text = JSON.stringify(message)
  for (const socket of room) if (socket.readyState === socket.OPEN) socket.send(text)
}

function readJson(data: Buffer): unknown {
  try {
    return JSON.parse(data.toString('utf8'))
  } catch {
    return null
  }
}
