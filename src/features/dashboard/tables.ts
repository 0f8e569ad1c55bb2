import type { RankedRow } from '#domain/report.ts'
import { plainAmount, type CsvTable } from './csv.ts'
import type { RankingKind } from './comparison.ts'
import type { View } from './use-view.ts'
import { capitalised, comparisonWords, granularityWords, rangeWords, tenderWords } from './words.ts'

export const rankingWords: Record<RankingKind, { readonly title: string; readonly one: string }> = {
  products: { title: 'Top products', one: 'Product' },
  categories: { title: 'Categories', one: 'Category' },
  stores: { title: 'Stores', one: 'Store' },
  registers: { title: 'Sales by register', one: 'Register' },
}

/** A name for every row, also of what has no record any more. */
export function rowName({ named }: View, kind: RankingKind, { id }: RankedRow): string {
  if (id === '') return kind === 'categories' ? 'No category' : 'Open items'
  const name = named.names[id] ?? `Removed ${rankingWords[kind].one.toLowerCase()}`
  const storeName = kind === 'registers' ? storeNameOf(named, id) : ''
  return storeName === '' || name.includes(storeName) ? name : `${storeName}, ${name}`
}

/** Every store has its Register 1: with several stores the name alone says nothing. */
function storeNameOf({ stores, registers }: View['named'], registerId: string): string {
  const register = registers.find((each) => each.registerId === registerId)
  return register && stores.length > 1 ? register.storeName : ''
}

/** Orders are known per store and register only: an order has many products. */
export function hasOrders(kind: RankingKind): boolean {
  return kind === 'stores' || kind === 'registers'
}

/** The chart in words and figures: the bars that it shows, with a dash for what is to come. */
export function seriesTable(
  { report, filters, formats }: View,
  bars: readonly { readonly key: string; readonly value: number | null }[],
) {
  const isCompared = report.previous !== null
  const values = new Map(bars.map((bar) => [bar.key, bar.value]))
  return {
    columns: [
      keyHeader(filters.granularity),
      'Net sales',
      'Orders',
      'Units',
      ...(isCompared ? [capitalised(comparisonWords(filters, formats))] : []),
    ],
    rows: report.series.flatMap(({ key, figures }, index) => {
      const value = values.get(key)
      if (value === undefined) return []
      const before = report.previousSeries[index]
      const written =
        value === null
          ? ['–', '–', '–']
          : [
              formats.money(figures.netMinor),
              formats.count(figures.orders),
              formats.units(figures.unitsMilli),
            ]
      return [
        [
          formats.fullKey(filters.granularity, key),
          ...written,
          ...(isCompared ? [before ? formats.money(before.figures.netMinor) : '–'] : []),
        ],
      ]
    }),
  }
}

export function heatTable({ heatReport, formats }: View, hours: readonly number[]) {
  return {
    columns: ['Hour', ...heatReport.heat.map((_, weekday) => formats.weekday(weekday))],
    rows: hours.map((hour) => [
      formats.hour(hour),
      ...heatReport.heat.map((row) => formats.money(row[hour] ?? 0)),
    ]),
  }
}

/** Everything that can be saved as a file. Keys and amounts are plain, for spreadsheets. */
export function csvTables(
  view: View,
): { readonly key: string; readonly label: string; readonly table: CsvTable }[] {
  const kinds: RankingKind[] = ['products', 'categories', 'stores', 'registers']
  return [
    {
      key: 'sales',
      label: `Sales ${granularityWords[view.filters.granularity].toLowerCase()}`,
      table: seriesCsv(view),
    },
    ...kinds.map((kind) => ({ key: kind, label: kindLabel(kind), table: rankingCsv(view, kind) })),
    { key: 'weekdays', label: 'Weekdays and hours', table: heatCsv(view) },
    { key: 'tenders', label: 'Tenders', table: tenderCsv(view) },
  ]
}

export function rankingCsv(view: View, kind: RankingKind): CsvTable {
  const { report, named } = view
  const amount = (minor: number) => plainAmount(minor, named.currency.exponent)
  const isCompared = report.previous !== null
  return {
    columns: [
      rankingWords[kind].one,
      'Net sales',
      'Units',
      ...(hasOrders(kind) ? ['Orders'] : []),
      ...(isCompared ? ['Net sales before'] : []),
    ],
    rows: report[kind].map((row) => [
      rowName(view, kind, row),
      amount(row.netMinor),
      plainAmount(row.unitsMilli, 3),
      ...(hasOrders(kind) ? [row.orders] : []),
      ...(isCompared ? [amount(row.previousNetMinor ?? 0)] : []),
    ]),
  }
}

export function csvName({ filters, formats }: View, key: string): string {
  const { from, to } = filters.range
  const days =
    filters.period === 'all' ? rangeWords(filters, formats) : from === to ? from : `${from} to ${to}`
  return `Evertill ${key} ${days}.csv`
}

function seriesCsv({ report, filters, named }: View): CsvTable {
  const amount = (minor: number) => plainAmount(minor, named.currency.exponent)
  return {
    columns: [
      keyHeader(filters.granularity),
      'Net sales',
      'Orders',
      'Refunds',
      'Units',
      'Gross',
      'Discounts',
      'Tax',
      'Refunded',
      ...(report.previous ? ['Net sales before'] : []),
    ],
    rows: report.series.map(({ key, figures }, index) => [
      key,
      amount(figures.netMinor),
      figures.orders,
      figures.refunds,
      plainAmount(figures.unitsMilli, 3),
      amount(figures.grossMinor),
      amount(figures.discountMinor),
      amount(figures.taxMinor),
      amount(figures.refundMinor),
      ...(report.previous ? [before(report.previousSeries[index]?.figures.netMinor)] : []),
    ]),
  }
  function before(minor: number | undefined): string {
    return minor === undefined ? '' : amount(minor)
  }
}

function heatCsv({ report, formats, named }: View): CsvTable {
  return {
    columns: ['Weekday', ...Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`)],
    rows: report.heat.map((row, weekday) => [
      formats.weekday(weekday),
      ...row.map((minor) => plainAmount(minor, named.currency.exponent)),
    ]),
  }
}

function tenderCsv({ report, named }: View): CsvTable {
  return {
    columns: ['Tender', 'Payments', 'Amount'],
    rows: report.tenders.map(({ tender, payments, amountMinor }) => [
      tenderWords[tender],
      payments,
      plainAmount(amountMinor, named.currency.exponent),
    ]),
  }
}

function keyHeader(granularity: View['filters']['granularity']): string {
  return { hour: 'Hour', day: 'Day', week: 'Week from', month: 'Month' }[granularity]
}

function kindLabel(kind: RankingKind): string {
  return kind.charAt(0).toUpperCase() + kind.slice(1)
}
