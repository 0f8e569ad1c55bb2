import { Undo2 } from 'lucide-react'
import { useState } from 'react'
import type { Failure, Result } from '#domain/failure.ts'
import { answered, NOT_READ } from '../../app/deed.ts'
import { device, useDeviceQuery } from '../../app/device.ts'
import { useDeed } from '../../app/use-deed.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { Pane } from '../../ui/pane.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../ui/state-views.tsx'
import type { ImportRecord } from '../../worker/api-office.ts'
import { FailureNote } from './failure-note.tsx'
import type { ImportFormats } from './formats.ts'

export type Imports = {
  /** Undefined until they are known. */
  readonly records: readonly ImportRecord[] | undefined
  readonly failure: Failure | null
  readonly reload: () => void
}

/** Imports so far, newest first; read again when sales have changed. */
export function useImports(): Imports {
  const { data, refetch } = useDeviceQuery<Result<readonly ImportRecord[]>>('sales', ['imports'], () =>
    answered(() => device.imports(), NOT_READ),
  )
  return {
    records: data?.ok ? data.value : undefined,
    failure: data && !data.ok ? data.failure : null,
    reload: () => void refetch(),
  }
}

export function EarlierImports({
  imports,
  formats,
  isRunning,
}: {
  imports: Imports
  formats: ImportFormats
  /** Whether the newest "running" one is this page's own. */
  isRunning: boolean
}) {
  const { records, failure, reload } = imports
  const ownId = isRunning ? records?.find(({ state }) => state === 'running')?.importId : undefined
  return (
    <Pane title="Earlier imports">
      {records === undefined ? (
        failure ? (
          <ErrorState
            title="The list can’t be shown now"
            text={`${failure.sentence} ${failure.mend}`}
            onRetry={reload}
          />
        ) : (
          <LoadingState rows={3} />
        )
      ) : records.length === 0 ? (
        <EmptyState title="Nothing imported yet" text="What you import is listed here and can be undone." />
      ) : (
        <ul className="-mb-2">
          {records.map((record) => (
            <ImportRow
              key={record.importId}
              record={record}
              imports={imports}
              formats={formats}
              isOwn={record.importId === ownId}
            />
          ))}
        </ul>
      )}
    </Pane>
  )
}

function ImportRow({
  record,
  imports,
  formats,
  isOwn,
}: {
  record: ImportRecord
  imports: Imports
  formats: ImportFormats
  isOwn: boolean
}) {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 border-t border-rule py-2.5 text-sm first:border-t-0 tablet:grid-cols-[minmax(0,1fr)_auto_132px_96px]">
      <span className="min-w-0">
        <span className="block font-label wrap-anywhere" dir="auto">
          {record.fileName}
        </span>
        <span className="text-ink-2">{formats.moment(record.startedAt)}</span>
      </span>
      <span className="text-end max-tablet:col-start-1 max-tablet:row-start-2 max-tablet:text-start">
        <span className="figure">{formats.money(record.revenueMinor)}</span>
        <span className="block text-ink-2 max-tablet:ms-2 max-tablet:inline">
          {formats.counted(record.orders, 'order', 'orders')}
        </span>
      </span>
      <span className="justify-self-end tablet:justify-self-start">
        <StateBadge state={record.state} isOwn={isOwn} />
      </span>
      <span className="justify-self-end">
        {record.state !== 'undone' && record.orders > 0 && !isOwn && (
          <UndoKey record={record} imports={imports} formats={formats} />
        )}
      </span>
    </li>
  )
}

function StateBadge({ state, isOwn }: { state: ImportRecord['state']; isOwn: boolean }) {
  if (state === 'done') return <Badge tone="ok">Imported</Badge>
  if (state === 'undone') return <Badge>Undone</Badge>
  if (state === 'running' && isOwn) return <Badge hatch>Running</Badge>
  // Another tab may be at it, or was closed in the middle.
  return <Badge tone="attention">{state === 'cancelled' ? 'Cancelled' : 'Not finished'}</Badge>
}

type UndoProps = { record: ImportRecord; imports: Imports; formats: ImportFormats }

export function UndoKey(props: UndoProps) {
  const [isAsking, setAsking] = useState(false)
  return (
    <>
      <Key size="small" icon={<Icon of={Undo2} size={16} />} onPress={() => setAsking(true)}>
        Undo
      </Key>
      {isAsking && <UndoDialog {...props} onClose={() => setAsking(false)} />}
    </>
  )
}

function UndoDialog({ record, imports, formats, onClose }: UndoProps & { onClose: () => void }) {
  const { isBusy: isUndoing, failure, run } = useDeed()
  const undo = async (): Promise<void> => {
    const undone = await run(() => device.undoImport(record.importId))
    if (undone.ok) onClose()
    imports.reload()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      locked={isUndoing}
      title="Undo this import?"
      actions={
        <>
          <Key offReason={isUndoing ? 'It is being undone' : null} onPress={onClose}>
            Keep it
          </Key>
          <Key variant="danger" busy={isUndoing} onPress={() => void undo()}>
            Undo import
          </Key>
        </>
      }
    >
      <div className="grid gap-3">
        <p>
          {formats.counted(record.orders, 'order', 'orders')} of{' '}
          <bdi className="font-label">{record.fileName}</bdi> leave the reports on every device:{' '}
          {formats.money(record.revenueMinor)}.
        </p>
        <p className="text-ink-2">
          Stores, registers and products that it brought go too, unless other sales use them. What your
          registers sold stays. You can import the file again.
        </p>
        {failure && <FailureNote failure={failure} />}
      </div>
    </Dialog>
  )
}
