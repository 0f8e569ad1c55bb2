import { expect, test } from 'vitest'
import type { Database } from '../../server/database/pool.ts'
import { createTestDatabase } from '../server/database.ts'
import { run } from './run.ts'
import { memoryBacking } from './server/memory-backing.ts'
import { postgresBacking } from './server/postgres-parts.ts'
import { hashOf } from './server/state-dump.ts'

const STEPS = 40
const seeds = Array.from({ length: 12 }, (_, index) => index + 1)

async function withPostgres(work: (database: Database) => Promise<void>): Promise<void> {
  const { database, drop } = await createTestDatabase({ max: 4 })
  try {
    await work(database)
  } finally {
    await drop()
  }
}

test.each(seeds)('seed %i leaves the same rows on PostgreSQL as in memory', (seed) =>
  withPostgres(async (database) => {
    const backing = memoryBacking({ isWhole: true })
    const inMemory = await run({ seed, steps: STEPS, backing })
    const postgres = postgresBacking(database)
    const onPostgres = await run({ seed, steps: STEPS, backing: postgres })
    expect(inMemory.violations).toEqual([])
    expect(onPostgres.violations).toEqual([])
    // The rows themselves first, as they tell where the two differ.
    expect(await postgres.peek.dump()).toEqual(await backing.peek.dump())
    expect(onPostgres.hash).toBe(inMemory.hash)
  }),
)

/** By the part of the state that shows it. */
const behindItsBack: readonly (readonly [part: string, statement: string])[] = [
  [
    'payments',
    'update payment set amount_minor = amount_minor + 1 where ctid = (select max(ctid) from payment)',
  ],
  [
    'stock',
    'update stock_level set level_milli = level_milli + 1 where ctid = (select max(ctid) from stock_level)',
  ],
  ['movements', 'delete from stock_movement where ctid = (select max(ctid) from stock_movement)'],
  ['shifts', 'update shift set z_number = 99 where ctid = (select max(ctid) from shift)'],
  [
    'operations',
    `update operation set flags = '{overpaid-order}' where ctid = (select max(ctid) from operation)`,
  ],
  ['installs', 'update install set last_seq = last_seq + 1 where ctid = (select max(ctid) from install)'],
]

test('negative control: one row that is changed behind its back makes another state', () =>
  withPostgres(async (database) => {
    const postgres = postgresBacking(database)
    const { hash } = await run({ seed: 1, steps: STEPS, backing: postgres })
    let before = await postgres.peek.dump()
    expect(hashOf(before)).toBe(hash)
    for (const [part, statement] of behindItsBack) {
      await database.asSystem((tx) => tx.query(statement))
      const after = await postgres.peek.dump()
      const parts = Object.keys(after).filter(
        (name) => hashOf({ name: after[name]! }) !== hashOf({ name: before[name]! }),
      )
      expect(parts, statement).toEqual([part])
      expect(hashOf(after)).not.toBe(hashOf(before))
      before = after
    }
  }))
