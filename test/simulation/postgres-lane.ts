import { startPostgres } from './postgres-server.ts'
import type { Series } from './pool.ts'
import { run, type RunResult } from './run.ts'
import { memoryBacking } from './server/memory-backing.ts'
import { postgresBacking } from './server/postgres-parts.ts'

/** Each seed in memory and on PostgreSQL, one after the other; rows that differ break a rule too. */
export async function runOnPostgres(
  { firstSeed, seeds, steps, only }: Series,
  onResult: (result: RunResult) => void,
): Promise<void> {
  const server = await startPostgres()
  try {
    for (let seed = firstSeed; seed < firstSeed + seeds; seed += 1) {
      const inMemory = await run({ seed, steps, only, backing: memoryBacking({ isWhole: true }) })
      const database = await server.newDatabase()
      const onPostgres = await run({ seed, steps, only, backing: postgresBacking(database) })
      await database.close()
      const violations = [...inMemory.violations, ...onPostgres.violations]
      const isEqual = onPostgres.hash === inMemory.hash
      const what = 'PostgreSQL holds other rows than the model'
      onResult({
        ...onPostgres,
        violations: isEqual ? violations : [...violations, { rule: 'lane', what, atStep: 0 }],
      })
    }
  } finally {
    await server.stop()
  }
}
