import { axisLabels, labelEvery } from './scale.ts'
import type { AxisScale } from './scale.ts'
import './charts.css'

export interface PlotBox {
  left: number
  right: number
  top: number
  bottom: number
}

const LABEL_ROOM_PX = 46

/** How much the widest axis label needs: digits are 0.56 em of 12 px. */
export function axisGutter(labels: readonly string[]): number {
  return Math.max(...labels.map((label) => label.length)) * 7 + 12
}

export function ValueAxis({
  scale,
  divisor,
  locale,
  box,
  yOf,
}: {
  scale: AxisScale
  divisor: number
  locale: string
  box: PlotBox
  yOf: (value: number) => number
}) {
  const labels = axisLabels(scale.ticks, divisor, locale)
  return (
    <g aria-hidden="true">
      {scale.ticks.map((tick, index) => (
        <g key={tick}>
          <line
            x1={box.left}
            x2={box.right}
            y1={yOf(tick)}
            y2={yOf(tick)}
            className={tick === 0 ? 'zero-line' : 'grid-line'}
          />
          <text x={box.left - 8} y={yOf(tick) + 4} textAnchor="end" className="axis-text">
            {labels[index]}
          </text>
        </g>
      ))}
    </g>
  )
}

export function LabelAxis({
  labels,
  box,
  xOf,
  y,
}: {
  labels: readonly string[]
  box: PlotBox
  xOf: (index: number) => number
  y: number
}) {
  const longest = Math.max(1, ...labels.map((label) => label.length))
  const every = labelEvery(labels.length, box.right - box.left, Math.max(LABEL_ROOM_PX, longest * 7 + 8))
  return (
    <g aria-hidden="true">
      {labels.map(
        (label, index) =>
          index % every === 0 && (
            <text key={index} x={xOf(index)} y={y} textAnchor="middle" className="axis-text">
              {label}
            </text>
          ),
      )}
    </g>
  )
}

/** 45° lines in the series' colour: may still grow. */
export function HatchPattern({ id, color }: { id: string; color: string }) {
  return (
    <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="6" height="6" fill="var(--surface)" />
      <line x1="1" y1="0" x2="1" y2="6" stroke={color} strokeWidth="2" />
    </pattern>
  )
}
