import { Check, CircleAlert } from 'lucide-react'
import { device, useDeviceQuery } from '../../app/device.ts'
import { Badge } from '../../ui/badge.tsx'
import { formatNumber } from '../../ui/format.ts'
import { Icon } from '../../ui/icon.tsx'
import { useLocale } from '../../ui/locale.tsx'
import type { CarriedJournal } from '../../worker/api-device.ts'
import { whenWords } from './sent-words.ts'

/** The journals that were brought here, and what became of them. */
export function CarriedList({ nowMs }: { nowMs: number }) {
  const { locale } = useLocale()
  const { data: journals = [] } = useDeviceQuery<readonly CarriedJournal[]>('carried', [], () =>
    device.carriedJournals(),
  )
  if (journals.length === 0) return null
  return (
    <ul aria-label="Copies taken in here">
      {journals.map(({ installId, registerName, operations, importedAt, state, failure }) => (
        <li
          key={installId}
          className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-3 border-t border-rule py-2.5"
        >
          <p className="min-w-0">
            <b className="font-label wrap-anywhere">{registerName || 'Office device'}</b>
            <small className="block text-sm text-ink-2">
              {formatNumber(operations, locale)} {operations === 1 ? 'entry' : 'entries'}, taken in{' '}
              {whenWords(importedAt, nowMs, locale)}
            </small>
            {failure && (
              <small className="block text-sm">
                {failure.sentence} {failure.mend}
              </small>
            )}
          </p>
          <StateBadge state={state} />
        </li>
      ))}
    </ul>
  )
}

function StateBadge({ state }: { state: CarriedJournal['state'] }) {
  switch (state) {
    case 'waiting':
      return <Badge hatch>Waiting</Badge>
    case 'handed-over':
      return (
        <Badge tone="ok" icon={<Icon of={Check} size={16} />}>
          Handed over
        </Badge>
      )
    case 'refused':
      return (
        <Badge tone="critical" icon={<Icon of={CircleAlert} size={16} />}>
          Not taken
        </Badge>
      )
  }
}
