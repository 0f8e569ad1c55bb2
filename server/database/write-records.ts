import type { RecordDocuments, RecordKind } from '#domain/catalogue.ts'
import type { FieldWriters } from '#sync/merge-edit.ts'
import type { RecordWrite } from '../use-cases/ports.ts'
import type { Tx } from './pool.ts'

export type RecordToWrite = {
  [Kind in RecordKind]: {
    readonly kind: Kind
    readonly id: string
    readonly doc: RecordDocuments[Kind] | null
  }
}[RecordKind]

/**
 * Creates, replaces or (doc null) deletes records of all stores; who wrote their fields stays as it is. The caller has
 * taken the tenant's next version.
 */
export async function writeRecords(tx: Tx, records: readonly RecordToWrite[]): Promise<void> {
  if (records.length === 0) return
  await tx.query(
    `insert into record (kind, id, doc, is_deleted)
     select kind, id, doc, doc is null from unnest($1::text[], $2::text[], $3::jsonb[]) as given (kind, id, doc)
     on conflict (tenant_id, kind, id) do update set doc = excluded.doc, is_deleted = excluded.is_deleted,
       last_doc = case when excluded.is_deleted then coalesce(record.doc, record.last_doc) end, v = excluded.v`,
    [
      records.map((record) => record.kind),
      records.map((record) => record.id),
      records.map((record) => (record.doc === null ? null : JSON.stringify(record.doc))),
    ],
  )
}

/** [R2] [R3] The last state that a batch of operations leaves records in. The caller has taken the tenant's next version. */
export async function writeJudgedRecords(tx: Tx, records: readonly RecordWrite[]): Promise<void> {
  if (records.length === 0) return
  await tx.query(
    `insert into record (kind, id, store_id, is_deleted, doc, last_doc, writers)
     select kind, id, store_id, is_deleted, case when not is_deleted then doc end, case when is_deleted then doc end, writers
     from unnest($1::text[], $2::text[], $3::uuid[], $4::bool[], $5::jsonb[], $6::jsonb[])
       as given (kind, id, store_id, is_deleted, doc, writers)
     on conflict (tenant_id, kind, id) do update set store_id = excluded.store_id, is_deleted = excluded.is_deleted,
       doc = excluded.doc, last_doc = excluded.last_doc, writers = excluded.writers, v = excluded.v`,
    [
      records.map((record) => record.kind),
      records.map((record) => record.id),
      records.map((record) => record.storeId),
      records.map((record) => record.isDeleted),
      records.map((record) => (record.doc === null ? null : asJsonb(record.doc))),
      records.map((record) => asJsonb(record.writers satisfies FieldWriters)),
    ],
  )
}

/** All live documents of a kind. */
export async function listRecords<Kind extends RecordKind>(
  tx: Tx,
  kind: Kind,
): Promise<RecordDocuments[Kind][]> {
  const rows = await tx.query<{ doc: RecordDocuments[Kind] }>(
    'select doc from record where kind = $1 and not is_deleted order by id',
    [kind],
  )
  return rows.map((row) => row.doc)
}

/** jsonb holds no NUL; what was decoded has none, but the values of a conflict are as a device sent them. */
function asJsonb(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'string' && each.includes('\0') ? each.replaceAll('\0', '') : each,
  )
}
