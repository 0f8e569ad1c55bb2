import { failed, success, type Result } from '#domain/failure.ts'
import type { RecordKind } from '#domain/catalogue.ts'
import type { PaidOrder } from '#domain/order.ts'
import { randomUUID } from 'node:crypto'
import type { ImportedOrderWire } from '#protocol/import.ts'
import type { Database, Tx } from '../database/pool.ts'
import { writeOrders } from '../database/write-orders.ts'
import { writeRecords, type RecordToWrite } from '../database/write-records.ts'
import { writeRollups } from '../database/write-rollups.ts'
import { buildRecords } from './build-records.ts'
import { cleanChunk } from './clean-chunk.ts'
import { toOrder } from './to-order.ts'

export type ImportRecord = {
  readonly importId: string
  readonly fileName: string
  readonly startedAt: number
  readonly orders: number
  readonly revenueMinor: number
  readonly state: 'running' | 'done' | 'cancelled' | 'undone'
}

export function beginImport(
  database: Database,
  tenantId: string,
  about: { fileName: string; source: string; rowsRefused: number },
): Promise<Result<{ importId: string }>> {
  const importId = randomUUID()
  return database.asTenant(tenantId, async (tx) => {
    await tx.query(
      'insert into import_batch (import_id, file_name, source, rows_refused) values ($1, $2, $3, $4)',
      [importId, about.fileName, about.source, about.rowsRefused],
    )
    return success({ importId })
  })
}

/**
 * Takes a chunk of orders in one transaction. `known` counts those that another import brought already; a chunk that
 * comes again, as its answer was lost, counts as taken.
 */
export function appendToImport(
  database: Database,
  tenantId: string,
  importId: string,
  given: readonly ImportedOrderWire[],
): Promise<Result<{ taken: number; known: number }>> {
  const orders = cleanChunk(given)
  return database.asTenant(tenantId, async (tx) => {
    const [batch] = await tx.query<{ state: string }>(
      'select state from import_batch where import_id = $1 for update',
      [importId],
    )
    if (batch?.state !== 'running') {
      return failed(
        'import/not-running',
        'This import is not running any more.',
        'Start it again; what it took stays.',
      )
    }
    // Before the records are read, so that two imports never make the same store twice.
    await tx.query('select next_version($1)', [tenantId])
    const records = await buildRecords(tx, tenantId, orders)
    await writeRecords(tx, records.toWrite)
    const paid = orders.map((order) => toOrder(tenantId, order, records))
    const stored = await writeOrders(
      tx,
      paid.map((order) => ({ order, installId: null, seq: null, importId, shiftId: null })),
      'may-be-stored',
    )
    const revenueMinor = paid
      .filter((order) => stored.has(order.orderId))
      .reduce((sum, order) => sum + order.totals.netMinor, 0)
    await tx.query(
      `update import_batch set orders = orders + $2, revenue_minor = revenue_minor + $3,
         created_records = created_records || $4::jsonb where import_id = $1`,
      [importId, stored.size, revenueMinor, JSON.stringify(records.created)],
    )
    const taken =
      stored.size === orders.length
        ? stored.size
        : await countOfImport(
            tx,
            importId,
            paid.map((order) => order.orderId),
          )
    return success({ taken, known: given.length - taken })
  })
}

export function endImport(
  database: Database,
  tenantId: string,
  importId: string,
  wasCancelled: boolean,
): Promise<Result<null>> {
  return database.asTenant(tenantId, async (tx) => {
    await tx.query(`update import_batch set state = $2 where import_id = $1 and state = 'running'`, [
      importId,
      wasCancelled ? 'cancelled' : 'done',
    ])
    return success(null)
  })
}

export function listImports(database: Database, tenantId: string): Promise<ImportRecord[]> {
  return database.asTenant(tenantId, async (tx) => {
    const rows = await tx.query<Omit<ImportRecord, 'startedAt'> & { startedAt: string }>(
      `select import_id as "importId", file_name as "fileName", started_at as "startedAt", orders,
         revenue_minor as "revenueMinor", state from import_batch order by started_at desc limit 100`,
    )
    return rows.map((row) => ({ ...row, startedAt: Date.parse(row.startedAt) }))
  })
}

/**
 * Withdraws what an import brought: orders leave reports and devices; records that it made go if nothing uses them. It
 * goes in pieces of a transaction each, so that sales come in meanwhile, and takes up where it was when it is called again.
 */
export async function undoImport(
  database: Database,
  tenantId: string,
  importId: string,
): Promise<Result<null>> {
  for (;;) {
    const step = await database.asTenant(tenantId, (tx) => withdrawSome(tx, tenantId, importId))
    if (!step.ok) return step
    if (step.value === 'undone') return success(null)
  }
}

/** Their documents are read, to be taken off the sums. */
const withdrawnAtOnce = 5_000

async function withdrawSome(tx: Tx, tenantId: string, importId: string): Promise<Result<'undone' | 'more'>> {
  const [batch] = await tx.query<{ state: string; created_records: CreatedRecord[] }>(
    'select state, created_records from import_batch where import_id = $1 for update',
    [importId],
  )
  if (!batch) return failed('import/unknown', 'There is no such import.', 'Reload the list.')
  if (batch.state === 'undone') return success('undone')
  await tx.query('select next_version($1)', [tenantId])
  const withdrawn = await tx.query<{ doc: string }>(
    `update orders set status = 'withdrawn', v = current_version()
     where order_id in (select order_id from orders where import_id = $1 and status <> 'withdrawn' limit $2) returning doc`,
    [importId, withdrawnAtOnce],
  )
  await takeOffRollups(
    tx,
    withdrawn.map(({ doc }) => JSON.parse(doc) as PaidOrder),
  )
  if (withdrawn.length === withdrawnAtOnce) {
    // What still sends for it hears that it is over.
    await tx.query(`update import_batch set state = 'cancelled' where import_id = $1`, [importId])
    return success('more')
  }
  const used = await usedRecords(tx, batch.created_records)
  await writeRecords(
    tx,
    batch.created_records
      .filter((record) => !used.has(record.id))
      .map((record): RecordToWrite => ({ kind: record.kind, id: record.id, doc: null })),
  )
  await tx.query(`update import_batch set state = 'undone' where import_id = $1`, [importId])
  return success('undone')
}

function takeOffRollups(tx: Tx, orders: readonly PaidOrder[]): Promise<void> {
  return writeRollups(
    tx,
    {
      sold: orders.map((order) => ({ order, installId: null, seq: null })),
      payments: orders.flatMap(({ storeId, businessDay, payments }) =>
        payments.map((payment) => ({ storeId, businessDay, payment })),
      ),
    },
    -1,
  )
}

type CreatedRecord = { kind: RecordKind; id: string }

async function countOfImport(tx: Tx, importId: string, orderIds: readonly string[]): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    'select count(*) as count from orders where import_id = $1 and order_id = any ($2::uuid[])',
    [importId, orderIds],
  )
  return row!.count
}

/**
 * Which of the records other orders, of the till or of a later import, or enrolled devices refer to. Each table is read once: a question per
 * record took half a minute with 200,000 orders.
 */
async function usedRecords(tx: Tx, records: readonly CreatedRecord[]): Promise<Set<string>> {
  const ids = records.map((record) => record.id)
  const rows = await tx.query<{ id: string }>(
    `select store_id::text as id from rollup_hour where orders <> 0 or refunds <> 0
     union select register_id::text from rollup_hour where orders <> 0 or refunds <> 0
     union select unnest(array[store_id, register_id])::text from install where revoked_at is null and register_id is not null
     union select unnest(array[product_id, category_id]) from rollup_product
       where lines <> 0 and (product_id = any ($1) or category_id = any ($1))`,
    [ids],
  )
  return new Set(rows.map((row) => row.id))
}
