import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatAge } from '../../ui/format.ts'
import { Hatch } from '../../ui/hatch.tsx'
import { Icon } from '../../ui/icon.tsx'
import type { View } from './use-view.ts'
import { capitalised, someOf } from './words.ts'

/** What the figures may not hold yet. On laptops the registers' card says it, unless this device itself is behind. */
export function HeardNotice({ view }: { view: View }) {
  const { freshness, named, formats, nowMs } = view
  const { behind, staleMs } = freshness
  if (staleMs !== null && named.asOf !== null) {
    return (
      <Notice className="desk:col-span-2 desk:order-first">
        <b className="font-label text-ink">
          Last heard {formats.time(named.asOf)}, {formatAge(staleMs, { nowMs, locale: formats.locale })} ago.
        </b>{' '}
        {capitalised(mayGrowWords(view))}
      </Notice>
    )
  }
  const oldest = behind[0]
  if (!oldest) return null
  return (
    <Notice className="desk:hidden">
      <b className="font-label text-ink">
        {freshness.heardCount} of {freshness.totalCount} registers heard.
      </b>{' '}
      {someOf(behind.map((register) => register.name))} silent since {sinceWords(view, oldest.heardAt)};{' '}
      {mayGrowWords(view)}
    </Notice>
  )
}

function Notice({ className, children }: { className: string; children: ReactNode }) {
  return (
    <a
      href="#registers"
      className={`pane flex min-h-14 items-center gap-3 py-2 ps-3.5 pe-2 text-sm leading-snug text-ink-2 no-underline ${className}`}
    >
      <Hatch />
      <span className="flex-1">{children}</span>
      <Icon of={ChevronRight} className="mirrored" />
    </a>
  )
}

function mayGrowWords({ freshness, filters, now }: View): string {
  if (filters.range.to < freshness.growsFrom.day) return 'these days are complete.'
  return filters.range.from === now.day ? 'today can only grow.' : 'the last days can only grow.'
}

function sinceWords({ formats, nowMs }: View, at: number): string {
  return nowMs - at < 20 * 3_600_000
    ? formats.time(at)
    : formatAge(nowMs - at, { nowMs, locale: formats.locale }).replace(/^since /, '')
}
