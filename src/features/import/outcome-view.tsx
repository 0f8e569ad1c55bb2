import { Link } from '@tanstack/react-router'
import { CircleCheck, CircleStop, Undo2 } from 'lucide-react'
import { Icon } from '../../ui/icon.tsx'
import { Key, keyClass } from '../../ui/key.tsx'
import { Pane } from '../../ui/pane.tsx'
import { UndoKey, type Imports } from './earlier-imports.tsx'
import type { ImportFormats } from './formats.ts'
import { DownloadRefused } from './refused-pane.tsx'
import type { Stage } from './use-import.ts'

/** What an import did, and the ways on from here. */
export function OutcomeView({
  stage,
  formats,
  imports,
  onStartOver,
}: {
  stage: Extract<Stage, { kind: 'done' }>
  formats: ImportFormats
  imports: Imports
  onStartOver: () => void
}) {
  const { outcome, preview, fileName } = stage
  const record = imports.records?.find(({ importId }) => importId === outcome.importId)
  const isUndone = record?.state === 'undone'
  const range = preview.from && preview.to ? { from: preview.from, to: preview.to } : {}
  return (
    <Pane>
      <div className="grid gap-4" role="status">
        <h2 className="flex items-center gap-3 text-lg">
          <Icon
            of={isUndone ? Undo2 : outcome.wasCancelled ? CircleStop : CircleCheck}
            size={24}
            className={outcome.wasCancelled || isUndone ? 'text-ink-2' : 'text-accent'}
          />
          {isUndone ? 'Undone' : outcome.wasCancelled ? 'Cancelled' : 'Imported'}
        </h2>
        <p className="text-sm text-ink-2" dir="auto">
          {fileName}
        </p>
        <dl className="flex flex-wrap gap-x-10 gap-y-3">
          <Figure name="Orders taken" value={formats.count(isUndone ? 0 : outcome.ordersTaken)} />
          <Figure name="Here already" value={formats.count(outcome.ordersKnown)} />
          <Figure name="Rows refused" value={formats.count(outcome.rowsRefused)} />
        </dl>
        {outcome.wasCancelled && !isUndone && (
          <p className="text-sm text-ink-2">
            What was taken so far stays. Import the same file again to go on: nothing counts twice.
          </p>
        )}
        <div className="flex flex-wrap gap-2">
          <Link to="/dashboard" search={range as never} className={keyClass('main')}>
            See the dashboard
          </Link>
          <Key onPress={onStartOver}>Import another file</Key>
          {outcome.rowsRefused > 0 && <DownloadRefused fileName={fileName} />}
          {record && !isUndone && outcome.ordersTaken > 0 && (
            <UndoKey record={record} imports={imports} formats={formats} />
          )}
        </div>
      </div>
    </Pane>
  )
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt className="text-sm text-ink-2">{name}</dt>
      <dd className="figure text-xl">{value}</dd>
    </div>
  )
}
