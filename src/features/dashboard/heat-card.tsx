import { daysBetween, eachDay, weekdayOf } from '#domain/business-time.ts'
import { daysIn } from '#domain/report-period.ts'
import type { DayRange } from '#domain/report.ts'
import { ChartCard } from '../../ui/charts/chart-card.tsx'
import { HeatLegend, HeatMap, type HeatCell } from '../../ui/charts/heat-map.tsx'
import { heatTable } from './tables.ts'
import type { View } from './use-view.ts'

/** Net sales by weekday and hour: when the rush is. Only hours in which something was sold have a column. */
export function HeatCard({ view, className }: { view: View; className?: string }) {
  const { heatReport, formats } = view
  const { range } = heatReport.query
  const hours = openHours(heatReport.heat)
  const weekdays = weekdayOrder(range)
  const cells = cellsOf(view, weekdays, hours)
  const isGrowing = cells.some((row) => row.some((cell) => cell.state === 'growing'))
  const highest = Math.max(0, ...heatReport.heat.flat())
  return (
    <ChartCard
      title={daysIn(range) === 7 ? sevenDaysTitle(view) : 'Weekdays by hour'}
      legend={<HeatLegend high={formats.wholeMoney(highest)} growing={isGrowing} />}
      table={heatTable(view, hours)}
      className={className}
    >
      <HeatMap
        label="Net sales"
        rows={weekdays.map(formats.weekday)}
        columns={hours.map(formats.hour)}
        cells={cells}
        format={formats.money}
      />
    </ChartCard>
  )
}

function openHours(heat: readonly (readonly number[])[]): number[] {
  const used = Array.from({ length: 24 }, (_, hour) => hour).filter((hour) =>
    heat.some((row) => row[hour] !== 0),
  )
  const first = used[0]
  const last = used.at(-1)
  if (first === undefined || last === undefined) return []
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}

/** Seven days in their order, so that the newest is the last row; more days from Monday on. */
function weekdayOrder(range: DayRange): number[] {
  const first = daysIn(range) === 7 ? weekdayOf(range.from) : 0
  return Array.from({ length: 7 }, (_, index) => (first + index) % 7)
}

function sevenDaysTitle({ heatReport, formats, now }: View): string {
  const { to } = heatReport.query.range
  return to === now.day ? 'Last seven days by hour' : `Seven days to ${formats.day(to)} by hour`
}

function cellsOf(
  { heatReport, freshness, now }: View,
  weekdays: readonly number[],
  hours: readonly number[],
): HeatCell[][] {
  const growing = growingPlaces(freshness.growsFrom, now, heatReport.query.range)
  return weekdays.map((weekday) =>
    hours.map((hour): HeatCell => {
      const value = heatReport.heat[weekday]?.[hour] ?? 0
      if (growing.has(weekday * 24 + hour)) return { value, state: 'growing' }
      return { value, state: value === 0 ? 'closed' : 'heard' }
    }),
  )
}

/** Places `weekday × 24 + hour` that hours between then and now fall into. */
function growingPlaces(from: View['now'], now: View['now'], range: DayRange): Set<number> {
  const places = new Set<number>()
  const days = Math.min(7, daysBetween(from.day, now.day))
  for (const day of eachDay(from.day, now.day).slice(-days - 1)) {
    if (day < range.from || day > range.to) continue
    const first = day === from.day ? from.hour : 0
    const last = day === now.day ? now.hour : 23
    for (let hour = first; hour <= last; hour++) places.add(weekdayOf(day) * 24 + hour)
  }
  return places
}
