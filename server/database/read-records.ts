import type { RecordKind } from '#domain/catalogue.ts'
import type { RecordChange } from '#protocol/pull.ts'

export type RecordRow = { kind: RecordKind; id: string; v: number; is_deleted: boolean; doc: unknown }

export function toRecordChange(row: RecordRow): RecordChange {
  return { kind: row.kind, id: row.id, v: row.v, isDeleted: row.is_deleted, doc: row.doc }
}
