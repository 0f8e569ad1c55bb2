import { lazy, Suspense, useState } from 'react'
import { RankBars } from '../../ui/charts/rank-bars.tsx'
import { Delta } from '../../ui/delta.tsx'
import { formatPercent } from '../../ui/format.ts'
import { Pane } from '../../ui/pane.tsx'
import type { RankingKind } from './comparison.ts'
import { rankingWords, rowName } from './tables.ts'
import type { View } from './use-view.ts'

/** Padding as in the chart cards; on phones names take the room of the bars. */
const rankingPane =
  'px-4 pt-3.5 pb-4 max-tablet:[&_.rank-bars]:grid-cols-[minmax(0,1fr)_auto_auto] max-tablet:[&_.rank-track]:hidden'

const AllRows = lazy(async () => ({ default: (await import('./all-rows.tsx')).AllRows }))

/** The first few of a ranking with their change; "All n" opens the whole of it as a table. */
export function RankingCard({
  view,
  kind,
  most,
  className,
}: {
  view: View
  kind: RankingKind
  most: number
  className?: string
}) {
  const [isOpen, setOpen] = useState(false)
  const { report, formats } = view
  const rows = report[kind]
  const { title } = rankingWords[kind]
  const changeOf = view.rowChange(kind)
  const total = report.figures.netMinor
  return (
    <Pane
      title={title}
      className={`${rankingPane} ${className ?? ''}`}
      action={
        <button type="button" className="chart-link" onClick={() => setOpen(true)}>
          {rows.length > most ? `All ${formats.count(rows.length)}` : 'Table'}
          <span className="sr-only">: {title}</span>
        </button>
      }
    >
      <RankBars
        label={title}
        items={rows.slice(0, most).map((row) => {
          const change = changeOf(row)
          return {
            key: row.id,
            name: rowName(view, kind, row),
            value: row.netMinor,
            end:
              change === null ? (
                <Share of={row.netMinor} total={total} view={view} />
              ) : (
                <Delta ratio={change} />
              ),
          }
        })}
        format={formats.money}
      />
      {isOpen && (
        <Suspense>
          <AllRows view={view} kind={kind} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </Pane>
  )
}

/** Where no change can be told, the part of all sales. */
function Share({ of, total, view }: { of: number; total: number; view: View }) {
  if (total <= 0 || view.comparison?.until.kind === 'end') return null
  return (
    <span className="figure light text-sm text-ink-2">
      {formatPercent(of / total, view.formats.locale, { decimals: 0 })}
    </span>
  )
}
