import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PaidOrder } from '#domain/order.ts'
import { migrate } from '../../../server/database/migrate.ts'
import type { Tx } from '../../../server/database/pool.ts'
import { createLog } from '../../../server/log.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { aPaidOrder } from './a-paid-order.ts'

const log = createLog('error')
const ownFolder = join(import.meta.dirname, '../../../server/database/migrations')
let on: TestDatabase
let folder: string
const tenantId = randomUUID()
const imported = aPaidOrder({ shiftId: null })
const journalled = aPaidOrder({ shiftId: randomUUID() })
const installId = randomUUID()

beforeAll(async () => {
  on = await createTestDatabase({ isEmpty: true })
  folder = await mkdtemp(join(tmpdir(), 'evertill-upgrade-'))
  const ofRelease = (await readdir(ownFolder)).filter((name) => name < '0005')
  await Promise.all(ofRelease.map((name) => cp(join(ownFolder, name), join(folder, name))))
  await migrate({ url: on.url, log, folder })
  await on.database.asSystem(async (tx) => {
    await tx.query(`insert into tenant (tenant_id, name) values ($1, 'Old')`, [tenantId])
    await tx.query('insert into sync_head (tenant_id) values ($1)', [tenantId])
    await tx.query(
      `insert into install (tenant_id, install_id, kind, store_id, register_id, public_key, receipt_series, last_chain)
       values ($1, $2, 'register', $3, $3, '{}', 1, '')`,
      [tenantId, installId, randomUUID()],
    )
  })
  await on.database.asTenant(tenantId, async (tx) => {
    await tx.query('select next_version($1)', [tenantId])
    await storeAsRelease01(tx, imported, null)
    await storeAsRelease01(tx, journalled, installId)
    await tx.query('select roll_up_orders($1::uuid[], 1)', [[imported.orderId, journalled.orderId]])
  })
  await migrate({ url: on.url, log })
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await on.drop()
})

const one = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row> =>
  (await on.database.asTenant(tenantId, (tx) => tx.query<Row>(sql, values)))[0]!

test('an order that no journal has keeps its whole document, to the letter', async () => {
  const { doc } = await one<{ doc: string }>('select doc from orders where order_id = $1', [imported.orderId])
  expect(JSON.parse(doc)).toEqual(imported)
})

test('[C3] an order of a journal has its document there, and its version stays', async () => {
  expect(
    await one(
      `select o.doc, o.v, p.payload = $2 as is_payload from orders o join operation p using (tenant_id, install_id, seq)
       where o.order_id = $1`,
      [journalled.orderId, JSON.stringify(journalled)],
    ),
  ).toEqual({ doc: null, v: 1, is_payload: true })
})

test('[I10] levels, shift sums and lines of the rollups are what was there before summed up', async () => {
  const { productId } = imported.lines[0]!
  const quantityMilli = -imported.lines[0]!.quantityMilli
  expect(
    await one(
      `select (select row (level_milli, is_kept)::text from stock_level where product_id = $1) as level,
         (select row (order_count, net_minor, cash_minor)::text from shift_sum where shift_id = $2) as sums,
         (select sum(lines)::int from rollup_product where product_id = $1) as lines,
         (select row (kind, v, seq)::text from stock_movement where order_id = $3) as movement`,
      [productId, journalled.shiftId, journalled.orderId],
    ),
  ).toEqual({
    level: `(${2 * quantityMilli},f)`,
    sums: `(1,${journalled.totals.netMinor},${journalled.payments[0]!.amountMinor})`,
    lines: 2,
    movement: '(sale,1,1)',
  })
})

async function storeAsRelease01(tx: Tx, order: PaidOrder, install: string | null): Promise<void> {
  const { totals } = order
  if (install !== null)
    await tx.query(
      `insert into operation (install_id, seq, op_id, kind, kind_version, occurred_at, payload, hash, chain, status)
       values ($1, 1, gen_random_uuid(), 'order.paid', 1, now(), $2, '', '', 'applied')`,
      [install, JSON.stringify(order)],
    )
  await tx.query(
    `insert into orders (order_id, store_id, register_id, install_id, seq, shift_id, receipt_number, status, occurred_at,
       business_day, business_hour, staff_id, customer_id, refund_of, units_milli, gross_minor, discount_minor, net_minor,
       tax_minor, total_minor, cash_rounding_minor, detail)
     values ($1, $2, $3, $4, $5, $6, $7, 'paid', to_timestamp($8::float8 / 1000), $9, $10, $11, $12, $13, $14, $15, $16,
       $17, $18, $19, $20, $21)`,
    [
      order.orderId,
      order.storeId,
      order.registerId,
      install,
      install && 1,
      order.shiftId,
      order.receiptNumber,
      order.occurredAt,
      order.businessDay,
      order.businessHour,
      order.staffId,
      order.customerId,
      order.refundOf,
      order.lines[0]!.quantityMilli,
      totals.grossMinor,
      totals.discountMinor,
      totals.netMinor,
      totals.taxMinor,
      totals.totalMinor,
      order.cashRoundingMinor,
      JSON.stringify({
        pricing: order.pricing,
        orderDiscount: order.orderDiscount,
        taxes: totals.taxes,
        note: order.note,
      }),
    ],
  )
  const [line] = order.lines
  const { modifiers, discount, taxRates, taxes, note, catalogueVersion, isStockTracked } = line!
  await tx.query(
    `insert into order_line values (default, $1, 0, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    [
      order.orderId,
      line!.lineId,
      line!.productId,
      line!.variantId,
      line!.categoryId,
      line!.name,
      line!.variantName,
      line!.sku,
      line!.quantityMilli,
      line!.unitPriceMinor,
      line!.grossMinor,
      line!.discountMinor,
      line!.orderDiscountMinor,
      line!.netMinor,
      line!.taxMinor,
      line!.totalMinor,
      JSON.stringify({ modifiers, discount, taxRates, taxes, note, catalogueVersion, isStockTracked }),
    ],
  )
  const [payment] = order.payments
  await tx.query('insert into payment values (default, $1, $2, 0, $3, $4, $5, $6)', [
    payment!.paymentId,
    order.orderId,
    payment!.tender,
    payment!.amountMinor,
    payment!.tenderedMinor,
    payment!.changeMinor,
  ])
  const [movement] = order.movements
  await tx.query('insert into stock_movement values (default, $1, $2, $3, $4, $5, $6)', [
    movement!.movementId,
    order.orderId,
    order.storeId,
    movement!.productId,
    movement!.variantId,
    movement!.quantityMilli,
  ])
}
