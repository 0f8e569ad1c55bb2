import type { PaidOrder } from '#domain/order.ts'
import type { Tx } from './pool.ts'

/** An order on its way into the tables, with where it came from. */
export type OrderToStore = {
  readonly order: PaidOrder
  readonly installId: string | null
  readonly seq: number | null
  readonly importId: string | null
}

/**
 * Stores orders with lines, payments, movements and rollups: a handful of set-based statements however many there are
 * ([S2]). Orders that are stored already are left alone ([P3]); withdrawn ones come back to life. The caller has taken
 * the tenant's next version. Answers the ids that were stored now.
 */
export async function writeOrders(tx: Tx, orders: readonly OrderToStore[]): Promise<ReadonlySet<string>> {
  if (orders.length === 0) return new Set()
  const stored = await insertHeads(tx, orders)
  const revived = new Set(stored.filter((row) => row.was_revived).map((row) => row.order_id))
  const all = new Set(stored.map((row) => row.order_id))
  const added = orders
    .map((each) => each.order)
    .filter((order) => all.has(order.orderId) && !revived.has(order.orderId))
  await insertLines(tx, added)
  await insertPayments(tx, added)
  await insertMovements(tx, added)
  await tx.query('select roll_up_orders($1::uuid[], 1)', [[...all]])
  return all
}

type StoredRow = { order_id: string; was_revived: boolean }

function insertHeads(tx: Tx, all: readonly OrderToStore[]): Promise<StoredRow[]> {
  const orders = all.map((each) => each.order)
  return tx.query<StoredRow>(
    `insert into orders (order_id, store_id, register_id, install_id, seq, shift_id, receipt_number, status, occurred_at,
       business_day, business_hour, staff_id, customer_id, refund_of, units_milli, gross_minor, discount_minor, net_minor,
       tax_minor, total_minor, cash_rounding_minor, detail, import_id)
     select order_id, store_id, register_id, install_id, seq, shift_id, receipt_number, 'paid', to_timestamp(occurred_ms / 1000.0),
       business_day, business_hour, staff_id, customer_id, refund_of, units_milli, gross_minor, discount_minor, net_minor,
       tax_minor, total_minor, cash_rounding_minor, detail::jsonb, import_id
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::int[], $6::uuid[], $7::text[], $8::float8[],
       $9::date[], $10::int[], $11::text[], $12::text[], $13::uuid[], $14::bigint[], $15::bigint[], $16::bigint[],
       $17::bigint[], $18::bigint[], $19::bigint[], $20::bigint[], $21::text[], $22::uuid[])
       as given (order_id, store_id, register_id, install_id, seq, shift_id, receipt_number, occurred_ms,
       business_day, business_hour, staff_id, customer_id, refund_of, units_milli, gross_minor, discount_minor, net_minor,
       tax_minor, total_minor, cash_rounding_minor, detail, import_id)
     on conflict (tenant_id, order_id) do update
       set status = 'paid', import_id = excluded.import_id, v = excluded.v
       where orders.status = 'withdrawn'
     returning order_id, (xmax <> 0) as was_revived`,
    [
      orders.map((order) => order.orderId),
      orders.map((order) => order.storeId),
      orders.map((order) => order.registerId),
      all.map((each) => each.installId),
      all.map((each) => each.seq),
      orders.map((order) => order.shiftId),
      orders.map((order) => order.receiptNumber),
      orders.map((order) => order.occurredAt),
      orders.map((order) => order.businessDay),
      orders.map((order) => order.businessHour),
      orders.map((order) => order.staffId),
      orders.map((order) => order.customerId),
      orders.map((order) => order.refundOf),
      orders.map((order) => order.lines.reduce((sum, line) => sum + line.quantityMilli, 0)),
      orders.map((order) => order.totals.grossMinor),
      orders.map((order) => order.totals.discountMinor),
      orders.map((order) => order.totals.netMinor),
      orders.map((order) => order.totals.taxMinor),
      orders.map((order) => order.totals.totalMinor),
      orders.map((order) => order.cashRoundingMinor),
      orders.map((order) =>
        JSON.stringify({
          pricing: order.pricing,
          orderDiscount: order.orderDiscount,
          taxes: order.totals.taxes,
          note: order.note,
        }),
      ),
      all.map((each) => each.importId),
    ],
  )
}

async function insertLines(tx: Tx, orders: readonly PaidOrder[]): Promise<void> {
  const rows = orders.flatMap((order) =>
    order.lines.map((line, index) => ({ orderId: order.orderId, index, line })),
  )
  if (rows.length === 0) return
  const column = <T>(read: (line: PaidOrder['lines'][number]) => T): T[] => rows.map((row) => read(row.line))
  await tx.query(
    `insert into order_line (order_id, line_no, line_id, product_id, variant_id, category_id, name, variant_name, sku,
       quantity_milli, unit_price_minor, gross_minor, discount_minor, order_discount_minor, net_minor, tax_minor,
       total_minor, detail)
     select * from unnest($1::uuid[], $2::smallint[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
       $9::text[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[], $15::bigint[],
       $16::bigint[], $17::bigint[], $18::jsonb[])`,
    [
      rows.map((row) => row.orderId),
      rows.map((row) => row.index),
      column((line) => line.lineId),
      column((line) => line.productId),
      column((line) => line.variantId),
      column((line) => line.categoryId),
      column((line) => line.name),
      column((line) => line.variantName),
      column((line) => line.sku),
      column((line) => line.quantityMilli),
      column((line) => line.unitPriceMinor),
      column((line) => line.grossMinor),
      column((line) => line.discountMinor),
      column((line) => line.orderDiscountMinor),
      column((line) => line.netMinor),
      column((line) => line.taxMinor),
      column((line) => line.totalMinor),
      column((line) =>
        JSON.stringify({
          modifiers: line.modifiers,
          discount: line.discount,
          taxRates: line.taxRates,
          taxes: line.taxes,
          note: line.note,
          catalogueVersion: line.catalogueVersion,
          isStockTracked: line.isStockTracked,
        }),
      ),
    ],
  )
}

async function insertPayments(tx: Tx, orders: readonly PaidOrder[]): Promise<void> {
  const rows = orders.flatMap((order) =>
    order.payments.map((payment, index) => ({ orderId: order.orderId, index, payment })),
  )
  if (rows.length === 0) return
  // [P3] A payment id that is stored already belongs to an order that is stored already: it must not count again.
  await tx.query(
    `insert into payment (payment_id, order_id, payment_no, tender, amount_minor, tendered_minor, change_minor)
     select * from unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[])
     on conflict (tenant_id, payment_id) do nothing`,
    [
      rows.map((row) => row.payment.paymentId),
      rows.map((row) => row.orderId),
      rows.map((row) => row.index),
      rows.map((row) => row.payment.tender),
      rows.map((row) => row.payment.amountMinor),
      rows.map((row) => row.payment.tenderedMinor),
      rows.map((row) => row.payment.changeMinor),
    ],
  )
}

async function insertMovements(tx: Tx, orders: readonly PaidOrder[]): Promise<void> {
  const rows = orders.flatMap((order) =>
    order.movements.map((movement) => ({ orderId: order.orderId, storeId: order.storeId, movement })),
  )
  if (rows.length === 0) return
  await tx.query(
    `insert into stock_movement (movement_id, order_id, store_id, product_id, variant_id, quantity_milli)
     select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::bigint[])
     on conflict (tenant_id, movement_id) do nothing`,
    [
      rows.map((row) => row.movement.movementId),
      rows.map((row) => row.orderId),
      rows.map((row) => row.storeId),
      rows.map((row) => row.movement.productId),
      rows.map((row) => row.movement.variantId),
      rows.map((row) => row.movement.quantityMilli),
    ],
  )
}
