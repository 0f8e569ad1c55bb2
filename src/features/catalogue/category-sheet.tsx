import { RecordSheet } from '../../app/editing/record-sheet.tsx'
import { type RecordRules, useRecordForm } from '../../app/editing/use-record-form.ts'
import { type CategoryDraft, categoryFieldWords, categoryOfDraft, draftOfCategory } from './category-draft.ts'
import { CategoryFields } from './category-fields.tsx'
import type { OfRecord } from './tab.ts'

export function CategorySheet({
  id,
  start,
  latest,
  usedBy,
  ...sheet
}: OfRecord<'category', CategoryDraft> & { usedBy: string }) {
  const form = useRecordForm(rules, id, start, latest)
  const name = start.kind === 'new' ? '' : start.opened.doc.name
  return (
    <RecordSheet
      form={form}
      noun="category"
      title={form.isNew ? 'New category' : name}
      deleting={{
        title: `Delete ${name}?`,
        text: <p>{usedBy} in it stay on sale. The till shows them under Other.</p>,
      }}
      {...sheet}
    >
      <CategoryFields form={form} />
    </RecordSheet>
  )
}

const rules: RecordRules<'category', CategoryDraft> = {
  kind: 'category',
  draftOf: draftOfCategory,
  docOf: categoryOfDraft,
  wordsOf: categoryFieldWords,
}
