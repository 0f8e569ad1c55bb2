import { Link, useSearch } from '@tanstack/react-router'
import { ArrowLeft, Inbox as InboxIcon } from 'lucide-react'
import { useMemo, useState } from 'react'
import { device } from '../../app/device.ts'
import { OfficeFrame, OfficeScreen } from '../../app/office-frame.tsx'
import { useNeededQuery } from '../../app/read-boundary.tsx'
import { useMedia } from '../../app/till/use-media.ts'
import { useNow } from '../../app/till/use-now.ts'
import { classNames } from '../../ui/class-names.ts'
import { formatNumber } from '../../ui/format.ts'
import { Icon } from '../../ui/icon.tsx'
import { keyClass } from '../../ui/key.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { EmptyState, LoadingState } from '../../ui/state-views.tsx'
import type { ConflictCard, TaskCard } from '../../worker/api-editing.ts'
import { ConflictView } from './conflict-view.tsx'
import { type Inbox, inboxOf, type InboxItem } from './inbox-items.ts'
import { InboxList } from './inbox-list.tsx'
import { TaskView } from './task-view.tsx'

const dayChangesMs = 60_000
/** From here on the list has the item beside it. */
const WIDE = '(min-width: 64rem)'

/** What a person has to decide or look at: conflicts of edits, and facts that were flagged. */
export function InboxScreen() {
  return (
    <OfficeScreen title="Inbox" unread="The inbox could not be read">
      <ReadInbox />
    </OfficeScreen>
  )
}

function ReadInbox() {
  const conflicts = useNeededQuery<readonly ConflictCard[]>('inbox', ['conflicts'], () => device.conflicts())
  const tasks = useNeededQuery<readonly TaskCard[]>('inbox', ['tasks'], () => device.tasks())
  const { item: chosenId } = useSearch({ strict: false }) as { item?: string }
  const inbox = useMemo(
    () => (conflicts.data && tasks.data ? inboxOf(conflicts.data, tasks.data) : null),
    [conflicts.data, tasks.data],
  )
  if (inbox === null)
    return (
      <OfficeFrame title="Inbox">
        <section className="pane">
          <LoadingState />
        </section>
      </OfficeFrame>
    )
  return <LoadedInbox inbox={inbox} chosenId={chosenId ?? null} />
}

function LoadedInbox({ inbox, chosenId }: { inbox: Inbox; chosenId: string | null }) {
  const nowMs = useNow(dayChangesMs)
  const all = [...inbox.open, ...inbox.settled]
  const isWide = useMedia(WIDE)
  // What is settled stays to be seen: with the next one in its place a second press would decide that, too.
  const [firstId] = useState(all[0]?.id)
  const named = all.find(({ id }) => id === chosenId)
  // Beside the list there is always something to see; a phone shows the list first.
  const shown = named ?? all.find(({ id }) => id === firstId) ?? all[0]
  if (!shown)
    return (
      <OfficeFrame title="Inbox">
        <section className="pane">
          <EmptyState
            icon={<Icon of={InboxIcon} size={24} />}
            title="Nothing to decide"
            text="When two people change the same price, or a sale needs a second look, it is here."
          />
        </section>
      </OfficeFrame>
    )
  const markedId = named || isWide ? shown.id : null
  return (
    <OfficeFrame title="Inbox">
      <div className="grid gap-6 wide:grid-cols-[minmax(18rem,24.5rem)_minmax(0,55rem)]">
        <div
          className={classNames(
            'self-start overflow-hidden rounded-pane border border-rule bg-surface',
            named && 'max-wide:hidden',
          )}
        >
          <InboxList title="To decide" items={inbox.open} chosenId={markedId} nowMs={nowMs} />
          <InboxList title="Settled lately" items={inbox.settled} chosenId={markedId} nowMs={nowMs} />
        </div>
        <div className={classNames('min-w-0', !named && 'max-wide:hidden')}>
          <BackToList inbox={inbox} shown={shown} />
          {shown.kind === 'conflict' ? (
            <ConflictView key={shown.id} conflict={shown.conflict} />
          ) : (
            <TaskView key={shown.id} task={shown.task} />
          )}
        </div>
      </div>
    </OfficeFrame>
  )
}

function BackToList({ inbox, shown }: { inbox: Inbox; shown: InboxItem }) {
  const { locale } = useLocale()
  const place = inbox.open.indexOf(shown)
  return (
    <div className="-ms-4 mb-2 flex items-center justify-between wide:hidden">
      <Link to="/inbox" className={keyClass('flat')}>
        <Icon of={ArrowLeft} size={20} className="rtl:-scale-x-100" />
        Inbox
      </Link>
      {place >= 0 && (
        <span className="text-sm text-ink-2">
          {formatNumber(place + 1, locale)} of {formatNumber(inbox.open.length, locale)}
        </span>
      )}
    </div>
  )
}
