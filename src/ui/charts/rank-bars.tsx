import type { ReactNode } from 'react'
import type { ChartSeries } from './legend.tsx'
import './block-charts.css'

export interface RankItem {
  key: string
  name: string
  value: number
  note?: string
  /** After the value, such as a Delta. */
  end?: ReactNode
}

export interface RankBarsProps {
  label: string
  items: readonly RankItem[]
  format: (value: number) => string
  onPick?: (item: RankItem) => void
  series?: ChartSeries
}

/** Name, bar, value; longest bar is the highest value. */
export function RankBars({ label, items, format, onPick, series = 1 }: RankBarsProps) {
  const highest = Math.max(0, ...items.map((item) => item.value))
  return (
    <ul className="rank-bars" aria-label={label}>
      {items.map((item) => {
        const row = (
          <>
            <span className="rank-name" dir="auto">
              {item.name}
              {item.note !== undefined && <small>{item.note}</small>}
            </span>
            <span className="rank-track" aria-hidden="true">
              <span
                className="rank-fill block"
                style={{
                  width: `${highest > 0 ? Math.max(0, item.value / highest) * 100 : 0}%`,
                  background: `var(--chart-${series})`,
                }}
              />
            </span>
            <span className="figure light text-end">{format(item.value)}</span>
            <span className="text-end">{item.end}</span>
          </>
        )
        return (
          <li key={item.key}>
            {onPick ? (
              <button type="button" onClick={() => onPick(item)}>
                {row}
              </button>
            ) : (
              <div>{row}</div>
            )}
          </li>
        )
      })}
    </ul>
  )
}
