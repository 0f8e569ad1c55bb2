import type { PaidOrder, Payment, PricedLine, StockMovement } from '#domain/order.ts'
import type { OrderChange } from '#protocol/pull.ts'
import type { Tx } from './pool.ts'

/** The orders of `condition` (SQL over `orders`) as the documents that devices hold, in the order of their ids. */
export async function readOrders(
  tx: Tx,
  condition: string,
  values: readonly unknown[],
): Promise<OrderChange[]> {
  const heads = await tx.query<HeadRow>(
    `select order_id, store_id, register_id, install_id, shift_id, receipt_number, status, occurred_at,
       business_day, business_hour, staff_id, customer_id, refund_of, gross_minor, discount_minor, net_minor, tax_minor,
       total_minor, cash_rounding_minor, detail, v
     from orders where ${condition} order by order_id`,
    values,
  )
  const ids = heads.filter((head) => head.status === 'paid').map((head) => head.order_id)
  const lines = await rowsOf<LineRow>(
    tx,
    ids,
    `select order_id, line_id, product_id, variant_id, category_id, name, variant_name, sku, quantity_milli,
       unit_price_minor, gross_minor, discount_minor, order_discount_minor, net_minor, tax_minor, total_minor, detail
     from order_line where order_id = any ($1::uuid[]) order by order_id, line_no`,
  )
  const payments = await rowsOf<PaymentRow>(
    tx,
    ids,
    `select order_id, payment_id, tender, amount_minor, tendered_minor, change_minor
     from payment where order_id = any ($1::uuid[]) order by order_id, payment_no`,
  )
  const movements = await rowsOf<MovementRow>(
    tx,
    ids,
    `select order_id, movement_id, product_id, variant_id, quantity_milli
     from stock_movement where order_id = any ($1::uuid[]) order by order_id, movement_id`,
  )
  return heads.map((head) => ({
    id: head.order_id,
    v: head.v,
    isWithdrawn: head.status === 'withdrawn',
    installId: head.install_id,
    doc:
      head.status === 'withdrawn'
        ? null
        : toOrder(
            head,
            lines.get(head.order_id) ?? [],
            payments.get(head.order_id) ?? [],
            movements.get(head.order_id) ?? [],
          ),
  }))
}

type OfOrder = { order_id: string }

type HeadRow = OfOrder & {
  store_id: string
  register_id: string
  install_id: string | null
  shift_id: string | null
  receipt_number: string
  status: 'paid' | 'withdrawn'
  occurred_at: string
  business_day: string
  business_hour: number
  staff_id: string | null
  customer_id: string | null
  refund_of: string | null
  gross_minor: number
  discount_minor: number
  net_minor: number
  tax_minor: number
  total_minor: number
  cash_rounding_minor: number
  detail: Pick<PaidOrder, 'pricing' | 'orderDiscount' | 'note'> & { taxes: PaidOrder['totals']['taxes'] }
  v: number
}

type LineRow = OfOrder & {
  line_id: string
  product_id: string | null
  variant_id: string | null
  category_id: string | null
  name: string
  variant_name: string | null
  sku: string | null
  quantity_milli: number
  unit_price_minor: number
  gross_minor: number
  discount_minor: number
  order_discount_minor: number
  net_minor: number
  tax_minor: number
  total_minor: number
  detail: Pick<
    PricedLine,
    'modifiers' | 'discount' | 'taxRates' | 'taxes' | 'note' | 'catalogueVersion' | 'isStockTracked'
  >
}

type PaymentRow = OfOrder & {
  payment_id: string
  tender: Payment['tender']
  amount_minor: number
  tendered_minor: number
  change_minor: number
}

type MovementRow = OfOrder & {
  movement_id: string
  product_id: string
  variant_id: string | null
  quantity_milli: number
}

async function rowsOf<Row extends OfOrder>(
  tx: Tx,
  ids: readonly string[],
  sql: string,
): Promise<Map<string, Row[]>> {
  const grouped = new Map<string, Row[]>()
  if (ids.length === 0) return grouped
  for (const row of await tx.query<Row>(sql, [ids])) {
    const group = grouped.get(row.order_id)
    if (group) group.push(row)
    else grouped.set(row.order_id, [row])
  }
  return grouped
}

function toOrder(
  head: HeadRow,
  lines: LineRow[],
  payments: PaymentRow[],
  movements: MovementRow[],
): PaidOrder {
  return {
    orderId: head.order_id,
    storeId: head.store_id,
    registerId: head.register_id,
    shiftId: head.shift_id,
    receiptNumber: head.receipt_number,
    status: 'paid',
    occurredAt: Date.parse(head.occurred_at),
    businessDay: head.business_day,
    businessHour: head.business_hour,
    staffId: head.staff_id,
    customerId: head.customer_id,
    refundOf: head.refund_of,
    pricing: head.detail.pricing,
    lines: lines.map(toLine),
    orderDiscount: head.detail.orderDiscount,
    totals: {
      grossMinor: head.gross_minor,
      discountMinor: head.discount_minor,
      netMinor: head.net_minor,
      taxMinor: head.tax_minor,
      taxes: head.detail.taxes,
      totalMinor: head.total_minor,
    },
    cashRoundingMinor: head.cash_rounding_minor,
    payments: payments.map((row) => ({
      paymentId: row.payment_id,
      tender: row.tender,
      amountMinor: row.amount_minor,
      tenderedMinor: row.tendered_minor,
      changeMinor: row.change_minor,
    })),
    movements: movements.map((row): StockMovement => ({
      movementId: row.movement_id,
      productId: row.product_id,
      variantId: row.variant_id,
      quantityMilli: row.quantity_milli,
    })),
    note: head.detail.note,
  }
}

function toLine(row: LineRow): PricedLine {
  return {
    lineId: row.line_id,
    productId: row.product_id,
    variantId: row.variant_id,
    categoryId: row.category_id,
    name: row.name,
    variantName: row.variant_name,
    sku: row.sku,
    quantityMilli: row.quantity_milli,
    unitPriceMinor: row.unit_price_minor,
    ...row.detail,
    grossMinor: row.gross_minor,
    discountMinor: row.discount_minor,
    orderDiscountMinor: row.order_discount_minor,
    netMinor: row.net_minor,
    taxMinor: row.tax_minor,
    totalMinor: row.total_minor,
  }
}
