import type { EditableKind, RecordDocuments } from '#domain/catalogue.ts'
import { type Result, success } from '#domain/failure.ts'
import { answered } from '../deed.ts'
import { device } from '../device.ts'
import type { OpenedRecord, RecordDraft } from '../../worker/api-editing.ts'

/** Across the worker's border a kind and its document lose each other; here they meet again. */
export async function openRecord<Kind extends EditableKind>(
  kind: Kind,
  id: string,
): Promise<OpenedRecord<Kind> | null> {
  return (await device.openRecord(kind, id)) as OpenedRecord<Kind> | null
}

/** Never rejects. */
export function saveRecord<Kind extends EditableKind>(draft: RecordDraft<Kind>): Promise<Result<null>> {
  return answered(() => device.saveRecord(draft as unknown as RecordDraft<EditableKind>))
}

export async function listRecords<Kind extends EditableKind>(
  kind: Kind,
): Promise<readonly RecordDocuments[Kind][]> {
  return (await device.records(kind)) as readonly RecordDocuments[Kind][]
}

/** Changes some fields of a record as it is now. One that is gone stays gone. Never rejects. */
export function changeRecord<Kind extends EditableKind>(
  kind: Kind,
  id: string,
  change: Partial<RecordDocuments[Kind]>,
): Promise<Result<null>> {
  return answered(async () => {
    const opened = await openRecord(kind, id)
    if (opened === null) return success(null)
    return saveRecord({ kind, id, opened, doc: { ...opened.doc, ...change } })
  })
}
