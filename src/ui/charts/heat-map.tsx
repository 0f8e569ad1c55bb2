import { useRef, useState } from 'react'
import type { CSSProperties, KeyboardEvent } from 'react'
import { classNames } from '../class-names.ts'
import { useLocale } from '../locale.tsx'
import { ChartTip } from './chart-tip.tsx'
import { heatLevel } from './heat-level.ts'
import { labelEvery } from './scale.ts'
import { useWidth } from './use-width.ts'
import './charts.css'
import './block-charts.css'

const COLUMN_LABEL_PX = 44
/** A cell with its gap. */
const ROW_PX = 30
/** The tallest tip, to stand above a cell. */
const TIP_PX = 80

export interface HeatCell {
  value: number | null
  /** growing: not all heard, hatched. closed: closed or still to come, dashed. */
  state?: 'heard' | 'growing' | 'closed'
}

export interface HeatMapProps {
  label: string
  rows: readonly string[]
  columns: readonly string[]
  /** One list per row. */
  cells: readonly (readonly HeatCell[])[]
  format: (value: number) => string
}

interface Place {
  row: number
  column: number
}

/** Light is little, dark is much (the other way round in the dark theme). */
export function HeatMap({ label, rows, columns, cells, format }: HeatMapProps) {
  const { wording } = useLocale()
  const plot = useRef<HTMLDivElement>(null)
  const width = useWidth(plot)
  const [at, setAt] = useState<Place | null>(null)
  const highest = Math.max(
    0,
    ...cells.flat().map((cell) => (cell.state === 'closed' ? 0 : (cell.value ?? 0))),
  )
  const every = labelEvery(columns.length, width - 40, COLUMN_LABEL_PX)
  const cell = at ? cells[at.row]?.[at.column] : undefined

  const point = (target: EventTarget | null) => {
    const found = target instanceof HTMLElement ? target.dataset : {}
    setAt(
      found.row === undefined || found.column === undefined
        ? null
        : { row: Number(found.row), column: Number(found.column) },
    )
  }
  const pressKey = (event: KeyboardEvent) => {
    const next = placeAfterKey(at, event.key, rows.length, columns.length)
    if (next === undefined) return
    event.preventDefault()
    setAt(next)
  }

  return (
    <div
      ref={plot}
      className="plot"
      role="group"
      aria-label={label}
      tabIndex={0}
      onPointerMove={(event) => point(event.target)}
      onPointerDown={(event) => point(event.target)}
      onPointerLeave={(event) => event.pointerType === 'mouse' && setAt(null)}
      onKeyDown={pressKey}
      onBlur={() => setAt(null)}
    >
      <div className="heat" style={{ '--columns': columns.length } as CSSProperties} aria-hidden="true">
        {rows.map((row, rowIndex) => [
          <span key={row} className="heat-row">
            {row}
          </span>,
          ...columns.map((column, columnIndex) => (
            <i
              key={`${row} ${column}`}
              data-row={rowIndex}
              data-column={columnIndex}
              className={cellClass(
                cells[rowIndex]?.[columnIndex],
                highest,
                at?.row === rowIndex && at.column === columnIndex,
              )}
            />
          )),
        ])}
        <span />
        {columns.map((column, index) => (
          <span key={column} className="heat-column">
            {index % every === 0 && <span>{column}</span>}
          </span>
        ))}
      </div>
      {at && cell && cell.value !== null && cell.state !== 'closed' && (
        <ChartTip
          x={40 + ((at.column + 0.5) * (width - 40)) / columns.length}
          y={at.row < rows.length / 2 ? (at.row + 1) * ROW_PX + 4 : at.row * ROW_PX - TIP_PX}
          plotWidth={width}
          title={`${rows[at.row]} ${columns[at.column]}`}
          rows={[{ name: label, value: format(cell.value) }]}
          note={cell.state === 'growing' ? wording.notAllHeard : undefined}
        />
      )}
    </div>
  )
}

export function HeatLegend({ high, growing = false }: { high: string; growing?: boolean }) {
  const { wording } = useLocale()
  return (
    <ul className="legend">
      <li>
        {wording.low}
        <span className="ramp" aria-hidden="true">
          {[0, 1, 2, 3, 4, 5, 6].map((level) => (
            <i key={level} className={`level-${level}`} />
          ))}
        </span>
        {high}
      </li>
      {growing && (
        <li>
          <i className="hatch" aria-hidden="true" />
          {wording.notAllHeard}
        </li>
      )}
    </ul>
  )
}

function cellClass(cell: HeatCell | undefined, highest: number, isPointed: boolean): string {
  const look =
    cell === undefined || cell.value === null || cell.state === 'closed'
      ? 'closed'
      : cell.state === 'growing'
        ? 'growing'
        : `level-${heatLevel(cell.value, highest)}`
  return classNames('cell', look, isPointed && 'at')
}

function placeAfterKey(
  at: Place | null,
  key: string,
  rows: number,
  columns: number,
): Place | null | undefined {
  const moves: Record<string, [number, number]> = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
  }
  const move = moves[key]
  if (move) {
    if (at === null) return { row: 0, column: 0 }
    return {
      row: Math.max(0, Math.min(rows - 1, at.row + move[0])),
      column: Math.max(0, Math.min(columns - 1, at.column + move[1])),
    }
  }
  return key === 'Escape' && at !== null ? null : undefined
}
