import type { PaidOrder } from '#domain/order.ts'
import type { Tx } from './pool.ts'
import { together } from './together.ts'
import {
  bigintColumn,
  integerColumn,
  ofThisTransaction,
  textColumn,
  timeColumn,
  uuidColumn,
} from './write-columns.ts'
import { cashOf, insertPayments, type PaymentToStore } from './write-payments.ts'
import { writeRollups } from './write-rollups.ts'
import { addToShifts, type ShiftFact } from './write-shift-facts.ts'
import { insertMovements, type MovementToStore } from './write-stock.ts'
import type { Trust } from './write-trust.ts'

/** An order on its way into the tables, with where it came from. */
export type OrderToStore = {
  readonly order: PaidOrder
  /** The operation whose payload is its document; both null: the order keeps the document itself. */
  readonly installId: string | null
  readonly seq: number | null
  readonly importId: string | null
  /** Where it counts; null where the order itself names a shift: in the register's next one ([R6]). */
  readonly shiftId: string | null
}

/**
 * Stores orders with payments, movements and all sums: a handful of set-based statements however many there are ([S2]).
 * Orders that are stored already are left alone ([P3]); withdrawn ones come back to life, as they were. The caller has
 * taken the tenant's next version. Answers the ids that were stored now.
 */
export async function writeOrders(
  tx: Tx,
  orders: readonly OrderToStore[],
  trust: Trust,
): Promise<ReadonlySet<string>> {
  if (orders.length === 0) return new Set()
  return trust === 'all-new' ? writeAllNew(tx, orders) : writeUnknown(tx, orders, trust)
}

async function writeAllNew(tx: Tx, orders: readonly OrderToStore[]): Promise<ReadonlySet<string>> {
  const payments = orders.flatMap(paymentsOf)
  await together(
    () => tx.query(insert, columnsOf(orders)),
    () => insertPayments(tx, payments, 'all-new'),
    () => insertMovements(tx, orders.flatMap(movementsOf), 'all-new'),
    () => writeRollups(tx, { sold: orders, payments }, 1),
    () => addToShifts(tx, [...orders.map(salesOf), ...payments.map(cashOf)]),
  )
  return new Set(orders.map(({ order }) => order.orderId))
}

async function writeUnknown(
  tx: Tx,
  orders: readonly OrderToStore[],
  trust: Trust,
): Promise<ReadonlySet<string>> {
  const { added, revived } = await insertUnknownHeads(tx, orders)
  const payments = await insertPayments(tx, added.flatMap(paymentsOf), trust)
  await insertMovements(tx, added.flatMap(movementsOf), trust)
  const back = revived.map((order) => ({ order, installId: null, seq: null, importId: null, shiftId: null }))
  const sold = [...added, ...back]
  await writeRollups(tx, { sold, payments: [...payments, ...back.flatMap(paymentsOf)] }, 1)
  await addToShifts(tx, [...added.map(salesOf), ...payments.map(cashOf)])
  return new Set(sold.map(({ order }) => order.orderId))
}

function paymentsOf({ order, shiftId }: OrderToStore): PaymentToStore[] {
  return order.payments.map((payment, index) => ({
    orderId: order.orderId,
    storeId: order.storeId,
    businessDay: order.businessDay,
    shiftId,
    index,
    payment,
  }))
}

function movementsOf({ order, installId, seq }: OrderToStore): MovementToStore[] {
  return order.movements.map((movement) => ({
    ...movement,
    kind: 'sale',
    orderId: order.orderId,
    storeId: order.storeId,
    installId,
    seq,
  }))
}

function salesOf({ order, shiftId }: OrderToStore): ShiftFact {
  return { shiftId, orderCount: 1, netMinor: order.totals.netMinor, cashMinor: 0 }
}

type Heads = { readonly added: readonly OrderToStore[]; readonly revived: readonly PaidOrder[] }

const columns = `order_id, store_id, register_id, install_id, seq, shift_id, receipt_number, occurred_at, business_hour,
  staff_id, customer_id, refund_of, units_milli, gross_minor, discount_minor, net_minor, tax_minor, total_minor,
  cash_rounding_minor, doc, import_id`
const insert = `insert into orders (${columns}, shift_late, business_day, status, tenant_id, v)
  select ${columns}, is_late = 1, business_day::date, 'paid', ${ofThisTransaction}
  from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::int[], $6::uuid[], $7::text[], $8::timestamptz[],
    $9::int[], $10::text[], $11::text[], $12::uuid[], $13::bigint[], $14::bigint[], $15::bigint[], $16::bigint[],
    $17::bigint[], $18::bigint[], $19::bigint[], $20::text[], $21::uuid[], $22::int[], $23::text[])
    as given (${columns}, is_late, business_day)`

async function insertUnknownHeads(tx: Tx, all: readonly OrderToStore[]): Promise<Heads> {
  const stored = await tx.query<{ id: string; doc: string | null; was_revived: boolean }>(
    `${insert}
     on conflict (tenant_id, order_id) do update
       set status = 'paid', import_id = excluded.import_id, v = excluded.v where orders.status = 'withdrawn'
     returning order_id as id, doc, xmax <> 0 as was_revived`,
    columnsOf(all),
  )
  const revived = stored.filter((row) => row.was_revived)
  const added = new Set(stored.filter((row) => !row.was_revived).map(({ id }) => id))
  return {
    added: all.filter(({ order }) => added.delete(order.orderId.toLowerCase())),
    revived: revived.flatMap(({ doc }) => (doc === null ? [] : (JSON.parse(doc) as PaidOrder))),
  }
}

function columnsOf(all: readonly OrderToStore[]): Buffer[] {
  const orders = all.map((each) => each.order)
  return [
    uuidColumn(orders.map((order) => order.orderId)),
    uuidColumn(orders.map((order) => order.storeId)),
    uuidColumn(orders.map((order) => order.registerId)),
    uuidColumn(all.map((each) => each.installId)),
    integerColumn(all.map((each) => each.seq)),
    uuidColumn(all.map((each) => each.shiftId)),
    textColumn(orders.map((order) => order.receiptNumber)),
    timeColumn(orders.map((order) => order.occurredAt)),
    integerColumn(orders.map((order) => order.businessHour)),
    textColumn(orders.map((order) => order.staffId)),
    textColumn(orders.map((order) => order.customerId)),
    uuidColumn(orders.map((order) => order.refundOf)),
    bigintColumn(orders.map(({ lines }) => lines.reduce((sum, line) => sum + line.quantityMilli, 0))),
    bigintColumn(orders.map((order) => order.totals.grossMinor)),
    bigintColumn(orders.map((order) => order.totals.discountMinor)),
    bigintColumn(orders.map((order) => order.totals.netMinor)),
    bigintColumn(orders.map((order) => order.totals.taxMinor)),
    bigintColumn(orders.map((order) => order.totals.totalMinor)),
    bigintColumn(orders.map((order) => order.cashRoundingMinor)),
    textColumn(all.map(({ order, installId }) => (installId === null ? JSON.stringify(order) : null))),
    uuidColumn(all.map((each) => each.importId)),
    integerColumn(all.map(({ order, shiftId }) => (shiftId === null && order.shiftId !== null ? 1 : 0))),
    textColumn(orders.map((order) => order.businessDay)),
  ]
}
