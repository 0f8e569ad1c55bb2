import { randomBytes } from 'node:crypto'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { createDatabase, type Database } from '../../server/database/pool.ts'
import { createLog } from '../../server/log.ts'
import startServer from '../server/global-setup.ts'

/** A PostgreSQL of its own, for as long as it is needed. */
export type PostgresServer = {
  /** A database with the product's tables and nothing in them; whoever asks for it closes it. */
  newDatabase(): Promise<Database>
  stop(): Promise<void>
}

export async function startPostgres(): Promise<PostgresServer> {
  const provided: Record<string, string> = {}
  const provide = (name: string, value: string): void => {
    provided[name] = value
  }
  const stop = await startServer({ provide } as unknown as TestProject)
  const { postgresUrl = '', templateDatabase = '' } = provided
  return {
    newDatabase: async () => {
      const name = `simulation_${randomBytes(8).toString('hex')}`
      const client = new pg.Client({ connectionString: postgresUrl })
      await client.connect()
      await client.query(`create database ${name} template ${templateDatabase}`)
      await client.end()
      const url = new URL(postgresUrl)
      url.pathname = `/${name}`
      return createDatabase({ url: url.href, max: 4, log: createLog('error') })
    },
    stop,
  }
}
