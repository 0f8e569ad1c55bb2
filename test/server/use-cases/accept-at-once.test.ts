import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PushAnswer, PushRequest } from '#protocol/push.ts'
import { acceptOperations } from '../../../server/use-cases/accept-operations.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { enrolRegister, ingestPartsOn, openShop, type Shop } from '../virtual-shop.ts'

let on: TestDatabase
let shop: Shop

beforeAll(async () => {
  on = await createTestDatabase({ max: 20 })
  shop = await openShop(on.database)
})
afterAll(() => on.drop())

async function push(request: PushRequest): Promise<PushAnswer> {
  const answer = await acceptOperations(ingestPartsOn(on.database), request)
  if (!answer.ok) throw new Error(answer.failure.code)
  return answer.value
}

const count = async (sql: string, values: unknown[] = []): Promise<number> => {
  const [row] = await on.database.asTenant(shop.tenantId, (tx) => tx.query<{ n: number }>(sql, values))
  return row!.n
}
const ordersOf = (installId: string): Promise<number> =>
  count('select count(*) as n from orders where install_id = $1', [installId])

describe('many at once', () => {
  test('[P1] [I2] the same batch from eight connections is applied once', async () => {
    const register = await enrolRegister(on.database, shop)
    for (let sale = 0; sale < 20; sale += 1) register.sell({ businessDay: '2026-03-03' })
    const batch = await register.batch()
    const answers = await Promise.all(Array.from({ length: 8 }, () => push(batch)))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(await ordersOf(register.installId)).toBe(20)
    expect(await count(`select sum(orders) as n from rollup_hour where day = '2026-03-03'`)).toBe(20)
  })

  test('[S1] versions are gapless and in the order of commits, whoever writes', async () => {
    const registers = await Promise.all(Array.from({ length: 6 }, () => enrolRegister(on.database, shop)))
    const before = await count('select v as n from sync_head')
    const seen: number[] = []
    let isWriting = true
    // A reader with a cursor, as pull is: whatever is committed at or below a version it has seen must be seen with it.
    const reader = (async () => {
      let cursor = before
      while (isWriting || cursor < (await count('select v as n from sync_head'))) {
        const head = await count('select v as n from sync_head')
        const rows = await on.database.asTenant(shop.tenantId, (tx) =>
          tx.query<{ v: number }>('select v from operation where v > $1 and v <= $2', [cursor, head]),
        )
        seen.push(...rows.map((row) => row.v))
        cursor = head
      }
    })()
    await Promise.all(
      registers.map(async (register) => {
        for (let round = 0; round < 8; round += 1) {
          register.sell()
          await push(await register.batch(register.head.seq))
        }
      }),
    )
    isWriting = false
    await reader
    const versions = [...seen].sort((left, right) => left - right)
    expect(versions).toEqual(Array.from({ length: 48 }, (_, index) => before + 1 + index))
  })

  test('[S1] a synced row without the transaction’s version is refused', async () => {
    const unstamped = on.database.asTenant(shop.tenantId, (tx) =>
      tx.query(`insert into record (kind, id, doc) values ('customer', 'x', '{}')`),
    )
    await expect(unstamped).rejects.toThrow(/null value in column "v"|version/)
    const stale = on.database.asTenant(shop.tenantId, (tx) =>
      tx.query(`insert into record (kind, id, doc, v) values ('customer', 'x', '{}', 1)`),
    )
    await expect(stale).rejects.toThrow(/next_version/)
  })
})
