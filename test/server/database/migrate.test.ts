import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { migrate } from '../../../server/database/migrate.ts'
import { createLog } from '../../../server/log.ts'
import { createTestDatabase } from '../database.ts'
import type { TestDatabase } from '../database.ts'

let folder: string
let empty: TestDatabase

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evertill-migrations-'))
  empty = await createTestDatabase({ isEmpty: true })
  await put('0001-first.sql', 'create table first (id integer); select pg_sleep(0.2);')
  await put('0002-second.sql', 'create table second (id integer);')
})

afterEach(async () => {
  await empty.drop()
  await rm(folder, { recursive: true, force: true })
})

const put = (name: string, sql: string): Promise<void> => writeFile(join(folder, name), sql)
const run = (): Promise<string[]> => migrate({ url: empty.url, log: createLog('silent'), folder })
const failureOf = (): Promise<unknown> => run().then(fail, (error: { failure: unknown }) => error.failure)
const fail = (): never => {
  throw new Error('it was accepted')
}

describe('migrate', () => {
  test('applies each file once, in order', async () => {
    expect(await run()).toEqual(['0001-first', '0002-second'])
    expect(await run()).toEqual([])
    await put('0003-third.sql', 'create table third (id integer);')
    expect(await run()).toEqual(['0003-third'])
  })

  test('two processes at once apply each file once between them', async () => {
    const [one, other] = await Promise.all([run(), run()])
    expect([...one, ...other].toSorted()).toEqual(['0001-first', '0002-second'])
  })

  test('a file that was changed after it was applied is refused by name', async () => {
    await run()
    await put('0002-second.sql', 'create table second (id bigint);')
    expect(await failureOf()).toMatchObject({
      code: 'migration/changed',
      sentence: expect.stringContaining('0002'),
    })
  })

  test('other line ends are not a change', async () => {
    await put('0002-second.sql', 'create table second (\n  id integer\n);\n')
    await run()
    await put('0002-second.sql', 'create table second (\r\n  id integer\r\n);\r\n')
    expect(await run()).toEqual([])
  })

  test('a file that fails leaves nothing of itself, and those before it stay', async () => {
    await put('0003-third.sql', 'create table third (id integer);\nselect broken;')
    expect(await failureOf()).toMatchObject({
      code: 'migration/failed',
      sentence: expect.stringContaining('(line 2)'),
    })
    const tables = await empty.database.asSystem((tx) =>
      tx.query<{ name: string }>(
        "select tablename as name from pg_tables where schemaname = 'public' order by 1",
      ),
    )
    expect(tables.map(({ name }) => name)).toEqual(['first', 'schema_migration', 'second'])
  })

  test('a number that comes before one that is applied is refused', async () => {
    await put('0005-fifth.sql', 'select 1;')
    await run()
    await put('0004-fourth.sql', 'select 1;')
    expect(await failureOf()).toMatchObject({
      code: 'migration/late',
      sentence: expect.stringContaining('0004-fourth'),
    })
  })

  test('a database of a newer program is left alone', async () => {
    await run()
    await rm(join(folder, '0002-second.sql'))
    expect(await failureOf()).toMatchObject({ code: 'migration/newer-database' })
  })

  test('two files of one number are refused', async () => {
    await put('0002-twin.sql', 'select 1;')
    expect(await failureOf()).toMatchObject({ code: 'migration/file-name' })
  })

  test('a server that is not there is said plainly, without the password', async () => {
    const url = 'postgres://evertill:hunter2@127.0.0.1:1/evertill'
    const error = await migrate({ url, log: createLog('silent'), folder }).then(
      fail,
      (thrown: Error) => thrown,
    )
    expect(error).toMatchObject({ failure: { code: 'database/unreachable' } })
    expect(error.message).not.toContain('hunter2')
  })
})
