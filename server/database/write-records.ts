import type { RecordDocuments, RecordKind } from '#domain/catalogue.ts'
import type { Tx } from './pool.ts'

export type RecordToWrite = {
  [Kind in RecordKind]: {
    readonly kind: Kind
    readonly id: string
    readonly doc: RecordDocuments[Kind] | null
  }
}[RecordKind]

/** Creates, replaces or (doc null) deletes records. The caller has taken the tenant's next version. */
export async function writeRecords(tx: Tx, records: readonly RecordToWrite[]): Promise<void> {
  if (records.length === 0) return
  await tx.query(
    `insert into record (kind, id, doc, is_deleted)
     select kind, id, doc, doc is null from unnest($1::text[], $2::text[], $3::jsonb[]) as given (kind, id, doc)
     on conflict (tenant_id, kind, id) do update set doc = excluded.doc, is_deleted = excluded.is_deleted, v = excluded.v`,
    [
      records.map((record) => record.kind),
      records.map((record) => record.id),
      records.map((record) => (record.doc === null ? null : JSON.stringify(record.doc))),
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
