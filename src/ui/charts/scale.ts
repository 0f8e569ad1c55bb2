export interface AxisScale {
  low: number
  high: number
  /** Where the lines stand, lowest first. */
  ticks: number[]
}

const NICE_STEPS = [1, 2, 2.5, 3, 4, 5, 6, 8, 10]
const MOST_STEPS = 4

/**
 * Zero-based, with three or four lines at round numbers. Of the steps that cover the values the smallest is taken, so that
 * the drawing fills its height. `divisor` makes the numbers round in the unit that is written (100 for cents).
 */
export function axisScale(values: readonly number[], divisor = 1, count = 3): AxisScale {
  const highest = Math.max(0, ...values) / divisor
  const lowest = Math.min(0, ...values) / divisor
  const span = highest - lowest
  if (!(span > 0)) return { low: 0, high: divisor, ticks: [0, divisor] }
  const step = niceStep(span / count)
  const first = Math.floor(lowest / step + 1e-9)
  const last = Math.max(first + 1, Math.ceil(highest / step - 1e-9))
  const steps = last - first
  const every = Math.max(1, Math.ceil(steps / (MOST_STEPS + 1)))
  const ticks: number[] = []
  for (let at = first; at <= last; at += every) ticks.push(rounded(at * step) * divisor)
  return { low: first * step * divisor, high: Math.max(last * step * divisor, ticks.at(-1) ?? 0), ticks }
}

/** "0.8k", "1.6k": one unit for the whole axis, as many decimals as the finest line needs. */
export function axisLabels(ticks: readonly number[], divisor: number, locale: string): string[] {
  const written = ticks.map((tick) => tick / divisor)
  const highest = Math.max(...written.map(Math.abs))
  const [unit, sign] = highest >= 1e6 ? [1e6, 'm'] : highest >= 1e3 ? [1e3, 'k'] : [1, '']
  const decimals = Math.max(...written.map((value) => decimalsOf(value / unit)))
  const format = new Intl.NumberFormat(locale, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  })
  return written.map((value) =>
    value === 0
      ? format.format(0).replace(/\D0+$/, '')
      : `${format.format(value / unit).replace('-', '−')}${sign}`,
  )
}

/** Shows every n-th label, so that each has `roomPx`. */
export function labelEvery(count: number, widthPx: number, roomPx: number): number {
  return Math.max(1, Math.ceil((count * roomPx) / Math.max(1, widthPx)))
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough))
  const nice = NICE_STEPS.find((step) => step * power >= rough * (1 - 1e-9)) ?? 10
  return nice * power
}

function rounded(value: number): number {
  return Number(value.toPrecision(12))
}

function decimalsOf(value: number): number {
  const text = String(rounded(value))
  const point = text.indexOf('.')
  return point < 0 ? 0 : Math.min(2, text.length - point - 1)
}
