import type { EditableKind, RecordDocuments } from '#domain/catalogue.ts'
import type { Result } from '#domain/failure.ts'
import { device } from '../../app/device.ts'
import type { OpenedRecord, RecordDraft } from '../../worker/api-editing.ts'

/** The kinds of the catalogue. */
export type CatalogueKind = 'product' | 'category' | 'modifier-set' | 'tax-class'

/** Across the worker's border a kind and its document lose each other; here they meet again. */
export async function openRecord<Kind extends EditableKind>(
  kind: Kind,
  id: string,
): Promise<OpenedRecord<Kind> | null> {
  return (await device.openRecord(kind, id)) as OpenedRecord<Kind> | null
}

export async function listRecords<Kind extends EditableKind>(
  kind: Kind,
): Promise<readonly RecordDocuments[Kind][]> {
  return (await device.records(kind)) as readonly RecordDocuments[Kind][]
}

export function saveRecord<Kind extends EditableKind>(draft: RecordDraft<Kind>): Promise<Result<null>> {
  return device.saveRecord(draft as unknown as RecordDraft<EditableKind>)
}

/** Changes some fields of a record as it is now. One that is gone stays gone. */
export async function changeRecord<Kind extends EditableKind>(
  kind: Kind,
  id: string,
  change: Partial<RecordDocuments[Kind]>,
): Promise<Result<null>> {
  const opened = await openRecord(kind, id)
  if (opened === null) return { ok: true, value: null }
  return saveRecord({ kind, id, opened, doc: { ...opened.doc, ...change } })
}
