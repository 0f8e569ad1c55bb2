import { useEffect } from 'react'
import { Key } from '../../ui/key.tsx'
import { Pane } from '../../ui/pane.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import type { ImportFormats } from './formats.ts'
import type { Stage } from './use-import.ts'

export function RunningView({
  stage,
  formats,
  onStop,
}: {
  stage: Extract<Stage, { kind: 'running' }>
  formats: ImportFormats
  onStop: () => void
}) {
  const { done, total, isStopping } = stage
  useStayOnPage()
  return (
    <Pane title={<span dir="auto">{stage.fileName}</span>}>
      <div className="grid gap-4">
        <ProgressBar
          label={isStopping ? 'Stopping' : 'Importing'}
          value={total === 0 ? null : done / total}
          note={`${formats.count(done)} of ${formats.count(total)} rows`}
        />
        <p className="text-sm text-ink-2">Keep this page open until it is done. Selling goes on meanwhile.</p>
        <Key className="justify-self-start" busy={isStopping} onPress={onStop}>
          Cancel
        </Key>
      </div>
    </Pane>
  )
}

/** The browser asks before a reload or a closed tab ends the import half way. */
function useStayOnPage(): void {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [])
}
