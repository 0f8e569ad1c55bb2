import { useState } from 'react'
import type { RecordDocuments } from '#domain/catalogue.ts'
import type { Failure } from '#domain/failure.ts'
import type { OpenedRecord } from '../../worker/api-editing.ts'
import { changedPaths, type FieldErrors, isSame, type ReadDraft, rebased } from './draft.ts'
import { type CatalogueKind, saveRecord } from './records.ts'

/** How one kind of record is edited. */
export type RecordRules<Kind extends CatalogueKind, Draft> = {
  readonly kind: Kind
  draftOf(doc: RecordDocuments[Kind]): Draft
  docOf(draft: Draft, before: RecordDocuments[Kind]): ReadDraft<RecordDocuments[Kind]>
  /** What a path of the draft is called. */
  wordsOf(path: string, draft: Draft): string
}

export type Start<Kind extends CatalogueKind, Draft> =
  { readonly kind: 'opened'; readonly opened: OpenedRecord<Kind> } | NewRecord<Kind, Draft>

/** A record that is not there yet, and what its form begins with. */
export type NewRecord<Kind extends CatalogueKind, Draft> = {
  readonly kind: 'new'
  readonly doc: RecordDocuments[Kind]
  readonly draft: Draft
}

export type RecordForm<Draft> = {
  readonly draft: Draft
  readonly isNew: boolean
  readonly isDirty: boolean
  readonly isBusy: boolean
  /** What the last try to save found and is still wrong: a field that is being filled in is not blamed. */
  readonly errors: FieldErrors
  /** What the device refused it for. */
  readonly failure: Failure | null
  /** Counts the tries to save that failed: a screen goes to the first wrong field with each. */
  readonly failedTries: number
  /** What changed elsewhere since it was opened, in words. */
  readonly elsewhere: readonly string[]
  readonly isGone: boolean
  change(part: Partial<Draft>): void
  /** [R2] Takes what changed elsewhere into the form; what I changed stays, and is from here on based on it. */
  showElsewhere(): void
  /** Whether it is saved, or there was nothing to save. */
  save(): Promise<boolean>
  remove(): Promise<boolean>
}

/**
 * One record being edited. What is saved is the difference to what was opened, however old that is ([R2]).
 * `latest`: the document as the device has it now; null where it was deleted.
 */
export function useRecordForm<Kind extends CatalogueKind, Draft extends object>(
  rules: RecordRules<Kind, Draft>,
  id: string,
  start: Start<Kind, Draft>,
  latest: OpenedRecord<Kind> | null,
): RecordForm<Draft> {
  const [opened, setOpened] = useState(start.kind === 'opened' ? start.opened : null)
  const [draft, setDraft] = useState(() => firstDraft(rules, start))
  const [failedTries, setFailedTries] = useState(0)
  const [found, setFound] = useState<FieldErrors>({})
  const [failure, setFailure] = useState<Failure | null>(null)
  const [state, setState] = useState<'open' | 'busy' | 'saved'>('open')
  const before = opened?.doc ?? docOf(start)
  const seen = opened === null ? firstDraft(rules, start) : rules.draftOf(before)
  const read = rules.docOf(draft, before)
  const isNew = opened === null
  const isDirty = state !== 'saved' && isChanged(rules, seen, draft, before)
  const isGone = !isNew && latest === null
  const now = isNew || latest === null || state !== 'open' ? seen : rules.draftOf(latest.doc)

  const carryOut = async (doc: RecordDocuments[Kind] | null): Promise<boolean> => {
    setState('busy')
    setFailure(null)
    const saved = await saveRecord({ kind: rules.kind, id, opened, doc })
    setState(saved.ok ? 'saved' : 'open')
    if (saved.ok) return true
    setFailure(saved.failure)
    setFailedTries((tries) => tries + 1)
    return false
  }
  return {
    draft,
    isNew,
    isDirty,
    isBusy: state === 'busy',
    errors: read.ok ? {} : stillWrong(found, read.errors),
    failure,
    failedTries,
    elsewhere: changedPaths(seen, now).map((path) => rules.wordsOf(path, now)),
    isGone: isGone && state === 'open',
    change: (part) => {
      setFailure(null)
      setDraft((last) => ({ ...last, ...part }))
    },
    showElsewhere: () => {
      if (latest === null) return
      setDraft(rebased(seen, draft, now))
      setOpened(latest)
    },
    save: async () => {
      if (!read.ok) {
        setFound(read.errors)
        setFailedTries(failedTries + 1)
        return false
      }
      return carryOut(read.doc)
    },
    remove: () => carryOut(null),
  }
}

function docOf<Kind extends CatalogueKind, Draft>(start: Start<Kind, Draft>): RecordDocuments[Kind] {
  return start.kind === 'opened' ? start.opened.doc : start.doc
}

function firstDraft<Kind extends CatalogueKind, Draft>(
  rules: RecordRules<Kind, Draft>,
  start: Start<Kind, Draft>,
): Draft {
  return start.kind === 'opened' ? rules.draftOf(start.opened.doc) : start.draft
}

function stillWrong(found: FieldErrors, errors: FieldErrors): FieldErrors {
  return Object.fromEntries(Object.entries(errors).filter(([path]) => path in found))
}

/** `4.5` typed over `4.50` is no change. */
function isChanged<Kind extends CatalogueKind, Draft>(
  rules: RecordRules<Kind, Draft>,
  seen: Draft,
  draft: Draft,
  before: RecordDocuments[Kind],
): boolean {
  if (isSame(seen, draft)) return false
  const [untouched, now] = [rules.docOf(seen, before), rules.docOf(draft, before)]
  return !untouched.ok || !now.ok || !isSame(untouched.doc, now.doc)
}
