import { useRef, useState } from 'react'
import type { Failure } from '#domain/failure.ts'
import { answered, NOT_READ } from '../../app/deed.ts'
import { device } from '../../app/device.ts'
import { runImport } from '../../app/run-import.ts'
import type { ImportChoices, ImportOutcome, ImportPreview } from '../../worker/api-office.ts'

type Question = ImportPreview['questions'][number]

type ChosenFile = { readonly name: string; readonly bytes: ArrayBuffer }

export type Stage =
  | { readonly kind: 'choose'; readonly isReading: boolean; readonly failure: Failure | null }
  | {
      readonly kind: 'preview'
      readonly fileName: string
      readonly preview: ImportPreview
      readonly choices: ImportChoices
      /** Every question this file has raised: an answer can be changed until it runs. */
      readonly asked: readonly Question[]
      readonly isReading: boolean
      readonly failure: Failure | null
    }
  | {
      readonly kind: 'running'
      readonly fileName: string
      readonly done: number
      readonly total: number
      readonly isStopping: boolean
    }
  | {
      readonly kind: 'done'
      readonly fileName: string
      readonly preview: ImportPreview
      readonly outcome: ImportOutcome
    }

export type PreviewStage = Extract<Stage, { kind: 'preview' }>

const noChoices: ImportChoices = { mapping: {}, dateOrder: null, decimalMark: null, storeName: '' }

const start: Stage = { kind: 'choose', isReading: false, failure: null }

export type ImportFlow = {
  readonly stage: Stage
  choose(file: File): void
  answer(choices: Partial<ImportChoices>): void
  run(): void
  stop(): void
  startOver(): void
}

/** choose → preview ⇄ (answers) → running → done. `onEnded` is called when an import has ended, however it did. */
export function useImport(onEnded: () => void): ImportFlow {
  const [stage, setStage] = useState<Stage>(start)
  const file = useRef<ChosenFile | null>(null)
  /** An answer that comes late, for choices that were changed meanwhile, is not shown. */
  const reading = useRef(0)

  const readAs = async (choices: ImportChoices, before: Stage): Promise<void> => {
    const chosen = file.current
    if (!chosen) return
    reading.current += 1
    const turn = reading.current
    const read = await answered(() => device.readImport(chosen, choices), NOT_READ)
    if (turn !== reading.current) return
    if (read.ok) {
      const asked = before.kind === 'preview' ? before.asked : []
      const { questions } = read.value
      setStage({
        kind: 'preview',
        fileName: chosen.name,
        preview: read.value,
        choices,
        asked: [...asked, ...questions.filter((question) => !asked.includes(question))],
        isReading: false,
        failure: null,
      })
    } else if (before.kind === 'preview') {
      setStage({ ...before, choices, isReading: false, failure: read.failure })
    } else setStage({ kind: 'choose', isReading: false, failure: read.failure })
  }

  const choose = async (given: File): Promise<void> => {
    const choosing: Stage = { kind: 'choose', isReading: true, failure: null }
    setStage(choosing)
    try {
      file.current = { name: given.name, bytes: await given.arrayBuffer() }
    } catch {
      setStage({ kind: 'choose', isReading: false, failure: unreadable(given.name) })
      return
    }
    await readAs(noChoices, choosing)
  }

  const run = async (): Promise<void> => {
    if (stage.kind !== 'preview') return
    const { fileName, preview } = stage
    setStage({
      kind: 'running',
      fileName,
      done: 0,
      total: preview.rows - preview.refusedCount,
      isStopping: false,
    })
    const ended = await answered(() =>
      runImport((done, total) => setStage((now) => (now.kind === 'running' ? { ...now, done, total } : now))),
    )
    setStage(
      ended.ok
        ? { kind: 'done', fileName, preview, outcome: ended.value }
        : { ...stage, isReading: false, failure: ended.failure },
    )
    onEnded()
  }

  return {
    stage,
    choose: (given) => void choose(given),
    answer: (given) => {
      if (stage.kind !== 'preview') return
      const choices = { ...stage.choices, ...given }
      setStage({ ...stage, choices, isReading: true, failure: null })
      void readAs(choices, stage)
    },
    run: () => void run(),
    stop: () => {
      setStage((now) => (now.kind === 'running' ? { ...now, isStopping: true } : now))
      device.cancelImport().catch(reportError)
    },
    startOver: () => {
      reading.current += 1
      file.current = null
      setStage(start)
    },
  }
}

function unreadable(name: string): Failure {
  return {
    code: 'import/file-unreadable',
    sentence: `${name} could not be opened.`,
    mend: 'Choose it again; it may have been moved or changed.',
    dataSafe: true,
  }
}
