import type { TenderKind } from '#domain/order.ts'
import type { Segment } from '#domain/rollups.ts'
import type { Tx } from './pool.ts'

export type SegmentKey = { readonly store_id: string; readonly month: string; readonly v: number }

/** Segments as devices hold them, in the order of `keys`: four statements however many there are. */
export async function readSegments(tx: Tx, keys: readonly SegmentKey[]): Promise<Segment[]> {
  if (keys.length === 0) return []
  const given = [keys.map((key) => key.store_id), keys.map((key) => key.month)]
  const wanted = `unnest($1::uuid[], $2::date[]) with ordinality as wanted (store_id, month, ix)`
  // A date to the end: compared with a timestamp, all later months would be read as well.
  const ofMonth = `r.store_id = wanted.store_id and r.day >= wanted.month
    and r.day < (wanted.month + interval '1 month')::date`

  const hours = byIndex(
    await tx.query<HourColumns & Indexed>(
      `select ix, json_agg(extract(day from day)::int) as day, json_agg(hour) as hour, json_agg(register_id) as register,
         json_agg(orders) as orders, json_agg(refunds) as refunds, json_agg(units_milli) as units, json_agg(gross_minor) as gross,
         json_agg(discount_minor) as discount, json_agg(net_minor) as net, json_agg(tax_minor) as tax, json_agg(refund_minor) as refund
       from (select wanted.ix, r.* from ${wanted} join rollup_hour r on ${ofMonth}
             where r.orders <> 0 or r.refunds <> 0 order by ix, day, hour, register_id) as sorted group by ix`,
      given,
    ),
  )
  const products = byIndex(
    await tx.query<ProductColumns & Indexed>(
      `select ix, json_agg(extract(day from day)::int) as day, json_agg(product_id) as product,
         json_agg(category_id) as category, json_agg(units_milli) as units, json_agg(net_minor) as net
       from (select wanted.ix, r.* from ${wanted} join rollup_product r on ${ofMonth}
             where r.units_milli <> 0 or r.net_minor <> 0 order by ix, day, product_id, category_id) as sorted group by ix`,
      given,
    ),
  )
  const tenders = byIndex(
    await tx.query<TenderColumns & Indexed>(
      `select ix, json_agg(extract(day from day)::int) as day, json_agg(tender) as tender, json_agg(payments) as payments,
         json_agg(amount_minor) as amount
       from (select wanted.ix, r.* from ${wanted} join rollup_tender r on ${ofMonth}
             where r.payments <> 0 or r.amount_minor <> 0 order by ix, day, tender) as sorted group by ix`,
      given,
    ),
  )
  const included = byIndex(
    await tx.query<{ seqs: Record<string, number> } & Indexed>(
      `select ix, json_object_agg(i.install_id, i.last_seq) as seqs
       from ${wanted} join segment_install i on i.store_id = wanted.store_id and i.month = wanted.month group by ix`,
      given,
    ),
  )
  return keys.map((key, index) =>
    toSegment(
      key,
      hours.get(index + 1),
      products.get(index + 1),
      tenders.get(index + 1),
      included.get(index + 1)?.seqs,
    ),
  )
}

type Indexed = { ix: number }

type HourColumns = Record<
  'day' | 'hour' | 'orders' | 'refunds' | 'units' | 'gross' | 'discount' | 'net' | 'tax' | 'refund',
  number[]
> & { register: string[] }

type ProductColumns = Record<'day' | 'units' | 'net', number[]> & { product: string[]; category: string[] }

type TenderColumns = Record<'day' | 'payments' | 'amount', number[]> & { tender: TenderKind[] }

function byIndex<Row extends Indexed>(rows: readonly Row[]): Map<number, Row> {
  return new Map(rows.map((row) => [row.ix, row]))
}

function toSegment(
  key: SegmentKey,
  hours: HourColumns | undefined,
  products: ProductColumns | undefined,
  tenders: TenderColumns | undefined,
  included: Record<string, number> = {},
): Segment {
  const registers = numbered(hours?.register ?? [])
  const productIds = numbered(products?.product ?? [])
  const categories = numbered(products?.category ?? [])
  return {
    storeId: key.store_id,
    month: key.month.slice(0, 7),
    v: key.v,
    included,
    registerIds: registers.ids,
    productIds: productIds.ids,
    categoryIds: categories.ids,
    hours: {
      day: hours?.day ?? [],
      hour: hours?.hour ?? [],
      register: registers.indexes,
      orders: hours?.orders ?? [],
      refunds: hours?.refunds ?? [],
      unitsMilli: hours?.units ?? [],
      grossMinor: hours?.gross ?? [],
      discountMinor: hours?.discount ?? [],
      netMinor: hours?.net ?? [],
      taxMinor: hours?.tax ?? [],
      refundMinor: hours?.refund ?? [],
    },
    products: {
      day: products?.day ?? [],
      product: productIds.indexes,
      category: categories.indexes,
      unitsMilli: products?.units ?? [],
      netMinor: products?.net ?? [],
    },
    tenders: {
      day: tenders?.day ?? [],
      tender: tenders?.tender ?? [],
      payments: tenders?.payments ?? [],
      amountMinor: tenders?.amount ?? [],
    },
  }
}

/** Each different id once, and where each of the given stands among them. */
function numbered(given: readonly string[]): { ids: string[]; indexes: number[] } {
  const places = new Map<string, number>()
  const indexes = given.map((id) => {
    const known = places.get(id)
    if (known !== undefined) return known
    places.set(id, places.size)
    return places.size - 1
  })
  return { ids: [...places.keys()], indexes }
}
