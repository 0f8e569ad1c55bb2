import type { Operation, OperationResult } from '#sync/operation.ts'
import type {
  IngestStore,
  IngestTransaction,
  InstallState,
  RedriveTransaction,
  StoredOperation,
} from '../use-cases/ports.ts'
import { isTwin, isUnstorable, writeEffects } from './ingest-effects.ts'
import { installColumns, toInstall, type InstallRow } from './install-rows.ts'
import { readKnown } from './known-rows.ts'
import type { Database, Tx } from './pool.ts'
import { together } from './together.ts'
import { insertOperations, keepForked, keepSignature } from './write-operations.ts'
import { writeJudgedRecords } from './write-records.ts'
import type { Trust } from './write-trust.ts'

export function createIngestStore(database: Database): IngestStore {
  return {
    async findInstall(installId) {
      return database.asSystem(async (tx) => {
        const [row] = await tx.query<InstallRow>(
          `select ${installColumns} from install where install_id = $1`,
          [installId],
        )
        return row ? toInstall(row) : null
      })
    },
    inIngest(install, work) {
      return database.asTenant(install.tenantId, async (tx) =>
        work(ingestTransaction(tx, await lockInstall(tx, install.installId))),
      )
    },
    listParked() {
      return database.asSystem((tx) =>
        tx.query(
          `select tenant_id as "tenantId", install_id as "installId", seq from operation where status = 'parked'
           order by recorded_at, install_id, seq`,
        ),
      )
    },
    inRedrive({ tenantId, installId, seq }, work) {
      return database.asTenant(tenantId, async (tx) => {
        const install = await lockInstall(tx, installId)
        return work(redriveTransaction(tx, install, await readOperation(tx, installId, seq)))
      })
    },
  }
}

/** [P1] Whoever else sends for this install waits. */
async function lockInstall(tx: Tx, installId: string): Promise<InstallState> {
  const [row] = await tx.query<InstallRow>(
    `select ${installColumns} from install where install_id = $1 for update`,
    [installId],
  )
  if (!row) throw new Error(`Install ${installId} vanished between two statements`)
  return toInstall(row)
}

function ingestTransaction(tx: Tx, install: InstallState): IngestTransaction {
  const { installId, tenantId } = install
  return {
    install,
    storedOperations: (firstSeq, lastSeq) => storedOperations(tx, installId, firstSeq, lastSeq),
    known: (mentioned) => readKnown(tx, installId, mentioned),
    accept: (batch, effects) =>
      unlessUnstorable(tx, async (trust) => {
        if (batch.length === 0) return
        await together(
          () => takeVersion(tx, tenantId),
          () => insertOperations(tx, installId, batch),
          () => writeEffects(tx, install, effects, trust),
        )
      }),
    saveSignature: (signature) => keepSignature(tx, installId, signature),
    async keepFork(operations, records) {
      await keepForked(tx, installId, operations)
      // A device that sends its fork again and again wakes nobody.
      if (records.length === 0) return
      await takeVersion(tx, tenantId)
      await writeJudgedRecords(tx, records)
    },
  }
}

function redriveTransaction(tx: Tx, install: InstallState, operation: Operation): RedriveTransaction {
  return {
    install,
    operation,
    known: (mentioned) => readKnown(tx, install.installId, mentioned),
    accept: (result, effects) =>
      unlessUnstorable(tx, async (trust) => {
        const [parked] = await tx.query(
          `update operation set status = $3, flags = $4 where install_id = $1 and seq = $2 and status = 'parked'
           returning seq`,
          [install.installId, operation.seq, result.status, [...result.flags]],
        )
        // Another process was quicker: its effects are stored already.
        if (!parked) return
        await together(
          () => takeVersion(tx, install.tenantId),
          () => writeEffects(tx, install, effects, trust),
        )
      }),
  }
}

async function takeVersion(tx: Tx, tenantId: string): Promise<void> {
  await tx.query('select next_version($1)', [tenantId])
}

type StoredRow = {
  seq: number
  hash: string
  chain: string
  status: OperationResult['status']
  flags: OperationResult['flags']
}

async function storedOperations(
  tx: Tx,
  installId: string,
  firstSeq: number,
  lastSeq: number,
): Promise<ReadonlyMap<number, StoredOperation>> {
  const rows = await tx.query<StoredRow>(
    'select seq, hash, chain, status, flags from operation where install_id = $1 and seq between $2 and $3',
    [installId, firstSeq, lastSeq],
  )
  return new Map(
    rows.map(({ seq, hash, chain, status, flags }): [number, StoredOperation] => [
      seq,
      { hash, chain, result: { seq, status, flags } },
    ]),
  )
}

type OperationRow = Omit<Operation, 'occurredAt'> & { readonly occurredAt: string }

async function readOperation(tx: Tx, installId: string, seq: number): Promise<Operation> {
  const [row] = await tx.query<OperationRow>(
    `select op_id as "opId", install_id as "installId", seq, kind, kind_version as "kindVersion", actor_id as "actorId",
       occurred_at as "occurredAt", payload, hash, chain from operation where install_id = $1 and seq = $2`,
    [installId, seq],
  )
  if (!row) throw new Error(`Operation ${seq} of install ${installId} is not there`)
  return { ...row, occurredAt: Date.parse(row.occurredAt) }
}

/** False, with nothing stored, where the tables can't hold what the work wrote. */
async function unlessUnstorable(tx: Tx, work: (trust: Trust) => Promise<void>): Promise<boolean> {
  const saved = tx.query('savepoint batch')
  for (const trust of ['all-new', 'may-be-stored'] as const) {
    try {
      await together(
        () => saved,
        () => work(trust),
      )
      return true
    } catch (error) {
      const goesAgain = isTwin(error) && trust === 'all-new'
      if (!goesAgain && !isUnstorable(error)) throw error
      await tx.query('rollback to savepoint batch')
      if (!goesAgain) break
    }
  }
  return false
}
