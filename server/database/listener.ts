import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { Log } from '../log.ts'

/**
 * `payload` is what NOTIFY carried ('' where nothing). Null means that the connection was away for a while and is back:
 * anything may have been missed, so look for yourself.
 */
export type NotificationHandler = (payload: string | null) => void

export type Listener = {
  listen(channel: string, handler: NotificationHandler): Promise<() => Promise<void>>
  close(): Promise<void>
}

const probeEveryMs = 30_000
const longestPauseMs = 10_000

/**
 * LISTEN on one connection of its own, opened with the first channel.
 *
 *   idle ──listen──▶ connecting ──ok──▶ listening ──connection ends──▶ connecting (with growing pauses) …
 *     any state ──close──▶ closed
 */
export function createListener(url: string, log: Log): Listener {
  const handlers = new Map<string, Set<NotificationHandler>>()
  const closing = new AbortController()
  let connection: Promise<pg.Client> | undefined

  async function connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'evertill-listen',
      connectionTimeoutMillis: 10_000,
      query_timeout: 10_000,
      keepAlive: true,
    })
    client.on('error', (error) => log.debug({ err: error }, 'the listening connection broke'))
    client.on('notification', ({ channel, payload = '' }) => call(channel, payload))
    await client.connect()
    const probe = setInterval(() => {
      // A connection whose other end vanished without a word is noticed only by asking.
      client.query('select 1').catch(() => client.end().catch(() => undefined))
    }, probeEveryMs)
    probe.unref()
    client.once('end', () => {
      clearInterval(probe)
      if (closing.signal.aborted) return
      connection = reconnect()
      // Ends only by closing; nobody may be waiting for it then.
      connection.catch(() => undefined)
    })
    for (const channel of handlers.keys()) await client.query(`listen ${client.escapeIdentifier(channel)}`)
    return client
  }

  async function reconnect(): Promise<pg.Client> {
    for (let attempt = 1; ; attempt += 1) {
      await delay(Math.min(250 * 2 ** attempt, longestPauseMs) * (0.5 + Math.random() / 2), undefined, {
        signal: closing.signal,
      })
      try {
        const client = await connect()
        for (const channel of handlers.keys()) call(channel, null)
        return client
      } catch (error) {
        log.warn({ err: error, attempt }, 'can’t listen to the database; trying again')
      }
    }
  }

  function call(channel: string, payload: string | null): void {
    for (const handler of handlers.get(channel) ?? []) {
      try {
        handler(payload)
      } catch (error) {
        log.error({ err: error, channel }, 'a handler of a notification failed')
      }
    }
  }

  return {
    async listen(channel, handler) {
      const existing = handlers.get(channel)
      handlers.set(channel, (existing ?? new Set()).add(handler))
      if (!connection) {
        connection = connect()
        await connection.catch((error: unknown) => {
          connection = undefined
          handlers.get(channel)?.delete(handler)
          throw error
        })
      } else if (!existing) {
        const client = await connection
        await client.query(`listen ${client.escapeIdentifier(channel)}`)
      }
      return async () => {
        handlers.get(channel)?.delete(handler)
        if (handlers.get(channel)?.size !== 0) return
        handlers.delete(channel)
        const client = await connection
        await client?.query(`unlisten ${client.escapeIdentifier(channel)}`)
      }
    },
    async close() {
      closing.abort()
      const client = await connection?.catch(() => undefined)
      await client?.end()
    },
  }
}
