import type { ChartSeries } from './legend.tsx'

/** The shape of a run of values, without axes. */
export function Sparkline({
  values,
  label,
  width = 96,
  height = 28,
  series = 1,
}: {
  values: readonly number[]
  label: string
  width?: number
  height?: number
  series?: ChartSeries
}) {
  const high = Math.max(...values)
  const low = Math.min(0, ...values)
  const step = (width - 4) / Math.max(1, values.length - 1)
  const yOf = (value: number) => height - 2 - ((value - low) / (high - low || 1)) * (height - 4)
  const path = values
    .map((value, index) => `${(2 + index * step).toFixed(1)} ${yOf(value).toFixed(1)}`)
    .join('L')
  return (
    <svg width={width} height={height} role="img" aria-label={label} className="shrink-0">
      {values.length > 0 && (
        <path
          d={`M${path}`}
          fill="none"
          stroke={`var(--chart-${series})`}
          strokeWidth={2}
          strokeLinejoin="round"
          strokeLinecap="round"
        />
      )}
    </svg>
  )
}
