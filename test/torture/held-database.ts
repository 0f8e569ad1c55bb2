import pg from 'pg'
import { columnTypes } from '../../server/database/column-types.ts'
import { openEmbedded } from '../../server/database/embedded.ts'
import { createDatabase, type Database } from '../../server/database/pool.ts'
import { createLog } from '../../server/log.ts'
import type { Query } from './proof/held.ts'

const log = createLog('silent')

/** The server's PostgreSQL, past the server. */
export type HeldDatabase = {
  readonly url: string
  readonly database: Database
  readonly query: Query
  /** Runs the work in a transaction in which no trigger fires, and takes back everything that it did. */
  spoiled<T>(work: (query: Query) => Promise<T>): Promise<T>
}

/** Adopts the PostgreSQL that runs on the folder, or starts it and stops it again. */
export async function withHeldDatabase<T>(
  dataDir: string,
  work: (held: HeldDatabase) => Promise<T>,
): Promise<T> {
  const embedded = await openEmbedded({ dataDir, log, mode: 'adopt-or-start' })
  const database = createDatabase({ url: embedded.url, max: 10, log })
  const client = new pg.Client({ connectionString: embedded.url, types: columnTypes })
  try {
    await client.connect()
    const query: Query = async <Row extends object>(text: string, values?: readonly unknown[]) => {
      const { rows } = await client.query<Row>(text, values as unknown[] | undefined)
      return rows
    }
    await client.query(`set timezone = 'UTC'`)
    return await work({
      url: embedded.url,
      database,
      query,
      async spoiled(spoil) {
        await client.query(
          `begin; set local session_replication_role = replica; set local lock_timeout = '20s'`,
        )
        try {
          return await spoil(query)
        } finally {
          await client.query('rollback')
        }
      },
    })
  } finally {
    await client.end()
    await database.close()
    await embedded.stop()
  }
}
