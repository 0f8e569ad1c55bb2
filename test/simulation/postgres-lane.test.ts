import { expect, test } from 'vitest'
import { createTestDatabase } from '../server/database.ts'
import { run } from './run.ts'
import { memoryBacking } from './server/memory-backing.ts'
import { postgresBacking } from './server/postgres-parts.ts'

const STEPS = 40
const seeds = Array.from({ length: 12 }, (_, index) => index + 1)

test.each(seeds)('seed %i leaves the same rows on PostgreSQL as in memory', async (seed) => {
  const backing = memoryBacking({ isWhole: true })
  const inMemory = await run({ seed, steps: STEPS, backing })
  const { database, drop } = await createTestDatabase({ max: 4 })
  try {
    const postgres = postgresBacking(database)
    const onPostgres = await run({ seed, steps: STEPS, backing: postgres })
    expect(inMemory.violations).toEqual([])
    expect(onPostgres.violations).toEqual([])
    // The rows themselves first, as they tell where the two differ.
    expect(await postgres.peek.dump()).toEqual(await backing.peek.dump())
    expect(onPostgres.hash).toBe(inMemory.hash)
  } finally {
    await drop()
  }
})
