import { Link } from '@tanstack/react-router'
import { Check, Layers, TriangleAlert } from 'lucide-react'
import { memo, useState } from 'react'
import { classNames } from '../../ui/class-names.ts'
import { ComingNear } from '../../ui/coming-near.tsx'
import { formatDate, formatTime } from '../../ui/format.ts'
import { Icon } from '../../ui/icon.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { conflictText, conflictTitle } from './conflict-words.ts'
import { type InboxItem, isOpen } from './inbox-items.ts'
import { taskWords } from './task-words.ts'

/** A screen holds about ten. */
const ITEMS_AT_ONCE = 40

export function InboxList({
  title,
  items,
  chosenId,
  nowMs,
}: {
  title: string
  items: readonly InboxItem[]
  chosenId: string | null
  nowMs: number
}) {
  const [shown, setShown] = useState(ITEMS_AT_ONCE)
  if (items.length === 0) return null
  const chosenPlace = items.findIndex(({ id }) => id === chosenId)
  const drawn = items.slice(0, Math.max(shown, chosenPlace + 1))
  return (
    <section aria-label={title}>
      <h2 className="px-5 pt-4 pb-2 text-xs text-ink-3">{title}</h2>
      <ul>
        {drawn.map((item, place) => (
          <li
            key={item.id}
            aria-setsize={items.length}
            aria-posinset={place + 1}
            className="border-b border-rule"
          >
            <ItemRow item={item} isChosen={item.id === chosenId} nowMs={nowMs} />
          </li>
        ))}
      </ul>
      {drawn.length < items.length && (
        <ComingNear key={shown} onNear={() => setShown(shown + ITEMS_AT_ONCE)} />
      )}
    </section>
  )
}

const ItemRow = memo(function ItemRow({
  item,
  isChosen,
  nowMs,
}: {
  item: InboxItem
  isChosen: boolean
  nowMs: number
}) {
  const { locale } = useLocale()
  const { title, text, icon, tone } = looksOf(item, locale)
  return (
    <Link
      to="/inbox"
      search={{ item: item.id }}
      aria-current={isChosen ? 'true' : undefined}
      className="grid grid-cols-[28px_minmax(0,1fr)_auto] gap-x-2.5 gap-y-0.5 px-5 py-3 text-ink no-underline outline-offset-[-3px] hover:bg-fill aria-[current]:bg-accent-soft"
    >
      <Icon of={icon} size={20} className={classNames('mt-px self-start', tone)} />
      <b
        className={classNames(
          'leading-5 wrap-anywhere',
          isOpen(item) ? 'font-label' : 'font-normal text-ink-2',
        )}
      >
        {title}
      </b>
      <time className="text-xs whitespace-nowrap text-ink-3" dateTime={new Date(item.at).toISOString()}>
        {whenText(item.at, nowMs, locale)}
      </time>
      <p className="col-span-2 col-start-2 line-clamp-2 text-sm wrap-anywhere text-ink-2">{text}</p>
    </Link>
  )
})

function looksOf(item: InboxItem, locale: string) {
  const isSettled = !isOpen(item)
  if (item.kind === 'conflict')
    return {
      title: conflictTitle(item.conflict),
      text: conflictText(item.conflict, locale, 'short'),
      icon: isSettled ? Check : Layers,
      tone: isSettled ? 'text-ink-3' : 'text-attention',
    }
  const { title, text, tone } = taskWords(item.task)
  const color = tone === 'critical' ? 'text-critical' : 'text-attention'
  return { title, text, icon: isSettled ? Check : TriangleAlert, tone: isSettled ? 'text-ink-3' : color }
}

/** The time of today, the day of anything older. */
function whenText(at: number, nowMs: number, locale: string): string {
  const isToday = formatDate(at, locale, 'numeric') === formatDate(nowMs, locale, 'numeric')
  return isToday ? formatTime(at, locale) : formatDate(at, locale, 'short')
}
