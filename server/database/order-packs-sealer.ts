import type { Log } from '../log.ts'
import { ordersSinceAt } from './changes-scope.ts'
import { type PackSealing, sealPacks } from './order-packs.ts'

export type PackSealerOptions = PackSealing & {
  readonly log: Pick<Log, 'warn'>
  /** So long after a tenant's last commit; 2 s unless given. Ingest has the machine to itself until then. */
  readonly quietMs?: number
  /** At the latest, where commits never pause; 30 s unless given. */
  readonly longestMs?: number
}

export type PackSealer = {
  /** Seals what there is and then after every commit, in whichever process that was. */
  start(): Promise<void>
  /** Waits for the pack that is being sealed. */
  stop(): Promise<void>
}

export function createPackSealer(options: PackSealerOptions): PackSealer {
  const { database, clock, log, quietMs = 2_000, longestMs = 30_000 } = options
  const timers = new Map<string, { timer: NodeJS.Timeout; readonly since: number }>()
  let running: Promise<void> = Promise.resolve()
  let endListening: (() => Promise<void>) | null = null
  let isStopped = false

  function kick(tenantId: string): void {
    if (isStopped) return
    const waiting = timers.get(tenantId)
    const now = performance.now()
    const since = waiting?.since ?? now
    clearTimeout(waiting?.timer)
    const delayMs = Math.max(0, Math.min(quietMs, since + longestMs - now))
    const timer = setTimeout(() => {
      timers.delete(tenantId)
      running = running.then(() => sealTenant(tenantId))
    }, delayMs)
    timer.unref()
    timers.set(tenantId, { timer, since })
  }

  async function sealTenant(tenantId: string): Promise<void> {
    if (isStopped) return
    try {
      const stores = await database.asTenant(tenantId, (tx) =>
        tx.query<{ id: string }>('select distinct store_id as id from segment where month >= $1', [
          monthOf(ordersSinceAt(clock())),
        ]),
      )
      for (const { id } of stores) {
        if (isStopped) return
        await sealPacks(options, tenantId, id)
      }
    } catch (error) {
      // Unpacked orders travel one by one; the next commit tries again.
      if (!isStopped) log.warn({ err: error, tenantId }, 'orders could not be packed')
    }
  }

  async function kickAll(): Promise<void> {
    const tenants = await database.asSystem((tx) =>
      tx.query<{ id: string }>('select distinct tenant_id as id from segment where month >= $1', [
        monthOf(ordersSinceAt(clock())),
      ]),
    )
    for (const { id } of tenants) kick(id)
  }

  return {
    async start() {
      endListening = await database.listen('evertill_version', (payload) => {
        if (payload !== null) kick(payload.slice(0, payload.indexOf(' ')))
        // The listening connection was away: anything may have been missed.
        else void kickAll().catch((error: unknown) => log.warn({ err: error }, 'orders are packed later'))
      })
      await kickAll()
    },
    async stop() {
      isStopped = true
      for (const { timer } of timers.values()) clearTimeout(timer)
      timers.clear()
      // Not waited for: while the database is away it would hold the shutdown up, and the pool ends its listening anyway.
      void endListening?.().catch(() => undefined)
      await running
    },
  }
}

function monthOf(day: string): string {
  return `${day.slice(0, 7)}-01`
}
