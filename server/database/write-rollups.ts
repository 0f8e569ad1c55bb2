import type { PaidOrder, Payment } from '#domain/order.ts'
import { isRefund } from '#domain/reduce-sales.ts'
import type { Tx } from './pool.ts'
import { together } from './together.ts'
import { bigintColumn, integerColumn, textColumn, uuidColumn } from './write-columns.ts'
import { groupBy } from './write-groups.ts'

/** Orders and payments that count from now on, or count no more. */
export type Sold = {
  readonly sold: readonly {
    readonly order: PaidOrder
    readonly installId: string | null
    readonly seq: number | null
  }[]
  readonly payments: readonly {
    readonly storeId: string
    readonly businessDay: string
    readonly payment: Payment
    /** [R4] The operation that paid an order again; absent where the order itself is among `sold`. */
    readonly installId?: string
    readonly seq?: number
  }[]
}

/**
 * [D1] Adds to the rollups (sign 1) or takes away again (sign −1, the undo of an import), and stamps the segments. The
 * caller holds the tenant's version, so two transactions never meet here.
 */
export async function writeRollups(tx: Tx, given: Sold, sign: 1 | -1): Promise<void> {
  if (given.sold.length + given.payments.length === 0) return
  await together(
    () => addHours(tx, given.sold, sign),
    () => addProducts(tx, given.sold, sign),
    () => addTenders(tx, given.payments, sign),
    () => stampSegments(tx, given),
  )
}

async function addHours(tx: Tx, sold: Sold['sold'], sign: number): Promise<void> {
  const groups = groupBy(
    sold,
    ({ order }) => `${order.storeId} ${order.businessDay} ${order.businessHour} ${order.registerId}`,
    ({ order }) => {
      const { totals, lines } = order
      const givesBack = isRefund(order)
      return [
        givesBack ? 0 : sign,
        givesBack ? sign : 0,
        sign * lines.reduce((sum, line) => sum + line.quantityMilli, 0),
        sign * totals.grossMinor,
        sign * totals.discountMinor,
        sign * totals.netMinor,
        sign * totals.taxMinor,
        givesBack ? -sign * totals.netMinor : 0,
      ]
    },
  )
  if (groups.length === 0) return
  const sums = [
    'orders',
    'refunds',
    'units_milli',
    'gross_minor',
    'discount_minor',
    'net_minor',
    'tax_minor',
    'refund_minor',
  ]
  await tx.query(
    `insert into rollup_hour as held (store_id, day, hour, register_id, ${sums.join(', ')})
     select store_id, day::date, hour, register_id, ${sums.join(', ')}
     from unnest($1::uuid[], $2::text[], $3::int[], $4::uuid[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[],
       $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[]) as given (store_id, day, hour, register_id, ${sums.join(', ')})
     on conflict (tenant_id, store_id, day, hour, register_id) do update set ${added(sums)}`,
    [
      uuidColumn(groups.map(({ first }) => first.order.storeId)),
      textColumn(groups.map(({ first }) => first.order.businessDay)),
      integerColumn(groups.map(({ first }) => first.order.businessHour)),
      uuidColumn(groups.map(({ first }) => first.order.registerId)),
      ...sums.map((_, at) => bigintColumn(groups.map((group) => group.sums[at]!))),
    ],
  )
}

async function addProducts(tx: Tx, sold: Sold['sold'], sign: number): Promise<void> {
  const groups = groupBy(
    sold.flatMap(({ order: { storeId, businessDay, lines } }) =>
      lines.map((line) => ({ storeId, businessDay, line })),
    ),
    ({ storeId, businessDay, line }) => `${storeId} ${businessDay} ${line.productId} ${line.categoryId}`,
    ({ line }) => [sign * line.quantityMilli, sign * line.netMinor, sign],
  )
  if (groups.length === 0) return
  const sums = ['units_milli', 'net_minor', 'lines']
  await tx.query(
    `insert into rollup_product as held (store_id, day, product_id, category_id, ${sums.join(', ')})
     select store_id, day::date, product_id, category_id, ${sums.join(', ')}
     from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[])
       as given (store_id, day, product_id, category_id, ${sums.join(', ')})
     on conflict (tenant_id, store_id, day, product_id, category_id) do update set ${added(sums)}`,
    [
      uuidColumn(groups.map(({ first }) => first.storeId)),
      textColumn(groups.map(({ first }) => first.businessDay)),
      textColumn(groups.map(({ first }) => first.line.productId ?? '')),
      textColumn(groups.map(({ first }) => first.line.categoryId ?? '')),
      ...sums.map((_, at) => bigintColumn(groups.map((group) => group.sums[at]!))),
    ],
  )
}

async function addTenders(tx: Tx, payments: Sold['payments'], sign: number): Promise<void> {
  const groups = groupBy(
    payments,
    ({ storeId, businessDay, payment }) => `${storeId} ${businessDay} ${payment.tender}`,
    ({ payment }) => [sign, sign * payment.amountMinor],
  )
  if (groups.length === 0) return
  const sums = ['payments', 'amount_minor']
  await tx.query(
    `insert into rollup_tender as held (store_id, day, tender, ${sums.join(', ')})
     select store_id, day::date, tender, ${sums.join(', ')}
     from unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[], $5::bigint[])
       as given (store_id, day, tender, ${sums.join(', ')})
     on conflict (tenant_id, store_id, day, tender) do update set ${added(sums)}`,
    [
      uuidColumn(groups.map(({ first }) => first.storeId)),
      textColumn(groups.map(({ first }) => first.businessDay)),
      textColumn(groups.map(({ first }) => first.payment.tender)),
      ...sums.map((_, at) => bigintColumn(groups.map((group) => group.sums[at]!))),
    ],
  )
}

async function stampSegments(tx: Tx, { sold, payments }: Sold): Promise<void> {
  const months = groupBy(
    [...sold.map(({ order }) => order), ...payments],
    ({ storeId, businessDay }) => `${storeId} ${businessDay.slice(0, 7)}`,
    () => [],
  )
  const stamp = (): Promise<unknown> =>
    tx.query(
      `insert into segment (store_id, month)
     select store_id, date_trunc('month', day::date)::date from unnest($1::uuid[], $2::text[]) as given (store_id, day)
     on conflict (tenant_id, store_id, month) do update set v = excluded.v`,
      [
        uuidColumn(months.map(({ first }) => first.storeId)),
        textColumn(months.map(({ first }) => first.businessDay)),
      ],
    )
  const included = lastOfEach([
    ...sold.map(({ order: { storeId, businessDay }, installId, seq }) => ({
      storeId,
      businessDay,
      installId,
      seq,
    })),
    ...payments,
  ])
  const note = async (): Promise<unknown> =>
    included.length > 0 &&
    tx.query(
      `insert into segment_install as held (store_id, month, install_id, last_seq)
     select store_id, date_trunc('month', day::date)::date, install_id, seq
     from unnest($1::uuid[], $2::text[], $3::uuid[], $4::int[]) as given (store_id, day, install_id, seq)
     on conflict (tenant_id, store_id, month, install_id) do update set last_seq = greatest(held.last_seq, excluded.last_seq)`,
      [
        uuidColumn(included.map(({ storeId }) => storeId)),
        textColumn(included.map(({ businessDay }) => businessDay)),
        uuidColumn(included.map(({ installId }) => installId)),
        integerColumn(included.map(({ seq }) => seq)),
      ],
    )
  await together(stamp, note)
}

type Included = {
  readonly storeId: string
  readonly businessDay: string
  readonly installId: string
  readonly seq: number
}

/** Per store, month and install the one with the highest seq. */
function lastOfEach(
  facts: readonly {
    readonly storeId: string
    readonly businessDay: string
    readonly installId?: string | null
    readonly seq?: number | null
  }[],
): Included[] {
  const last = new Map<string, Included>()
  for (const { storeId, businessDay, installId, seq } of facts) {
    if (installId == null || seq == null) continue
    const key = `${storeId} ${businessDay.slice(0, 7)} ${installId}`
    if ((last.get(key)?.seq ?? 0) < seq) last.set(key, { storeId, businessDay, installId, seq })
  }
  return [...last.values()]
}

function added(sums: readonly string[]): string {
  return sums.map((sum) => `${sum} = held.${sum} + excluded.${sum}`).join(', ')
}
