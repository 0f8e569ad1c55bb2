import './charts.css'

export type ChartSeries = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

export interface LegendItem {
  label: string
  kind: 'bar' | 'hatch' | 'dashed' | 'line'
  series?: ChartSeries
}

export function Legend({ items }: { items: readonly LegendItem[] }) {
  return (
    <ul className="legend">
      {items.map((item) => (
        <li key={item.label}>
          <LegendMark {...item} />
          {item.label}
        </li>
      ))}
    </ul>
  )
}

function LegendMark({ kind, series = 1 }: LegendItem) {
  const color = `var(--chart-${series})`
  switch (kind) {
    case 'hatch':
      return <i className="hatch" style={{ color }} aria-hidden="true" />
    case 'bar':
      return (
        <svg width="14" height="14" aria-hidden="true">
          <rect width="14" height="14" rx="3" fill={color} />
        </svg>
      )
    case 'dashed':
      return (
        <svg width="20" height="14" aria-hidden="true">
          <path d="M0 7H20" className="compare-line" />
        </svg>
      )
    case 'line':
      return (
        <svg width="20" height="14" aria-hidden="true">
          <path d="M0 7H20" stroke={color} strokeWidth="2.5" />
        </svg>
      )
  }
}
