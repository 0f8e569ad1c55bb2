import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { Log } from '../log.ts'
import { together } from './together.ts'
import { columnTypes } from './column-types.ts'
import { createListener } from './listener.ts'
import type { NotificationHandler } from './listener.ts'

/**
 * One open transaction. Statements are unnamed, so a pooler in transaction mode may stand between. Those that are asked for before
 * an earlier one was answered are sent behind it at once, and done in that sequence.
 */
export type Tx = {
  /** Column types: see `columnTypes`. */
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>
}

export type Database = {
  /**
   * Runs `fn` in a transaction that sees this tenant's rows only: as the role `evertill_app`, which row-level security
   * binds, with `app.tenant` set. A transaction that lost a race (40001, 40P01) is run again, up to five times in all:
   * `fn` must not act on anything outside the database.
   */
  asTenant<T>(tenantId: string, fn: (tx: Tx) => Promise<T>, options?: TenantOptions): Promise<T>
  /**
   * The same as the connecting role, past row-level security: for set-up and the look-ups before a tenant is known
   * (sign-in, enrolment, an install's key). Every caller is a place that tenants could leak through; keep them few.
   */
  asSystem<T>(fn: (tx: Tx) => Promise<T>): Promise<T>
  /** Hears `NOTIFY channel`; resolves once it listens, to the function that ends it. */
  listen(channel: string, handler: NotificationHandler): Promise<() => Promise<void>>
  /** For monitoring: connections open, idle, and callers waiting for one. */
  poolState(): { open: number; idle: number; waiting: number }
  /** Waits for open transactions, then closes every connection. */
  close(): Promise<void>
}

type TenantOptions = {
  /** One unchanging picture for several queries: REPEATABLE READ, READ ONLY. */
  readonly readOnlySnapshot?: boolean
}

export type DatabaseOptions = {
  readonly url: string
  /** Past a connection pooler, for LISTEN. The same as `url` where there is none. */
  readonly directUrl?: string | undefined
  /** The most connections at once. */
  readonly max: number
  readonly log: Log
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const retryCodes = new Set(['40001', '40P01'])
const attempts = 5
/** Set per transaction: a pooler passes neither start-up options nor a session's settings on. */
const limits = `set local statement_timeout = '30s'; set local idle_in_transaction_session_timeout = '60s';
  set local timezone = 'UTC'; set local datestyle = 'ISO'`

/** Opens no connection before the first use. */
export function createDatabase({ url, directUrl = url, max, log }: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    types: columnTypes,
    pipeline: true,
    application_name: 'evertill',
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
  })
  // An idle connection that breaks is replaced by the pool; unheard, the event would end the process.
  pool.on('error', (error) => log.warn({ err: error }, 'an idle database connection broke'))
  const listener = createListener(directUrl, log)

  return {
    async asTenant(tenantId, fn, { readOnlySnapshot = false } = {}) {
      if (!uuid.test(tenantId)) throw new TypeError('A tenant’s id must be a UUID')
      const begin = readOnlySnapshot ? 'begin isolation level repeatable read read only' : 'begin'
      const opening = `${begin}; ${limits}; set local role evertill_app; select set_config('app.tenant', '${tenantId}', true)`
      return retrying(() => transact(pool, opening, fn), log)
    },
    asSystem: (fn) => retrying(() => transact(pool, `begin; ${limits}`, fn), log),
    listen: listener.listen,
    poolState: () => ({ open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    async close() {
      await Promise.all([listener.close(), pool.end()])
    },
  }
}

async function transact<T>(pool: pg.Pool, opening: string, fn: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  const onBreak = (error: Error): void => {
    broken = error
  }
  client.on('error', onBreak)
  try {
    // A statement behind an opening that failed is refused, as the transaction is.
    const [, value] = await together(
      () => client.query(opening),
      () => fn(toTx(client)),
    )
    const { command } = await client.query('commit')
    // PostgreSQL answers COMMIT of a transaction in which a statement failed with ROLLBACK, and no error.
    if (command !== 'COMMIT')
      throw new Error('Nothing was committed: a failed statement’s error was swallowed')
    return value
  } catch (error) {
    await client.query('rollback').catch((rollbackError: Error) => {
      broken ??= rollbackError
    })
    throw error
  } finally {
    client.off('error', onBreak)
    client.release(broken)
  }
}

async function retrying<T>(run: () => Promise<T>, log: Log): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run()
    } catch (error) {
      const code = (error as { code?: unknown }).code
      if (attempt === attempts || !retryCodes.has(String(code))) throw error
      log.debug({ sqlState: code, attempt }, 'transaction lost a race; running it again')
      await delay(10 * 2 ** attempt * (0.5 + Math.random()))
    }
  }
}

function toTx(client: pg.PoolClient): Tx {
  return {
    async query<Row extends object>(text: string, values?: readonly unknown[]) {
      const { rows } = await client.query<Row>(text, values as unknown[] | undefined)
      return rows
    },
  }
}
