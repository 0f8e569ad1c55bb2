import { useLayoutEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import './charts.css'

const GAP_PX = 10

export interface TipRow {
  name: string
  value: string
}

/** Exact figures beside the pointed datum, kept inside the plot. */
export function ChartTip({
  x,
  y = 0,
  plotWidth,
  title,
  rows,
  note,
}: {
  x: number
  y?: number
  plotWidth: number
  title: string
  rows: readonly TipRow[]
  note?: ReactNode
}) {
  const tip = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = tip.current
    if (element === null) return
    const width = element.offsetWidth
    const after = x + GAP_PX
    const left = after + width <= plotWidth ? after : x - GAP_PX - width
    element.style.transform = `translate(${Math.round(Math.max(0, left))}px, ${Math.round(y)}px)`
  })
  return (
    <div ref={tip} className="tip" role="status">
      <b>{title}</b>
      {rows.map((row) => (
        <span className="tip-row" key={row.name}>
          <span>{row.name}</span>
          <span className="figure">{row.value}</span>
        </span>
      ))}
      {note !== undefined && <small>{note}</small>}
    </div>
  )
}
