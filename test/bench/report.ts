import type { SalesQuery } from '#domain/report.ts'
import { salesReport } from '#domain/sales-report.ts'
import type { Bench, BenchOptions, BenchRow } from './bench.ts'
import { measureRounds, rowsOf, timed } from './measure.ts'
import { naiveReport } from './naive-report.ts'
import { type SampleYear, sampleYears } from './sample-year.ts'

const lastYear = { from: '2025-01-01', to: '2025-12-31' }

const queries: readonly { readonly about: string; readonly query: SalesQuery }[] = [
  {
    about: 'the year by month',
    query: { range: lastYear, compareWith: null, storeIds: null, granularity: 'month' },
  },
  {
    about: '30 days against the 30 before',
    query: {
      range: { from: '2025-12-02', to: '2025-12-31' },
      compareWith: { from: '2025-11-02', to: '2025-12-01' },
      storeIds: null,
      granularity: 'day',
    },
  },
]

export const report: Bench = {
  name: 'report',
  about:
    'the dashboard’s report on the device, segments in memory: three stores, twelve months, 2,000 products',
  limit: 'a plain loop over all orders in memory, which has the same figures and rankings',
  rounds: 3,
  async run(options) {
    const rows: BenchRow[] = []
    // 4.5 lines an order: 222,500 orders are a million lines.
    const sizes = options.size === 'full' ? [100_000, 222_500] : [300]
    for await (const year of sampleYears(sizes, options.signal))
      rows.push(...(await measureYear(year, options)))
    return rows
  },
}

async function measureYear(
  { orders, segments, lineCount }: SampleYear,
  options: BenchOptions,
): Promise<BenchRow[]> {
  const size = `${lineCount.toLocaleString('en')} lines`
  const rows: BenchRow[] = []
  for (const { about, query } of queries) {
    const ours = salesReport(query, segments, [])
    const theirs = naiveReport(query, orders)
    if (JSON.stringify([ours.figures, ours.products]) !== JSON.stringify([theirs.figures, theirs.products]))
      throw new Error('The two reports differ')
    const limit = `${size}, ${about}: loop`
    const contenders = {
      [limit]: () => timed(() => naiveReport(query, orders)),
      [`${size}, ${about}: evertill`]: () => timed(() => salesReport(query, segments, [])),
    }
    const measured = await measureRounds(contenders, options.size === 'full' ? 4 : 2, options)
    rows.push(...rowsOf(measured, 'ms', limit))
  }
  return rows
}
