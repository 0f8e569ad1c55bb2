import type { RankedRow, SalesQuery, SalesReport, SeriesPoint, TenderRow } from '#domain/report.ts'
import type { SalesFigures } from '#domain/rollups.ts'
import type { ReportStore } from '../use-cases/ports.ts'
import type { Database, Tx } from './pool.ts'

/** The standard report from the rollup tables; the device computes the same from segments ([D2]). */
export function createReportStore(database: Database): ReportStore {
  return {
    salesReport: (tenantId, query) =>
      database.asTenant(tenantId, (tx) => salesReport(tx, query), { readOnlySnapshot: true }),
  }
}

async function salesReport(tx: Tx, query: SalesQuery): Promise<SalesReport> {
  const current = scopeOf(query, query.range)
  const previous = query.compareWith && scopeOf(query, query.compareWith)
  return {
    query,
    figures: await figures(tx, current),
    previous: previous && (await figures(tx, previous)),
    series: await series(tx, current, query),
    previousSeries: previous ? await series(tx, previous, { ...query, range: query.compareWith! }) : [],
    heat: await heat(tx, current),
    products: await ranked(tx, 'rollup_product', 'product_id', current, previous),
    categories: await ranked(tx, 'rollup_product', 'category_id', current, previous),
    stores: await ranked(tx, 'rollup_hour', 'store_id', current, previous),
    registers: await ranked(tx, 'rollup_hour', 'register_id', current, previous),
    tenders: await tx.query<TenderRow>(
      `select tender, sum(payments)::int as payments, sum(amount_minor)::bigint as "amountMinor" from rollup_tender
       where ${inScope} group by tender having sum(payments) <> 0 or sum(amount_minor) <> 0
       order by 3 desc, 1`,
      current,
    ),
  }
}

type Scope = readonly [from: string, to: string, storeIds: readonly string[] | null]

function scopeOf(query: SalesQuery, range: { from: string; to: string }): Scope {
  return [range.from, range.to, query.storeIds]
}

const inScope = 'day between $1 and $2 and ($3::uuid[] is null or store_id = any ($3))'

const figureSums = `coalesce(sum(orders), 0)::int as orders, coalesce(sum(refunds), 0)::int as refunds,
  coalesce(sum(units_milli), 0)::bigint as "unitsMilli", coalesce(sum(gross_minor), 0)::bigint as "grossMinor",
  coalesce(sum(discount_minor), 0)::bigint as "discountMinor", coalesce(sum(net_minor), 0)::bigint as "netMinor",
  coalesce(sum(tax_minor), 0)::bigint as "taxMinor", coalesce(sum(refund_minor), 0)::bigint as "refundMinor"`

async function figures(tx: Tx, scope: Scope): Promise<SalesFigures> {
  const [row] = await tx.query<SalesFigures>(`select ${figureSums} from rollup_hour where ${inScope}`, scope)
  return row!
}

/** SQL of a row's key, and of all keys of the range `$1`–`$2`, sold or not. */
const keys = {
  hour: {
    of: `to_char(hour, 'FM00')`,
    all: `select to_char(hour, 'FM00') as key from generate_series(0, 23) as hour`,
  },
  day: dayKeys(`to_char(day, 'YYYY-MM-DD')`),
  week: dayKeys(`to_char(date_trunc('week', day), 'YYYY-MM-DD')`),
  month: dayKeys(`to_char(day, 'YYYY-MM')`),
}

function dayKeys(of: string): { of: string; all: string } {
  return {
    of,
    all: `select distinct ${of} as key from generate_series($1::date, $2::date, interval '1 day') as day`,
  }
}

async function series(tx: Tx, scope: Scope, query: SalesQuery): Promise<SeriesPoint[]> {
  const key = keys[query.granularity]
  const rows = await tx.query<SalesFigures & { key: string }>(
    `with asked as (${key.all}),
       found as (select ${key.of} as key, orders, refunds, units_milli, gross_minor, discount_minor, net_minor, tax_minor, refund_minor
                 from rollup_hour where ${inScope})
     select asked.key, ${figureSums} from asked left join found using (key) group by 1 order by 1`,
    scope,
  )
  return rows.map(({ key: of, ...sums }) => ({ key: of, figures: sums }))
}

/** Net sales by weekday (Monday first) and hour. */
async function heat(tx: Tx, scope: Scope): Promise<number[][]> {
  const rows = await tx.query<{ weekday: number; hour: number; net: number }>(
    `select extract(isodow from day)::int - 1 as weekday, hour, sum(net_minor)::bigint as net
     from rollup_hour where ${inScope} group by 1, 2`,
    scope,
  )
  const cells = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0))
  for (const row of rows) cells[row.weekday]![row.hour] = row.net
  return cells
}

type RankedTable = 'rollup_product' | 'rollup_hour'

async function ranked(
  tx: Tx,
  table: RankedTable,
  column: 'product_id' | 'category_id' | 'store_id' | 'register_id',
  current: Scope,
  previous: Scope | null,
): Promise<RankedRow[]> {
  const orders = table === 'rollup_hour' ? 'sum(orders)::int' : '0'
  const sums = `select ${column}::text as id, sum(net_minor)::bigint as "netMinor", sum(units_milli)::bigint as "unitsMilli",
    ${orders} as orders from ${table} where ${inScope} group by 1`
  const rows = await tx.query<Omit<RankedRow, 'previousNetMinor'>>(
    `select * from (${sums}) as summed where "netMinor" <> 0 or "unitsMilli" <> 0 or orders <> 0
     order by "netMinor" desc, id collate "C"`,
    current,
  )
  const before = previous
    ? new Map(
        (await tx.query<{ id: string; netMinor: number }>(sums, previous)).map((row) => [
          row.id,
          row.netMinor,
        ]),
      )
    : null
  return rows.map((row) => ({ ...row, previousNetMinor: before ? (before.get(row.id) ?? 0) : null }))
}
