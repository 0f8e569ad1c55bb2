import { useId, useRef } from 'react'
import { useLocale } from '../locale.tsx'
import { HatchPattern, LabelAxis, ValueAxis, axisGutter } from './axes.tsx'
import type { PlotBox } from './axes.tsx'
import { ChartTip } from './chart-tip.tsx'
import { axisLabels, axisScale } from './scale.ts'
import type { ChartSeries } from './legend.tsx'
import { usePointed } from './use-pointed.ts'
import { useWidth } from './use-width.ts'
import './charts.css'

const BAR_SHARE = 0.68
const FOOT_PX = 24
const HEAD_PX = 10

export interface BarDatum {
  key: string
  /** On the axis; every n-th is drawn where there is no room. */
  label: string
  /** null for what is still to come. */
  value: number | null
  compare?: number | null
  /** May still grow: drawn hatched. */
  growing?: boolean
}

export interface BarChartProps {
  /** The spoken name. */
  label: string
  data: readonly BarDatum[]
  /** Exact text of a value, for tips. */
  format: (value: number) => string
  /** Divides values for the axis: 100 for cents. */
  scale?: number
  /** Where now is, in bars: 8.12 is an eighth into the ninth bar. */
  now?: number
  height?: number
  series?: ChartSeries
  valueName?: string
  compareName?: string
  onPick?: (datum: BarDatum) => void
}

/** Bars from zero; the comparison is a dashed step line. */
export function BarChart(props: BarChartProps) {
  const { label, data, height = 240, series = 1, onPick } = props
  const plot = useRef<HTMLDivElement>(null)
  const width = useWidth(plot)
  const layout = layoutOf(props, width, height)
  const { box, band } = layout
  const pointed = usePointed(data.length, (x) => (band > 0 ? Math.floor((x - box.left) / band) : -1))
  const datum = pointed.index === null ? undefined : data[pointed.index]
  const pick = onPick && datum ? () => onPick(datum) : undefined

  return (
    <div
      ref={plot}
      className="plot"
      style={{ height, cursor: pick ? 'pointer' : undefined }}
      role="group"
      aria-label={label}
      tabIndex={0}
      {...pointed.handlers}
      onClick={pick}
    >
      {width > 0 && data.length > 0 && (
        <svg width={width} height={height} aria-hidden="true">
          <Drawing {...props} series={series} layout={layout} height={height} pointed={pointed.index} />
        </svg>
      )}
      {datum && pointed.index !== null && (
        <BarTip {...props} datum={datum} x={box.left + (pointed.index + 0.5) * band} plotWidth={width} />
      )}
    </div>
  )
}

interface Layout {
  box: PlotBox
  band: number
  scale: ReturnType<typeof axisScale>
  divisor: number
  xOf: (index: number) => number
  yOf: (value: number) => number
}

function layoutOf({ data, scale: divisor = 1 }: BarChartProps, width: number, height: number): Layout {
  const values = data.flatMap(({ value, compare }) => [value ?? 0, compare ?? 0])
  const scale = axisScale(values, divisor)
  const gutter = axisGutter(axisLabels(scale.ticks, divisor, 'en'))
  const box = { left: gutter, right: Math.max(gutter, width), top: HEAD_PX, bottom: height - FOOT_PX }
  const band = data.length > 0 ? (box.right - box.left) / data.length : 0
  const perUnit = (box.bottom - box.top) / (scale.high - scale.low)
  return {
    box,
    band,
    scale,
    divisor,
    xOf: (index) => box.left + (index + 0.5) * band,
    yOf: (value) => Math.round((box.bottom - (value - scale.low) * perUnit) * 2) / 2,
  }
}

function Drawing({
  data,
  series = 1,
  now,
  layout,
  height,
  pointed,
}: BarChartProps & { layout: Layout; height: number; pointed: number | null }) {
  const { locale } = useLocale()
  const hatchId = useId()
  const color = `var(--chart-${series})`
  const { box, band, scale, divisor, xOf, yOf } = layout
  return (
    <>
      <defs>
        <HatchPattern id={hatchId} color={color} />
      </defs>
      {pointed !== null && (
        <rect
          x={box.left + pointed * band}
          y={box.top}
          width={band}
          height={box.bottom - box.top}
          className="band"
        />
      )}
      <ValueAxis scale={scale} divisor={divisor} locale={locale} box={box} yOf={yOf} />
      <LabelAxis labels={data.map((datum) => datum.label)} box={box} xOf={xOf} y={height - 6} />
      {data.map((datum, index) => (
        <Bar
          key={datum.key}
          datum={datum}
          x={box.left + index * band}
          layout={layout}
          color={color}
          hatchId={hatchId}
        />
      ))}
      <path d={stepPath(data, layout)} className="compare-line" />
      {now !== undefined && now >= 0 && now <= data.length && (
        <NowMarker x={box.left + now * band} box={box} />
      )}
    </>
  )
}

function Bar({
  datum,
  x,
  layout,
  color,
  hatchId,
}: {
  datum: BarDatum
  x: number
  layout: Layout
  color: string
  hatchId: string
}) {
  if (datum.value === null || datum.value === 0) return null
  const { band, yOf } = layout
  const width = Math.max(1, Math.min(band * BAR_SHARE, 64))
  const top = Math.min(yOf(datum.value), yOf(0) - 1)
  const bottom = Math.max(yOf(datum.value), yOf(0))
  const left = Math.round((x + (band - width) / 2) * 2) / 2
  return (
    <rect
      x={left}
      y={top}
      width={width}
      height={bottom - top}
      rx={Math.min(2, width / 4)}
      fill={datum.growing ? `url(#${hatchId})` : color}
      stroke={datum.growing ? color : undefined}
      strokeWidth={1.5}
    />
  )
}

function NowMarker({ x, box }: { x: number; box: PlotBox }) {
  const { wording } = useLocale()
  const isLate = x > box.right - 48
  return (
    <>
      <line x1={x} x2={x} y1={box.top} y2={box.bottom} className="now-line" />
      <text
        x={isLate ? x - 6 : x + 6}
        y={box.top + 10}
        textAnchor={isLate ? 'end' : 'start'}
        className="axis-text now-text"
      >
        {wording.nowMarker}
      </text>
    </>
  )
}

function stepPath(data: readonly BarDatum[], { box, band, yOf }: Layout): string {
  let path = ''
  let isDrawing = false
  for (const [index, { compare }] of data.entries()) {
    if (compare === undefined || compare === null) {
      isDrawing = false
      continue
    }
    const y = yOf(compare)
    const left = (box.left + index * band).toFixed(1)
    path += isDrawing ? `V${y}` : `M${left} ${y}`
    path += `H${(box.left + (index + 1) * band).toFixed(1)}`
    isDrawing = true
  }
  return path
}

function BarTip({
  datum,
  format,
  valueName,
  compareName,
  label,
  x,
  plotWidth,
}: BarChartProps & { datum: BarDatum; x: number; plotWidth: number }) {
  const { wording } = useLocale()
  const rows = [
    ...(datum.value === null ? [] : [{ name: valueName ?? label, value: format(datum.value) }]),
    ...(datum.compare === undefined || datum.compare === null
      ? []
      : [{ name: compareName ?? '', value: format(datum.compare) }]),
  ]
  return (
    <ChartTip
      x={x}
      plotWidth={plotWidth}
      title={datum.label}
      rows={rows}
      note={datum.growing && datum.value !== null ? wording.notAllHeard : undefined}
    />
  )
}
