import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../../server/database/pool.ts'
import { acceptOperations } from '../../../server/use-cases/accept-operations.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { enrolRegister, ingestPartsOn, openShop, type Shop } from '../virtual-shop.ts'

let on: TestDatabase
let shop: Shop

beforeAll(async () => {
  on = await createTestDatabase()
  shop = await openShop(on.database)
})
afterAll(() => on.drop())

/** The database, counting the statements that its transactions make. */
function counting(database: Database): { readonly database: Database; count(): number } {
  let count = 0
  return {
    count: () => count,
    database: {
      ...database,
      asTenant: (tenantId, work, options) =>
        database.asTenant(
          tenantId,
          (tx) =>
            work({
              ...tx,
              query: (text, values) => {
                count += 1
                return tx.query(text, values)
              },
            }),
          options,
        ),
    },
  }
}

async function statementsOf(sales: number, isOneByOne = false): Promise<number> {
  const register = await enrolRegister(on.database, shop)
  for (let sale = 0; sale < sales; sale += 1) register.sell({ productIndex: sale % 3 })
  const counted = counting(on.database)
  const parts = ingestPartsOn(counted.database)
  const ends = isOneByOne ? register.journal.map(({ seq }) => seq) : [register.head.seq]
  let first = 1
  for (const last of ends) {
    await acceptOperations(parts, await register.batch(first, last))
    first = last + 1
  }
  return counted.count()
}

test('[S2] a batch of any size takes the same handful of statements', async () => {
  const few = await statementsOf(3)
  expect(await statementsOf(60)).toBe(few)
  expect(few).toBeLessThan(40)
  // Negative control: one operation at a time takes as many times more.
  expect(await statementsOf(6, true)).toBeGreaterThan(few * 4)
})
