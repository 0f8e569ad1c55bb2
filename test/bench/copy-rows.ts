import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFromStream } from 'pg-copy-streams'
import type { PushRequest } from '#protocol/push.ts'
import type { Tx } from '../../server/database/pool.ts'
import type { TemporaryDatabase } from './temporary-database.ts'

/** One batch as COPY reads it: a statement and its bytes for each table. */
type BatchToCopy = readonly { readonly statement: string; readonly bytes: Buffer }[]

export type CopyTables = {
  /** The rows that batches of an install left in the product's tables; each answer can be copied once. */
  dump(
    installId: string,
    batches: readonly PushRequest[],
  ): Promise<{ readonly all: readonly BatchToCopy[]; readonly withoutJournal: readonly BatchToCopy[] }>
  /** Copies each batch into tables and indexes like the product's, in a transaction of its own. */
  copy(batches: readonly BatchToCopy[]): Promise<void>
}

const ofOrders = `where order_id in (select order_id from orders where install_id = $1 and seq between $2 and $3)`
const ofJournal = 'where install_id = $1 and seq between $2 and $3'

const tables = [
  { table: 'operation', where: ofJournal },
  { table: 'orders', where: ofJournal },
  { table: 'payment', where: ofOrders },
  { table: 'stock_movement', where: ofOrders },
] as const

/** Twins of the product's tables with the same indexes, but no foreign keys, triggers or rollups: nothing but rows. */
export async function makeCopyTables({ database, url, dumpFolder }: TemporaryDatabase): Promise<CopyTables> {
  const columns = new Map<string, string>()
  await database.asSystem(async (tx) => {
    for (const { table } of tables) columns.set(table, await columnsOf(tx, table))
    for (const schema of ['copied', 'copied_without_journal']) {
      await tx.query(`create schema ${schema}`)
      for (const { table } of tables)
        await tx.query(`create table ${schema}.${table} (like public.${table} including all)`)
    }
  })
  const dumpBatch = async (tx: Tx, installId: string, { firstSeq, opIds }: PushRequest) => {
    const [first, last] = [firstSeq, firstSeq + opIds.length - 1]
    const rows: { table: string; bytes: Buffer }[] = []
    for (const { table, where } of tables) {
      const file = join(dumpFolder, table)
      // COPY takes no parameters; these are a UUID and numbers of our own.
      const condition = where
        .replace('$1', `'${installId}'`)
        .replace('$2', `${first}`)
        .replace('$3', `${last}`)
      await tx.query(`copy (select ${columns.get(table)} from ${table} ${condition}) to '${file}'`)
      rows.push({ table, bytes: await readFile(file) })
      await rm(file)
    }
    return (schema: string): BatchToCopy =>
      rows.map(({ table, bytes }) => ({
        statement: `copy ${schema}.${table} (${columns.get(table)}) from stdin`,
        bytes,
      }))
  }

  return {
    dump: (installId, batches) =>
      database.asSystem(async (tx) => {
        const dumps = []
        for (const batch of batches) dumps.push(await dumpBatch(tx, installId, batch))
        return {
          all: dumps.map((into) => into('copied')),
          withoutJournal: dumps.map((into) => into('copied_without_journal').slice(1)),
        }
      }),
    async copy(batches) {
      // One of its own: the product's send statements behind each other, which COPY does not bear.
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      try {
        for (const batch of batches) {
          await client.query('begin')
          for (const { statement, bytes } of batch)
            await finished(client.query(copyFromStream(statement)).end(bytes))
          await client.query('commit')
        }
      } finally {
        await client.end()
      }
    },
  }
}

/** Without generated columns, which COPY does not take. */
async function columnsOf(tx: Tx, table: string): Promise<string> {
  const rows = await tx.query<{ column_name: string }>(
    `select column_name from information_schema.columns
     where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' order by ordinal_position`,
    [table],
  )
  return rows.map((row) => row.column_name).join(', ')
}
