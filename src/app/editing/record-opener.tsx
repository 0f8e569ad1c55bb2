import { type ReactNode, useState } from 'react'
import type { EditableKind } from '#domain/catalogue.ts'
import { ReadBoundary, useNeededQuery } from '../read-boundary.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { EmptyState, LoadingState } from '../../ui/state-views.tsx'
import type { OpenedRecord } from '../../worker/api-editing.ts'
import { openRecord } from './records.ts'

/**
 * Opens a record for its form, and follows it while the form is open. Give it the record's id as key.
 * What was read earlier may be old, so the form gets the first answer that is not.
 */
export function RecordOpener<Kind extends EditableKind>(props: OpenerProps<Kind>) {
  const { noun, onClose } = props
  return (
    <ReadBoundary
      title={`This ${noun} could not be read`}
      frame={(error) => (
        <NotOpened noun={noun} onClose={onClose}>
          {error}
        </NotOpened>
      )}
    >
      <Opening {...props} />
    </ReadBoundary>
  )
}

type OpenerProps<Kind extends EditableKind> = {
  kind: Kind
  id: string
  noun: string
  onClose: () => void
  children: (opened: OpenedRecord<Kind>, latest: OpenedRecord<Kind> | null) => ReactNode
}

function Opening<Kind extends EditableKind>({ kind, id, noun, onClose, children }: OpenerProps<Kind>) {
  const { data: latest, isFetching } = useNeededQuery('catalogue', ['opened', kind, id], () =>
    openRecord(kind, id),
  )
  const [opened, setOpened] = useState<OpenedRecord<Kind> | null>(null)
  if (opened === null && latest && !isFetching) setOpened(latest)
  if (opened !== null) return children(opened, latest ?? null)
  return (
    <NotOpened noun={noun} onClose={onClose}>
      {latest === null && !isFetching ? (
        <EmptyState title={`This ${noun} is not here any more`} text="It was deleted, or never came here." />
      ) : (
        <LoadingState />
      )}
    </NotOpened>
  )
}

function NotOpened({ noun, onClose, children }: { noun: string; onClose: () => void; children: ReactNode }) {
  return (
    <Sheet
      open
      title={noun.charAt(0).toUpperCase() + noun.slice(1)}
      className="w-[min(100vw,36rem)]"
      onClose={onClose}
    >
      {children}
    </Sheet>
  )
}
