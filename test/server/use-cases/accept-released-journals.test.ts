import { readdirSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { PaidOrder } from '#domain/order.ts'
import type { OperationResult } from '#sync/operation.ts'
import { writeRecords } from '../../../server/database/write-records.ts'
import { createEnrolmentCode, enrol } from '../../../server/office/enrolment.ts'
import { packing } from '../../../server/packing.ts'
import { acceptOperations } from '../../../server/use-cases/accept-operations.ts'
import { captureJournal, type JournalFixture } from '../../fixtures/journals/capture.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { ingestPartsOn, openShop, type Shop } from '../virtual-shop.ts'

const folder = new URL('../../fixtures/journals/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))

let on: TestDatabase
let shop: Shop

beforeEach(async () => {
  on = await createTestDatabase()
  shop = await openShop(on.database)
})
afterEach(() => on.drop())

/** Enrols the device of a fixture in a shop with its catalogue, and pushes its batches as they were sent. */
async function push({ install, records, batches }: JournalFixture): Promise<OperationResult[]> {
  await on.database.asTenant(shop.tenantId, async (tx) => {
    await tx.query('select next_version($1)', [shop.tenantId])
    await writeRecords(tx, records as Parameters<typeof writeRecords>[1])
  })
  const code = await createEnrolmentCode(on.database, shop.tenantId, shop.registerId)
  if (!code.ok) throw new Error(code.failure.code)
  const enrolled = await enrol(on.database, { code: code.value.code, ...install })
  if (!enrolled.ok) throw new Error(enrolled.failure.code)
  const results: OperationResult[] = []
  for (const batch of batches) {
    const answer = await acceptOperations(ingestPartsOn(on.database), batch)
    if (!answer.ok || answer.value.status !== 'accepted') throw new Error(JSON.stringify(answer))
    results.push(...(answer.value.results as OperationResult[]))
  }
  return results
}

async function ordersIn({ batches }: JournalFixture): Promise<PaidOrder[]> {
  const orders: PaidOrder[] = []
  for (const batch of batches) {
    const operations =
      'operations' in batch
        ? batch.operations
        : (await packing.inflate(batch.payloads, 2 ** 24))!
            .split('\n')
            .map((payload, index) => ({ kind: batch.kinds[index], payload }))
    for (const { kind, payload } of operations)
      if (kind === 'order.paid') orders.push(JSON.parse(payload) as PaidOrder)
  }
  return orders
}

async function expectTaken(fixture: JournalFixture): Promise<void> {
  const results = await push(fixture)
  expect(results.map(({ seq }) => seq)).toEqual(results.map((_, index) => index + 1))
  // What a counter had seen was said of the database of that time.
  const isAsExpected = ({ status, flags }: OperationResult): boolean =>
    status === 'applied' && flags.every((flag) => flag === 'count-unsure')
  expect(results.filter((result) => !isAsExpected(result))).toEqual([])
  const orders = await ordersIn(fixture)
  const stored = await on.database.asTenant(shop.tenantId, (tx) =>
    tx.query<{ id: string; totalMinor: number; paidMinor: number }>(
      `select order_id as id, total_minor as "totalMinor", sum(amount_minor)::bigint as "paidMinor"
       from orders join payment using (tenant_id, order_id) where orders.install_id = $1
       group by 1, 2, orders.seq order by orders.seq`,
      [fixture.install.installId],
    ),
  )
  expect(stored).toEqual(
    orders.map(({ orderId, totals, payments }) => ({
      id: orderId,
      totalMinor: totals.totalMinor,
      paidMinor: payments.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    })),
  )
}

describe('every released journal', () => {
  test.each(files)('[C3] the newest server takes the journal of release %s', async (name) => {
    const fixture = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as JournalFixture
    expect(`${fixture.release}.json`).toBe(name)
    await expectTaken(fixture)
  })

  test('[C3] that of release 0.1.0 is among them', () => {
    expect(files).toContain('0.1.0.json')
  })

  test('[C3] and one with every kind of operation, as it is captured for the next release', async () => {
    const fixture = await captureJournal('0.0.0')
    const kinds = fixture.batches.flatMap((batch) => ('kinds' in batch ? batch.kinds : []))
    expect(new Set(kinds).size).toBe(11)
    await expectTaken(fixture)
  })
})
