import type { SeriesPoint } from '#domain/report.ts'
import { BarChart, type BarDatum } from '../../ui/charts/bar-chart.tsx'
import { ChartCard } from '../../ui/charts/chart-card.tsx'
import { Legend, type LegendItem } from '../../ui/charts/legend.tsx'
import { daysIn } from '#domain/report-period.ts'
import { mayGrow } from './freshness.ts'
import { seriesTable } from './tables.ts'
import type { View } from './use-view.ts'
import { capitalised, comparisonWords, granularityWords, rangeWords } from './words.ts'

/** Net sales over time; the comparison is a dashed step line, what may still grow is hatched, the future is empty. */
export function SalesChart({ view, className }: { view: View; className?: string }) {
  const { filters, formats, report } = view
  const data = dataOf(view)
  const valueName = rangeWords(filters, formats)
  const compareWords = comparisonWords(filters, formats)
  // Days with years have no room beside the heading; the filter key above says them in full.
  const compareName = compareWords.length > 18 ? 'before' : compareWords
  const legend: LegendItem[] = [{ label: valueName, kind: 'bar' }]
  if (data.some((datum) => datum.growing)) legend.push({ label: 'May still grow', kind: 'hatch' })
  if (report.previous) legend.push({ label: capitalised(compareName), kind: 'dashed' })
  const title = `Net sales ${granularityWords[filters.granularity].toLowerCase()}`
  return (
    <ChartCard
      title={title}
      legend={<Legend items={legend} />}
      table={seriesTable(view, data)}
      className={className}
    >
      <BarChart
        label={title}
        data={data}
        format={formats.money}
        scale={formats.scale}
        now={nowPlace(view, data)}
        height={264}
        valueName={valueName}
        compareName={capitalised(compareName)}
      />
    </ChartCard>
  )
}

function dataOf({ report, filters, formats, freshness, now }: View): BarDatum[] {
  const { range, granularity } = filters
  const isFewDays = daysIn(range) <= 8
  const all = report.series.map((point, index): BarDatum => {
    const before = report.previousSeries[index]
    const isToCome = isFuture(point, filters, now)
    return {
      key: point.key,
      label: formats.key(granularity, point.key, isFewDays),
      value: isToCome ? null : point.figures.netMinor,
      compare: before ? before.figures.netMinor : null,
      growing: mayGrow(point.key, granularity, range, { growsFrom: freshness.growsFrom, now }),
    }
  })
  return trimmed(all, granularity === 'hour', filters.period === 'all')
}

function isFuture(
  { key }: SeriesPoint,
  { granularity, range, today }: View['filters'],
  now: View['now'],
): boolean {
  if (granularity === 'hour') return range.from >= today && range.to >= today && Number(key) > now.hour
  return key > (granularity === 'month' ? now.day.slice(0, 7) : now.day)
}

/** Hours and beginnings in which nothing was ever sold only make the rest smaller. */
function trimmed(data: BarDatum[], isHours: boolean, isAll: boolean): BarDatum[] {
  const isUsed = ({ value, compare }: BarDatum) => Boolean(value) || Boolean(compare)
  if (!isHours && !isAll) return data
  const first = data.findIndex(isUsed)
  const last = isHours ? data.findLastIndex(isUsed) : data.length - 1
  return first < 0 ? data : data.slice(first, last + 1)
}

function nowPlace({ filters, now, nowMs }: View, data: readonly BarDatum[]): number | undefined {
  const { granularity, range } = filters
  const hourShare = new Date(nowMs).getUTCMinutes() / 60
  if (granularity === 'hour') {
    if (range.from !== now.day || range.to !== now.day) return undefined
    const place = data.findIndex(({ key }) => Number(key) === now.hour)
    return place < 0 ? undefined : place + hourShare
  }
  if (granularity !== 'day' || range.to < now.day || range.from === now.day) return undefined
  const place = data.findIndex(({ key }) => key === now.day)
  // At the very end of the axis the marker would say nothing.
  return place < 0 || place === data.length - 1 ? undefined : place + (now.hour + hourShare) / 24
}
