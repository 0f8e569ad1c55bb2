import type { Conflict } from '#domain/catalogue.ts'
import { diffRecord } from './diff-record.ts'
import type { RecordEdit } from './edit.ts'
import { type Fields, isEqual, placeOf, valueAt } from './record-fields.ts'

/**
 * [R3] The edit that carries a choice out, from the record as the person sees it (null: deleted). Null where what is kept
 * stands there already.
 */
export function settlementEdit(
  conflict: Pick<Conflict, 'recordKind' | 'recordId' | 'field' | 'mine' | 'theirs'>,
  keep: 'mine' | 'theirs',
  record: { readonly doc: object; readonly v: number } | null,
): RecordEdit | null {
  const { recordKind: kind, recordId: id, field } = conflict
  const value = conflict[keep] ?? null
  const doc = (record?.doc ?? null) as Fields | null
  const place = placeOf(kind, field)
  const base = valueAt(doc, place)
  if (isEqual(base, value)) return null
  const baseV = record?.v ?? 0
  const fields = { [field]: { base, value } }
  if (place.type !== 'record') return doc === null ? null : { kind, id, action: 'change', baseV, fields }
  if (value === null) return { kind, id, action: 'delete', baseV, fields }
  if (doc !== null)
    return { kind, id, action: 'change', baseV, fields: diffRecord(kind, doc, value as object) }
  return { kind, id, action: 'create', baseV, fields: { '': { base: null, value } } }
}
