import type { RecordKind, Staff, StaffRole } from '#domain/catalogue.ts'
import type { FieldWriters } from '#sync/merge-edit.ts'
import type {
  HeldOperation,
  Known,
  KnownOrder,
  KnownRecord,
  KnownShift,
  Mentioned,
} from '../use-cases/ports.ts'
import { seenStock, stockLevels } from './known-stock.ts'
import { waitingFacts } from './known-waiting.ts'
import type { Tx } from './pool.ts'
import { together } from './together.ts'
import { textColumn, uuidColumn } from './write-columns.ts'

/** What the tables hold of what a batch mentions: nothing is asked that it does not mention. */
export async function readKnown(tx: Tx, installId: string, mentioned: Mentioned): Promise<Known> {
  const [[head], ids, activeStaff, orders, refundedMinor, shifts, openShifts, waiting, records, stock] =
    await together(
      // [S1] [P3] Before the reads that decide: two installs may be sending the same order at this moment.
      () =>
        tx.query<{ v: number; epoch: string }>(
          'select sync_head.v, database_life.epoch from sync_head, database_life for update of sync_head',
        ),
      () => knownIds(tx, mentioned),
      () => activeStaffOf(tx, mentioned.staffIds),
      () => knownOrders(tx, mentioned.orderIds),
      () => refunded(tx, mentioned.orderIds),
      () => knownShifts(tx, mentioned.shiftIds),
      () => openShiftsOf(tx, mentioned.registerIds),
      () => waitingFacts(tx, mentioned.openingRegisterIds),
      () => knownRecords(tx, mentioned.records),
      () => stockLevels(tx, mentioned.stock),
    )
  if (!head) throw new Error('The tenant has no sync head')
  return {
    nextV: head.v + 1,
    epoch: head.epoch,
    ...ids,
    activeStaff,
    orders,
    refundedMinor,
    shifts,
    openShifts,
    waiting,
    records,
    stock,
    seenStockMilli: await seenStock(tx, { installId, head }, mentioned.counts),
  }
}

async function knownIds(
  tx: Tx,
  { opIds, paymentIds, receiptNumbers }: Mentioned,
): Promise<Pick<Known, 'operations' | 'payments' | 'receiptNumbers'>> {
  const [row] = await tx.query<{
    operations: (HeldOperation & { opId: string })[] | null
    payments: string[]
    receipts: string[]
  }>(
    `select (select json_agg(json_build_object('opId', op_id, 'kind', kind, 'kindVersion', kind_version, 'payload', payload))
         from operation where op_id = any ($1::uuid[]) and not is_repeat) as operations,
       array(select payment_id from payment where payment_id = any ($2::uuid[])) as payments,
       array(select receipt_number from orders where receipt_number = any ($3::text[])) as receipts`,
    [uuidColumn(opIds), uuidColumn(paymentIds), textColumn(receiptNumbers)],
  )
  return {
    operations: new Map(row!.operations?.map(({ opId, ...held }) => [opId, held])),
    payments: new Set(row!.payments),
    receiptNumbers: new Set(row!.receipts),
  }
}

async function activeStaffOf(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, StaffRole>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.query<{ id: string; doc: Staff }>(
    `select id, doc from record where kind = 'staff' and id = any ($1::text[]) and not is_deleted`,
    [textColumn(ids)],
  )
  return new Map(rows.filter(({ doc }) => doc.isActive).map(({ id, doc }) => [id, doc.role]))
}

async function knownOrders(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, KnownOrder>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.query<KnownOrder & { orderId: string }>(
    `select order_id as "orderId", install_id as "installId", seq, total_minor as "totalMinor", status
     from orders where order_id = any ($1::uuid[])`,
    [uuidColumn(ids)],
  )
  return new Map(rows.map(({ orderId, ...order }) => [orderId, order]))
}

async function refunded(tx: Tx, saleIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (saleIds.length === 0) return new Map()
  const rows = await tx.query<{ sale: string; minor: number }>(
    `select refund_of as sale, -sum(total_minor)::bigint as minor from orders
     where refund_of = any ($1::uuid[]) and status <> 'withdrawn' group by 1`,
    [uuidColumn(saleIds)],
  )
  return new Map(rows.map(({ sale, minor }) => [sale, minor]))
}

async function knownShifts(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, KnownShift>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.query<KnownShift & { shiftId: string }>(
    `select shift_id as "shiftId", install_id as "installId", register_id as "registerId",
       closed_at is not null as "isClosed", coalesce(sums.order_count, 0) as "orderCount",
       coalesce(sums.net_minor, 0) as "netMinor",
       coalesce(opening_float_minor, 0) + coalesce(sums.cash_minor, 0) as "expectedCashMinor"
     from shift left join shift_sum as sums using (tenant_id, shift_id) where shift_id = any ($1::uuid[])`,
    [uuidColumn(ids)],
  )
  return new Map(rows.map(({ shiftId, ...shift }) => [shiftId, shift]))
}

/** The newest, should a register have more than one. */
async function openShiftsOf(tx: Tx, registerIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (registerIds.length === 0) return new Map()
  const rows = await tx.query<{ registerId: string; shiftId: string }>(
    `select register_id as "registerId", shift_id as "shiftId" from shift
     where register_id = any ($1::uuid[]) and closed_at is null order by opened_v nulls first, shift_id`,
    [uuidColumn(registerIds)],
  )
  return new Map(rows.map(({ registerId, shiftId }) => [registerId, shiftId]))
}

type RecordRow = {
  readonly id: string
  readonly v: number
  readonly isDeleted: boolean
  readonly doc: unknown
  readonly writers: FieldWriters
}

/** A statement for each kind: the ids of one kind stand side by side in the index, however many of them there are. */
async function knownRecords(tx: Tx, keys: Mentioned['records']): Promise<ReadonlyMap<string, KnownRecord>> {
  const idsOfKinds = new Map<RecordKind, string[]>()
  for (const [kind, id] of keys) {
    const ids = idsOfKinds.get(kind)
    if (ids) ids.push(id)
    else idsOfKinds.set(kind, [id])
  }
  const found = new Map<string, KnownRecord>()
  const readKind = async (kind: RecordKind, ids: readonly string[]): Promise<void> => {
    const rows = await tx.query<RecordRow>(
      `select id, v, is_deleted as "isDeleted", coalesce(doc, last_doc) as doc, writers
       from record where kind = $1 and id = any ($2::text[])`,
      [kind, textColumn(ids)],
    )
    for (const { id, ...record } of rows) found.set(`${kind}/${id}`, record)
  }
  await together(
    ...[...idsOfKinds].map(
      ([kind, ids]) =>
        () =>
          readKind(kind, ids),
    ),
  )
  return found
}
