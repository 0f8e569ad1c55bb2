import { lazy, Suspense, useState } from 'react'
import { RankBars } from '../../ui/charts/rank-bars.tsx'
import { Delta } from '../../ui/delta.tsx'
import { Pane } from '../../ui/pane.tsx'
import { changeOf } from './comparison.ts'
import { rankingWords, rowName, type RankingKind } from './tables.ts'
import type { View } from './use-view.ts'

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
  return (
    <Pane
      title={title}
      className={`px-4 pt-3.5 pb-4 ${className ?? ''}`}
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
          const change = row.previousNetMinor === null ? null : changeOf(row.netMinor, row.previousNetMinor)
          return {
            key: row.id,
            name: rowName(view, kind, row),
            value: row.netMinor,
            end: change === null ? null : <Delta ratio={change} />,
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
