import { type ReactNode, useState } from 'react'
import { useDeviceQuery } from '../../app/device.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { EmptyState, LoadingState } from '../../ui/state-views.tsx'
import type { OpenedRecord } from '../../worker/api-editing.ts'
import { type CatalogueKind, openRecord } from './records.ts'

/**
 * Opens a record for its form, and follows it while the form is open. Give it the record's id as key.
 * What was read earlier may be old, so the form gets the first answer that is not.
 */
export function RecordOpener<Kind extends CatalogueKind>({
  kind,
  id,
  noun,
  onClose,
  children,
}: {
  kind: Kind
  id: string
  noun: string
  onClose: () => void
  children: (opened: OpenedRecord<Kind>, latest: OpenedRecord<Kind> | null) => ReactNode
}) {
  const { data: latest, isFetching } = useDeviceQuery('catalogue', ['opened', kind, id], () =>
    openRecord(kind, id),
  )
  const [opened, setOpened] = useState<OpenedRecord<Kind> | null>(null)
  if (opened === null && latest && !isFetching) setOpened(latest)
  if (opened !== null) return children(opened, latest ?? null)
  return (
    <Sheet open title={noun} className="w-[min(100vw,36rem)]" onClose={onClose}>
      {latest === null && !isFetching ? (
        <EmptyState title={`This ${noun} is not here any more`} text="It was deleted, or never came here." />
      ) : (
        <LoadingState />
      )}
    </Sheet>
  )
}
