import { useId, useRef } from 'react'
import { useLocale } from '../locale.tsx'
import { HatchPattern, LabelAxis, ValueAxis, axisGutter } from './axes.tsx'
import type { PlotBox } from './axes.tsx'
import { ChartTip } from './chart-tip.tsx'
import type { ChartSeries } from './legend.tsx'
import { axisLabels, axisScale } from './scale.ts'
import { usePointed } from './use-pointed.ts'
import { useWidth } from './use-width.ts'

const FOOT_PX = 24
const HEAD_PX = 10
const EDGE_PX = 8

export interface ChartLine {
  name: string
  values: readonly (number | null)[]
  series?: ChartSeries
  /** The grey dashed line of a comparison. */
  dashed?: boolean
}

export interface LineChartProps {
  label: string
  /** One per point, on the axis and in tips. */
  labels: readonly string[]
  lines: readonly ChartLine[]
  format: (value: number) => string
  /** Divides values for the axis: 100 for cents. */
  scale?: number
  height?: number
  /** A forecast's range, hatched; null where there is none. */
  band?: {
    name: string
    low: readonly (number | null)[]
    high: readonly (number | null)[]
    series?: ChartSeries
  }
}

/** Lines from zero, for many points: a year by day is one path of 365 corners. */
export function LineChart(props: LineChartProps) {
  const { label, labels, height = 240 } = props
  const plot = useRef<HTMLDivElement>(null)
  const width = useWidth(plot)
  const layout = layoutOf(props, width, height)
  const { box, step, xOf } = layout
  const pointed = usePointed(labels.length, (x) => {
    const index = Math.round((x - box.left - EDGE_PX) / Math.max(step, 0.01))
    return x < box.left - EDGE_PX ? -1 : Math.max(0, Math.min(labels.length - 1, index))
  })

  return (
    <div
      ref={plot}
      className="plot"
      style={{ height }}
      role="group"
      aria-label={label}
      tabIndex={0}
      {...pointed.handlers}
    >
      {width > 0 && labels.length > 0 && (
        <svg width={width} height={height} aria-hidden="true">
          <Drawing {...props} layout={layout} height={height} pointed={pointed.index} />
        </svg>
      )}
      {pointed.index !== null && (
        <LineTip {...props} index={pointed.index} x={xOf(pointed.index)} plotWidth={width} />
      )}
    </div>
  )
}

interface Layout {
  box: PlotBox
  step: number
  scale: ReturnType<typeof axisScale>
  divisor: number
  xOf: (index: number) => number
  yOf: (value: number) => number
}

function layoutOf(props: LineChartProps, width: number, height: number): Layout {
  const { labels, lines, band, scale: divisor = 1 } = props
  const values = [...lines.flatMap((line) => line.values), ...(band?.high ?? []), ...(band?.low ?? [])]
  const scale = axisScale(
    values.map((value) => value ?? 0),
    divisor,
  )
  const gutter = axisGutter(axisLabels(scale.ticks, divisor, 'en'))
  const box = { left: gutter, right: Math.max(gutter, width), top: HEAD_PX, bottom: height - FOOT_PX }
  const step = (box.right - box.left - 2 * EDGE_PX) / Math.max(1, labels.length - 1)
  const perUnit = (box.bottom - box.top) / (scale.high - scale.low)
  return {
    box,
    step,
    scale,
    divisor,
    xOf: (index) => box.left + EDGE_PX + index * step,
    yOf: (value) => box.bottom - (value - scale.low) * perUnit,
  }
}

function Drawing({
  labels,
  lines,
  band,
  layout,
  height,
  pointed,
}: LineChartProps & { layout: Layout; height: number; pointed: number | null }) {
  const { locale } = useLocale()
  const hatchId = useId()
  const { box, scale, divisor, xOf, yOf } = layout
  const bandColor = `var(--chart-${band?.series ?? 1})`
  return (
    <>
      <defs>
        <HatchPattern id={hatchId} color={bandColor} />
      </defs>
      <ValueAxis scale={scale} divisor={divisor} locale={locale} box={box} yOf={yOf} />
      <LabelAxis labels={labels} box={box} xOf={xOf} y={height - 6} />
      {band && <path d={bandPath(band, layout)} fill={`url(#${hatchId})`} opacity={0.55} />}
      {lines.map((line) => (
        <path
          key={line.name}
          d={linePath(line.values, layout)}
          fill="none"
          strokeLinejoin="round"
          strokeLinecap="round"
          {...(line.dashed
            ? { className: 'compare-line' }
            : { stroke: `var(--chart-${line.series ?? 1})`, strokeWidth: 2.25 })}
        />
      ))}
      {pointed !== null && (
        <>
          <line x1={xOf(pointed)} x2={xOf(pointed)} y1={box.top} y2={box.bottom} className="now-line" />
          {lines.map((line) => {
            const value = line.values[pointed]
            if (value === undefined || value === null) return null
            const color = line.dashed ? 'var(--chart-compare)' : `var(--chart-${line.series ?? 1})`
            return (
              <circle
                key={line.name}
                cx={xOf(pointed)}
                cy={yOf(value)}
                r={4}
                fill={color}
                stroke="var(--surface)"
                strokeWidth={2}
              />
            )
          })}
        </>
      )}
    </>
  )
}

function linePath(values: readonly (number | null)[], { xOf, yOf }: Layout): string {
  let path = ''
  let isDrawing = false
  for (const [index, value] of values.entries()) {
    if (value === null) {
      isDrawing = false
      continue
    }
    path += `${isDrawing ? 'L' : 'M'}${xOf(index).toFixed(1)} ${yOf(value).toFixed(1)}`
    isDrawing = true
  }
  return path
}

function bandPath(band: NonNullable<LineChartProps['band']>, { xOf, yOf }: Layout): string {
  const upper: string[] = []
  const lower: string[] = []
  for (const [index, high] of band.high.entries()) {
    const low = band.low[index]
    if (high === null || low === null || low === undefined) continue
    upper.push(`${xOf(index).toFixed(1)} ${yOf(high).toFixed(1)}`)
    lower.unshift(`${xOf(index).toFixed(1)} ${yOf(low).toFixed(1)}`)
  }
  return upper.length === 0 ? '' : `M${[...upper, ...lower].join('L')}Z`
}

function LineTip({
  labels,
  lines,
  band,
  format,
  index,
  x,
  plotWidth,
}: LineChartProps & { index: number; x: number; plotWidth: number }) {
  const rows = lines.flatMap(({ name, values }) => {
    const value = values[index]
    return value === undefined || value === null ? [] : [{ name, value: format(value) }]
  })
  const low = band?.low[index] ?? null
  const high = band?.high[index] ?? null
  if (band && low !== null && high !== null) {
    rows.push({ name: band.name, value: `${format(low)} – ${format(high)}` })
  }
  return <ChartTip x={x} plotWidth={plotWidth} title={labels[index] ?? ''} rows={rows} />
}
