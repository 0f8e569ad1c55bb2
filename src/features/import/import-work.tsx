import { useEffect } from 'react'
import { device } from '../../app/device.ts'
import { useNeededQuery } from '../../app/read-boundary.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { Pane } from '../../ui/pane.tsx'
import type { ShopRecords } from '../../worker/api-lists.ts'
import { EarlierImports, useImports } from './earlier-imports.tsx'
import { FailureNote } from './failure-note.tsx'
import { useImportFormats } from './formats.ts'
import { OutcomeView } from './outcome-view.tsx'
import { PreviewView } from './preview-view.tsx'
import { RunningView } from './running-view.tsx'
import { useImport } from './use-import.ts'

/** From the file to the outcome, and below it what was imported earlier. */
export function ImportWork() {
  const { data: catalogue } = useNeededQuery<ShopRecords>('catalogue', ['shop'], () => device.shopRecords())
  const imports = useImports()
  const flow = useImport(imports.reload)
  const formats = useImportFormats(catalogue)
  const { stage } = flow
  // Each step stands on top of the page; the key that led there may have been far down.
  useEffect(() => {
    // Braces: newer browsers answer with a promise, which React would take for a clean-up.
    window.scrollTo(0, 0)
  }, [stage.kind])
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3 tablet:gap-4">
      {stage.kind === 'choose' && (
        <Pane>
          <FileDrop
            label="Drop an export here, or choose a file"
            hint="CSV, also packed as .gz. Square’s items export is known; for any other you say which column is what."
            accept=".csv,.gz,.txt,.tsv,text/csv"
            busy={stage.isReading}
            onFiles={([file]) => file && flow.choose(file)}
          />
          {stage.failure && (
            <div className="mt-3">
              <FailureNote failure={stage.failure} />
            </div>
          )}
        </Pane>
      )}
      {stage.kind === 'preview' && (
        <PreviewView
          stage={stage}
          flow={flow}
          formats={formats}
          storeNames={catalogue?.stores.map((store) => store.name).toSorted() ?? []}
        />
      )}
      {stage.kind === 'running' && <RunningView stage={stage} formats={formats} onStop={flow.stop} />}
      {stage.kind === 'done' && (
        <OutcomeView stage={stage} formats={formats} imports={imports} onStartOver={flow.startOver} />
      )}
      <EarlierImports imports={imports} formats={formats} isRunning={stage.kind === 'running'} />
    </div>
  )
}
