import type { FastifyInstance } from 'fastify'
import type { WebSocket } from 'ws'
import { liveHello, type LivePoke } from '#protocol/enrolment.ts'
import type { Database } from '../database/pool.ts'
import type { DeviceTokens } from '../use-cases/device-token.ts'

export type LiveLimits = {
  /** How long a socket may stay without a token. */
  readonly helloWithinMs: number
  /** A socket that answers no ping until the next one is due is gone. */
  readonly pingEveryMs: number
}

/** The client forgets its token on this code and asks for another. */
const refused = 4401

type Member = {
  readonly socket: WebSocket
  readonly token: string
  readonly tenantId: string
  readonly installId: string
}

/**
 * Pokes devices whenever their tenant's version moves, whichever process moved it: the database notifies all of them.
 * A poke says "pull now" and nothing else, so one that is lost or doubled does no harm.
 */
export async function registerLive(
  app: FastifyInstance,
  database: Database,
  tokens: DeviceTokens,
  { helloWithinMs, pingEveryMs }: LiveLimits = { helloWithinMs: 10_000, pingEveryMs: 30_000 },
): Promise<void> {
  const rooms = new Map<string, Set<Member>>()
  const everybody = (): Member[] => [...rooms.values()].flatMap((room) => [...room])

  const endings = [
    await database.listen('evertill_version', (payload) => {
      // The listening connection was away: anything may have been missed.
      if (payload === null) return poke(everybody(), { v: 0 })
      const [tenantId = '', v] = payload.split(' ')
      poke(rooms.get(tenantId) ?? [], { v: Number(v) })
    }),
    await database.listen('evertill_revoked', (installId) => {
      for (const member of everybody()) {
        if (installId === null) void dismissIfRevoked(member).catch(() => member.socket.close(1011))
        else if (member.installId === installId) member.socket.close(refused, 'revoked')
      }
    }),
  ]
  app.addHook('onClose', async () => {
    // Not waited for: while the database is away it would hold the shutdown up, and the pool ends its listening anyway.
    for (const end of endings) void end().catch(() => undefined)
  })

  async function dismissIfRevoked({ socket, token }: Member): Promise<void> {
    if (!(await tokens.installOf(token))) socket.close(refused, 'token')
  }

  function join(member: Member): () => void {
    const room = rooms.get(member.tenantId) ?? new Set()
    rooms.set(member.tenantId, room.add(member))
    return () => {
      room.delete(member)
      if (room.size === 0 && rooms.get(member.tenantId) === room) rooms.delete(member.tenantId)
    }
  }

  app.get('/live', { websocket: true }, (socket) => {
    const tooLate = setTimeout(() => socket.close(refused, 'no token'), helloWithinMs)
    const stopPinging = endWhenSilent(socket, pingEveryMs)
    let leave = (): void => {}
    socket.once('message', (data: Buffer) => {
      clearTimeout(tooLate)
      void greet(data).catch(() => socket.close(1011))
    })
    socket.once('close', () => {
      clearTimeout(tooLate)
      stopPinging()
      leave()
    })

    async function greet(data: Buffer): Promise<void> {
      const hello = liveHello.safeParse(readJson(data))
      const install = hello.success ? await tokens.installOf(hello.data.token) : null
      if (!hello.success || !install) return socket.close(refused, 'token')
      const { token } = hello.data
      const member = { socket, token, tenantId: install.tenantId, installId: install.installId }
      leave = join(member)
      // It may have closed, or the install been revoked, between the look-up and the room.
      if (socket.readyState !== socket.OPEN) return leave()
      await dismissIfRevoked(member)
      // What changed between the device's last pull and this moment would otherwise wait for the next change.
      poke([member], { v: 0 })
    }
  })
}

/** A device that went out of reach says no goodbye: its socket would stay open for a quarter of an hour. */
function endWhenSilent(socket: WebSocket, everyMs: number): () => void {
  let hasAnswered = true
  socket.on('pong', () => (hasAnswered = true))
  const pings = setInterval(() => {
    if (!hasAnswered) return socket.terminate()
    hasAnswered = false
    socket.ping()
  }, everyMs)
  return () => clearInterval(pings)
}

function poke(members: Iterable<Member>, message: LivePoke): void {
  const text = JSON.stringify(message)
  for (const { socket } of members) if (socket.readyState === socket.OPEN) socket.send(text)
}

function readJson(data: Buffer): unknown {
  try {
    return JSON.parse(data.toString('utf8'))
  } catch {
    return null
  }
}
