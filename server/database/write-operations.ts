import type { Operation } from '#sync/operation.ts'
import type { BatchSignature, JudgedOperation } from '../use-cases/ports.ts'
import type { Tx } from './pool.ts'
import { together } from './together.ts'
import { integerColumn, ofThisTransaction, textColumn, timeColumn, uuidColumn } from './write-columns.ts'

/** Stores a run of one install's journal with its results and moves the install's head. Bytes and `v` never change again. */
export async function insertOperations(
  tx: Tx,
  installId: string,
  batch: readonly JudgedOperation[],
): Promise<void> {
  const column = <T>(read: (operation: Operation) => T): T[] => batch.map((each) => read(each.operation))
  const { seq, chain } = batch[batch.length - 1]!.operation
  const insert = (): Promise<unknown> =>
    tx.query(
      `insert into operation (install_id, seq, op_id, kind, kind_version, actor_id, occurred_at, payload, hash, chain,
       status, flags, is_repeat, tenant_id, v)
     select $1, seq, op_id, kind, kind_version, actor_id, occurred_at, payload, hash, chain,
       status, coalesce(string_to_array(flags, ','), '{}'), is_repeat = 1, ${ofThisTransaction}
     from unnest($2::int[], $3::uuid[], $4::text[], $5::int[], $6::text[], $7::timestamptz[], $8::text[], $9::text[],
       $10::text[], $11::text[], $12::int[], $13::text[])
       as given (seq, op_id, kind, kind_version, actor_id, occurred_at, hash, chain, status, flags, is_repeat, payload)`,
      [
        installId,
        integerColumn(column((operation) => operation.seq)),
        uuidColumn(column((operation) => operation.opId)),
        textColumn(column((operation) => operation.kind)),
        integerColumn(column((operation) => operation.kindVersion)),
        textColumn(column((operation) => operation.actorId)),
        timeColumn(column((operation) => operation.occurredAt)),
        textColumn(column((operation) => operation.hash)),
        textColumn(column((operation) => operation.chain)),
        textColumn(batch.map((each) => each.result.status)),
        textColumn(batch.map(({ result: { flags } }) => (flags.length === 0 ? null : flags.join(',')))),
        integerColumn(batch.map(({ isRepeat }) => (isRepeat ? 1 : 0))),
        // Last, as the driver copies what stands before each parameter when it makes room for it.
        textColumn(column((operation) => operation.payload)),
      ],
    )
  await together(insert, () =>
    tx.query('update install set last_seq = $2, last_chain = $3, heard_at = now() where install_id = $1', [
      installId,
      seq,
      chain,
    ]),
  )
}

/** [P2] What a forked install sent: kept, never applied. */
export async function keepForked(tx: Tx, installId: string, operations: readonly Operation[]): Promise<void> {
  await tx.query(
    `insert into forked_operation (install_id, seq, hash, envelope)
     select $1, seq, hash, envelope from unnest($2::int[], $3::text[], $4::jsonb[]) as given (seq, hash, envelope)
     on conflict do nothing`,
    [
      installId,
      operations.map((operation) => operation.seq),
      operations.map((operation) => operation.hash),
      operations.map((operation) => JSON.stringify(operation)),
    ],
  )
  await tx.query('update install set forked_at = coalesce(forked_at, now()) where install_id = $1', [
    installId,
  ])
}

export async function keepSignature(
  tx: Tx,
  installId: string,
  { seq, chain, signature }: BatchSignature,
): Promise<void> {
  await tx.query(
    `with kept as (
       insert into batch_signature (install_id, seq, chain, signature) values ($1, $2, $3, $4) on conflict do nothing)
     update install set signed_seq = greatest(signed_seq, $2) where install_id = $1`,
    [installId, seq, chain, signature],
  )
}
