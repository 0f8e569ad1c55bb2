import { Amount } from '../../ui/amount.tsx'
import { CourseBar } from '../../ui/charts/course-bar.tsx'
import { Delta } from '../../ui/delta.tsx'
import { Display } from '../../ui/display.tsx'
import { changeOf, onCourseFor } from './comparison.ts'
import type { View } from './use-view.ts'
import { comparisonWords, rangeWords } from './words.ts'

/** Net sales, against the period before; for today also where the day is heading. */
export function SalesDisplay({ view }: { view: View }) {
  const { report, named, filters, formats, comparison, now } = view
  const isLive = filters.range.to >= now.day && filters.range.from <= now.day
  const { code, exponent } = named.currency
  return (
    <Display
      label="Net sales"
      aside={isLive && named.asOf !== null ? `to ${formats.time(named.asOf)}` : rangeWords(filters, formats)}
      className="flex min-w-0 flex-col px-[18px] pt-3 pb-2.5"
    >
      <Amount
        minor={report.figures.netMinor}
        currency={code}
        exponent={exponent}
        look="display"
        className="block text-[clamp(2rem,11vw,3.1rem)] desk:text-[2.5rem]"
      />
      {comparison && comparison.before.netMinor !== 0 && <Against view={view} comparison={comparison} />}
      <Course view={view} />
    </Display>
  )
}

function Against({ view, comparison }: { view: View; comparison: NonNullable<View['comparison']> }) {
  const { filters, formats } = view
  const { now, before, until } = comparison
  const change = changeOf(now.netMinor, before.netMinor)
  const words =
    until.kind === 'hour'
      ? `${comparisonWords(filters, formats)} by ${formats.hour(until.hour)}`
      : until.kind === 'yesterday'
        ? 'to yesterday, against'
        : 'against'
  return (
    <div className="mt-auto flex min-h-6 flex-wrap items-baseline justify-between gap-x-3 text-sm">
      {change !== null && <Delta ratio={change} />}
      <span className="dim ms-auto">
        {words} <bdi className="figure light">{formats.money(before.netMinor)}</bdi>
      </span>
    </div>
  )
}

function Course({ view }: { view: View }) {
  const { report, comparison, filters, formats } = view
  const previous = report.previous
  const course = comparison && previous && onCourseFor(comparison, previous)
  if (!course || !previous) return null
  // The course is taken at the full hour; what was sold since then may be past it already.
  const expected = Math.max(course, report.figures.netMinor)
  const words = comparisonWords(filters, formats)
  return (
    <div className="mt-2">
      <CourseBar
        value={report.figures.netMinor}
        expected={expected}
        compare={previous.netMinor}
        label={`Sold ${formats.money(report.figures.netMinor)}, on course for about ${formats.wholeMoney(expected)}; ${words} ended at ${formats.wholeMoney(previous.netMinor)}`}
      />
      <p className="dim mt-1.5 flex flex-wrap justify-between gap-x-3 text-xs" aria-hidden="true">
        <span>
          On course for about <b className="figure text-display-ink">{formats.wholeMoney(expected)}</b>
        </span>
        <span>
          {words} <span className="figure text-display-ink">{formats.wholeMoney(previous.netMinor)}</span>
        </span>
      </p>
    </div>
  )
}
