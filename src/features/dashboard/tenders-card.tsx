import { ChartCard } from '../../ui/charts/chart-card.tsx'
import { RankBars } from '../../ui/charts/rank-bars.tsx'
import { formatPercent } from '../../ui/format.ts'
import type { View } from './use-view.ts'
import { tenderWords } from './words.ts'

/** How it was paid, tax included; money given back is taken off. */
export function TendersCard({ view, className }: { view: View; className?: string }) {
  const { report, formats } = view
  const total = report.tenders.reduce((sum, row) => sum + row.amountMinor, 0)
  return (
    <ChartCard
      title="Tenders"
      className={className}
      table={{
        columns: ['Tender', 'Payments', 'Amount'],
        rows: report.tenders.map((row) => [
          tenderWords[row.tender],
          formats.count(row.payments),
          formats.money(row.amountMinor),
        ]),
      }}
    >
      <RankBars
        label="Tenders"
        items={report.tenders.map((row) => ({
          key: row.tender,
          name: tenderWords[row.tender],
          value: row.amountMinor,
          end: total > 0 && (
            <span className="figure light text-sm text-ink-2">
              {formatPercent(row.amountMinor / total, formats.locale, { decimals: 0 })}
            </span>
          ),
        }))}
        format={formats.money}
      />
    </ChartCard>
  )
}
