import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase, type Database } from '../../server/database/pool.ts'
import { createLog } from '../../server/log.ts'
import { checkHerd } from './check-herd.ts'
import { onOwnServer, type Target } from './own-server.ts'
import { formatLoad } from './report.ts'
import { type LoadResult, runLoad } from './run-load.ts'

let database: Database
let result: LoadResult
let letGo: () => void
let serving: Promise<void>

beforeAll(async () => {
  const target = await new Promise<Target>((resolve, reject) => {
    serving = onOwnServer((own) => {
      resolve(own)
      return new Promise<void>((end) => (letGo = end))
    })
    serving.catch(reject)
  })
  database = createDatabase({ url: target.databaseUrl, max: 2, log: createLog('error') })
  result = await runLoad(target, { registers: 20, unsent: 10, seed: 7, progress: () => undefined })
}, 60_000)

afterAll(async () => {
  await database.close()
  letGo()
  await serving
}, 60_000)

describe('twenty registers that come back at once', () => {
  test('[I14] all get through', () => {
    expect(result).toMatchObject({ registers: 20, orders: 200, operations: 220, unfinished: 0 })
  })

  test('[I2] leave every payment on the server once, to the minor unit, though answers were lost on their way', () => {
    const push = result.procedures.find(({ procedure }) => procedure === 'operations.push')
    expect(push?.errors).toEqual({ 'answer lost on purpose': 1 })
    expect(push?.count).toBe(21)
    expect(result.differences).toEqual([])
  })

  test('do not keep others from their work', () => {
    expect(result.probes.map(({ name, failed }) => [name, failed])).toEqual([
      ['/health', 0],
      ['another business pulls', 0],
      ['another business sells', 0],
      ['owner’s sales report', 0],
      ['owner’s registers', 0],
    ])
  })

  test('end in a table that says so', () => {
    expect(formatLoad(result)).toContain('payments equal to the minor unit')
    expect(formatLoad({ ...result, differences: ['payment, card: none'] })).toContain(
      'DIFFERS  payment, card',
    )
  })
})

describe('the comparison finds', () => {
  const spoiled = [
    ['a payment that is missing', 'payment', /^payment, \w+: \d+ of \d+ minor units instead of \d+ of \d+/],
    ['an operation that is missing', 'operation', /^operations: 219 instead of 220/],
    ['a movement that is missing', 'stock_movement', /^movements: /],
  ] as const

  test.each(spoiled)('%s', async (_, table, expected) => {
    const { tenantId, ledger } = result
    const gone = await take(table, tenantId)
    expect(await checkHerd(database, tenantId, ledger)).toEqual(
      expect.arrayContaining([expect.stringMatching(expected)]),
    )
    await putBack(table, gone)
    expect(await checkHerd(database, tenantId, ledger)).toEqual([])
  })

  test('a payment that the registers took and the server never saw', async () => {
    const { tenantId, ledger } = result
    const cash = ledger.payments.cash!
    const more = { ...cash, sumMinor: cash.sumMinor + 1 }
    const found = await checkHerd(database, tenantId, {
      ...ledger,
      payments: { ...ledger.payments, cash: more },
    })
    expect(found).toHaveLength(2)
  })
})

/** Removes one row behind the server's back and answers it as JSON. */
async function take(table: string, tenantId: string): Promise<string> {
  const [row] = await database.asSystem((tx) =>
    tx.query<{ gone: string }>(
      `with gone as (delete from ${table} where ctid = (select min(ctid) from ${table} where tenant_id = $1) returning *)
       select to_jsonb(gone)::text as gone from gone`,
      [tenantId],
    ),
  )
  return row!.gone
}

async function putBack(table: string, gone: string): Promise<void> {
  await database.asSystem(async (tx) => {
    await tx.query(`set local session_replication_role = replica`)
    await tx.query(`insert into ${table} select * from jsonb_populate_record(null::${table}, $1::jsonb)`, [
      gone,
    ])
  })
}
