import { TriangleAlert } from 'lucide-react'
import { Amount } from '../../ui/amount.tsx'
import { Display } from '../../ui/display.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { Pane } from '../../ui/pane.tsx'
import type { ImportPreview } from '../../worker/api-office.ts'
import { FailureNote } from './failure-note.tsx'
import type { ImportFormats } from './formats.ts'
import { MappingPane } from './mapping-pane.tsx'
import { QuestionsPane } from './questions-pane.tsx'
import { RefusedPane } from './refused-pane.tsx'
import { SamplePane } from './sample-pane.tsx'
import type { ImportFlow, PreviewStage } from './use-import.ts'

/** What the file would bring, and what has to be said before it can. */
export function PreviewView({
  stage,
  flow,
  formats,
  storeNames,
}: {
  stage: PreviewStage
  flow: ImportFlow
  formats: ImportFormats
  storeNames: readonly string[]
}) {
  const { preview } = stage
  // In one column what is asked comes right after the Display; in two the summary stays in sight at the end.
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-3 tablet:gap-4 wide:grid-cols-[minmax(0,1fr)_320px] desk:grid-cols-[minmax(0,1fr)_360px]">
      <div className="max-wide:contents wide:sticky wide:top-4 wide:order-2 wide:grid wide:gap-4">
        <Sum stage={stage} formats={formats} />
        <Facts stage={stage} formats={formats} />
        <div className="grid gap-3 max-wide:order-4">
          {stage.failure && <FailureNote failure={stage.failure} />}
          <RunKey stage={stage} flow={flow} formats={formats} />
          <Key variant="flat" onPress={flow.startOver}>
            Choose another file
          </Key>
        </div>
      </div>
      <div className="max-wide:contents wide:grid wide:grid-cols-[minmax(0,1fr)] wide:gap-4">
        <QuestionsPane stage={stage} onAnswer={flow.answer} storeNames={storeNames} />
        <SamplePane preview={preview} />
        <MappingPane key={stage.fileName} stage={stage} onChange={(mapping) => flow.answer({ mapping })} />
        {preview.refusedCount > 0 && (
          <RefusedPane preview={preview} fileName={stage.fileName} formats={formats} />
        )}
        {preview.warnings.length > 0 && <Warnings warnings={preview.warnings} />}
      </div>
    </div>
  )
}

const shapeNames: Readonly<Record<ImportPreview['shape'], string>> = {
  'square-items': 'Square, items export',
  'coffee-chain': 'Sales lines with ids',
  unknown: 'CSV of an unknown program',
}

function Sum({ stage: { preview }, formats }: { stage: PreviewStage; formats: ImportFormats }) {
  const isReady = preview.questions.length === 0
  return (
    <Display label="Net sales in this file" className="grid gap-1 p-4 max-wide:order-1 tablet:p-5" live>
      <p className="text-2xl tablet:text-3xl">
        {isReady ? (
          <Amount minor={preview.revenueMinor} {...currencyOf(formats)} look="display" />
        ) : (
          <span className="lit-amount still">–</span>
        )}
      </p>
      <p className="dim text-sm">
        {isReady ? daysWords(preview, formats) : 'Shown once nothing is left open.'}
      </p>
    </Display>
  )
}

function Facts({ stage: { preview, fileName }, formats }: { stage: PreviewStage; formats: ImportFormats }) {
  return (
    <Pane className="max-wide:order-3">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-2 text-sm">
        <Fact name="File">{fileName}</Fact>
        <Fact name="Written by">{shapeNames[preview.shape]}</Fact>
        <Fact name="Rows">{formats.count(preview.rows)}</Fact>
        {preview.questions.length === 0 && (
          <>
            <Fact name="Orders">{formats.count(preview.orders)}</Fact>
            <Fact name="Products">{formats.count(preview.productCount)}</Fact>
            <Fact name={preview.stores.length === 1 ? 'Store' : 'Stores'}>{preview.stores.join(', ')}</Fact>
            <Fact name="Refused">
              {preview.refusedCount === 0 ? 'none' : formats.counted(preview.refusedCount, 'row', 'rows')}
            </Fact>
          </>
        )}
      </dl>
    </Pane>
  )
}

function Fact({ name, children }: { name: string; children: string }) {
  return (
    <>
      <dt className="text-ink-2">{name}</dt>
      <dd className="text-end font-label wrap-anywhere" dir="auto">
        {children}
      </dd>
    </>
  )
}

function RunKey({ stage, flow, formats }: { stage: PreviewStage; flow: ImportFlow; formats: ImportFormats }) {
  const { preview } = stage
  const open = preview.questions.length
  const why = preview.questions.includes('mapping')
    ? 'Choose the missing columns'
    : open > 0
      ? `${formats.counted(open, 'question', 'questions')} left`
      : preview.orders === 0
        ? 'No row of this file could be taken'
        : null
  return (
    <Key
      variant="main"
      size="primary"
      busy={stage.isReading}
      offReason={stage.isReading ? null : why}
      onPress={flow.run}
    >
      {open > 0 || preview.orders === 0
        ? 'Import'
        : `Import ${formats.counted(preview.orders, 'order', 'orders')}`}
    </Key>
  )
}

function Warnings({ warnings }: { warnings: readonly string[] }) {
  return (
    <Pane title="Worth a look" className="max-wide:order-5">
      <ul className="grid gap-2 text-sm">
        {warnings.map((warning) => (
          <li key={warning} className="flex gap-2.5">
            <Icon of={TriangleAlert} size={16} className="mt-0.5 shrink-0 text-attention" />
            {warning}
          </li>
        ))}
      </ul>
    </Pane>
  )
}

function currencyOf({ currency }: ImportFormats): { currency: string; exponent: number } {
  return { currency: currency.code, exponent: currency.exponent }
}

function daysWords({ from, to }: ImportPreview, formats: ImportFormats): string {
  if (from === null || to === null) return 'No days'
  return from === to ? formats.day(from) : `${formats.day(from)} to ${formats.day(to)}`
}
