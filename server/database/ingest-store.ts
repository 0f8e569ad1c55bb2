import type { Product, Staff } from '#domain/catalogue.ts'
import type { Operation, OperationResult } from '#sync/operation.ts'
import type {
  AcceptedOperation,
  IngestStore,
  IngestTransaction,
  InstallState,
  Known,
  Mentioned,
  StoredOperation,
} from '../use-cases/ports.ts'
import { installColumns, toInstall, type InstallRow } from './install-rows.ts'
import type { Database, Tx } from './pool.ts'
import { writeOrders } from './write-orders.ts'

export function createIngestStore(database: Database): IngestStore {
  return {
    async findInstall(installId) {
      return database.asSystem(async (tx) => {
        const [row] = await tx.query<InstallRow>(
          `select ${installColumns} from install where install_id = $1`,
          [installId],
        )
        return row ? toInstall(row) : null
      })
    },
    inIngest(install, work) {
      return database.asTenant(install.tenantId, async (tx) => {
        const [row] = await tx.query<InstallRow>(
          `select ${installColumns} from install where install_id = $1 for update`,
          [install.installId],
        )
        if (!row) throw new Error(`Install ${install.installId} vanished between two statements`)
        return work(transaction(tx, toInstall(row)))
      })
    },
  }
}

function transaction(tx: Tx, install: InstallState): IngestTransaction {
  return {
    install,
    storedOperations: (firstSeq, lastSeq) => storedOperations(tx, install, firstSeq, lastSeq),
    known: (mentioned) => known(tx, mentioned),
    accept: (batch) => unlessUnstorable(tx, () => accept(tx, install, batch)),
    keepFork: (operations) => keepFork(tx, install, operations),
  }
}

type StoredRow = {
  seq: number
  hash: string
  status: OperationResult['status']
  flags: OperationResult['flags']
}

async function storedOperations(
  tx: Tx,
  install: InstallState,
  firstSeq: number,
  lastSeq: number,
): Promise<ReadonlyMap<number, StoredOperation>> {
  const rows = await tx.query<StoredRow>(
    'select seq, hash, status, flags from operation where install_id = $1 and seq between $2 and $3',
    [install.installId, firstSeq, lastSeq],
  )
  return new Map(
    rows.map(({ seq, hash, status, flags }): [number, StoredOperation] => [
      seq,
      { hash, result: { seq, status, flags } },
    ]),
  )
}

async function known(tx: Tx, mentioned: Mentioned): Promise<Known> {
  // [S1] [P3] Before the reads that decide: two installs may be sending the same order at this moment.
  await tx.query('select from sync_head for update')
  const products = await tx.query<{ id: string; doc: Product }>(
    `select id, doc from record where kind = 'product' and id = any ($1::text[]) and not is_deleted`,
    [mentioned.productIds],
  )
  const staff = await tx.query<{ id: string; doc: Staff }>(
    `select id, doc from record where kind = 'staff' and id = any ($1::text[]) and not is_deleted`,
    [mentioned.staffIds],
  )
  const orders = await tx.query<{ order_id: string }>(
    'select order_id from orders where order_id = any ($1::uuid[])',
    [mentioned.orderIds],
  )
  const operations = await tx.query<{ op_id: string }>(
    'select op_id from operation where op_id = any ($1::uuid[])',
    [mentioned.opIds],
  )
  return {
    operations: new Set(operations.map((row) => row.op_id)),
    prices: new Map(
      products.map(({ id, doc }) => [
        id,
        new Map(doc.variants.map((variant) => [variant.variantId, variant.priceMinor])),
      ]),
    ),
    activeStaff: new Set(staff.filter(({ doc }) => doc.isActive).map(({ id }) => id)),
    orders: new Set(orders.map((row) => row.order_id)),
  }
}

/** Classes of SQLSTATE: data exceptions, and check_violation. */
const isUnstorable = /^(22|23514)/

async function unlessUnstorable(tx: Tx, work: () => Promise<void>): Promise<boolean> {
  await tx.query('savepoint batch')
  try {
    await work()
    return true
  } catch (error) {
    if (!isUnstorable.test(String((error as { code?: unknown }).code))) throw error
    await tx.query('rollback to savepoint batch')
    return false
  }
}

async function accept(tx: Tx, install: InstallState, batch: readonly AcceptedOperation[]): Promise<void> {
  const last = batch[batch.length - 1]
  if (!last) return
  await tx.query('select next_version($1)', [install.tenantId])
  await insertOperations(tx, install, batch)
  await tx.query(
    'update install set last_seq = $2, last_chain = $3, heard_at = now() where install_id = $1',
    [install.installId, last.operation.seq, last.operation.chain],
  )
  await insertShifts(tx, batch)
  await writeOrders(
    tx,
    batch.flatMap(({ operation, effect }) =>
      effect.kind === 'order'
        ? [{ order: effect.order, installId: install.installId, seq: operation.seq, importId: null }]
        : [],
    ),
  )
}

async function insertOperations(
  tx: Tx,
  install: InstallState,
  batch: readonly AcceptedOperation[],
): Promise<void> {
  const column = <T>(read: (operation: Operation) => T): T[] => batch.map((each) => read(each.operation))
  await tx.query(
    `insert into operation (install_id, seq, op_id, kind, kind_version, actor_id, occurred_at, payload, hash, chain,
       status, flags)
     select $1, seq, op_id, kind, kind_version, actor_id, to_timestamp(occurred_ms / 1000.0), payload, hash, chain,
       status, coalesce(string_to_array(nullif(flags, ''), ','), '{}')
     from unnest($2::int[], $3::uuid[], $4::text[], $5::int[], $6::text[], $7::float8[], $8::text[], $9::text[],
       $10::text[], $11::text[], $12::text[])
       as given (seq, op_id, kind, kind_version, actor_id, occurred_ms, payload, hash, chain, status, flags)`,
    [
      install.installId,
      column((operation) => operation.seq),
      column((operation) => operation.opId),
      column((operation) => operation.kind),
      column((operation) => operation.kindVersion),
      column((operation) => operation.actorId),
      column((operation) => operation.occurredAt),
      column((operation) => operation.payload),
      column((operation) => operation.hash),
      column((operation) => operation.chain),
      batch.map((each) => each.result.status),
      batch.map((each) => each.result.flags.join(',')),
    ],
  )
}

async function insertShifts(tx: Tx, batch: readonly AcceptedOperation[]): Promise<void> {
  const shifts = batch.flatMap(({ effect }) => (effect.kind === 'shift' ? [effect.shift] : []))
  if (shifts.length === 0) return
  await tx.query(
    `insert into shift (shift_id, store_id, register_id, opened_at, opening_float_minor)
     select shift_id, store_id, register_id, to_timestamp(opened_ms / 1000.0), float_minor
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::float8[], $5::bigint[])
       as given (shift_id, store_id, register_id, opened_ms, float_minor)
     on conflict (tenant_id, shift_id) do nothing`,
    [
      shifts.map((shift) => shift.shiftId),
      shifts.map((shift) => shift.storeId),
      shifts.map((shift) => shift.registerId),
      shifts.map((shift) => shift.openedAt),
      shifts.map((shift) => shift.openingFloatMinor),
    ],
  )
}

async function keepFork(tx: Tx, install: InstallState, operations: readonly Operation[]): Promise<void> {
  await tx.query(
    `insert into forked_operation (install_id, seq, hash, envelope)
     select $1, seq, hash, envelope from unnest($2::int[], $3::text[], $4::jsonb[]) as given (seq, hash, envelope)
     on conflict do nothing`,
    [
      install.installId,
      operations.map((operation) => operation.seq),
      operations.map((operation) => operation.hash),
      operations.map((operation) => JSON.stringify(operation)),
    ],
  )
  await tx.query('update install set forked_at = coalesce(forked_at, now()) where install_id = $1', [
    install.installId,
  ])
}
