import type {
  Effects,
  IngestStore,
  IngestTransaction,
  InstallState,
  JudgedOperation,
  RecordWrite,
} from '../../../server/use-cases/ports.ts'
import { installState, knownRows, lifeOf, TENANT_ID } from './known-rows.ts'
import type { MemoryDatabase, ServerPace, ServerTransaction } from './memory-database.ts'
import { type OperationRow, operationText } from './tables.ts'
import { isStorable, writeEffects } from './write-effects.ts'

/** How a transaction comes by its version; the real way is `inOrderOfCommits`. */
export type VersionSource = {
  /** Before the reads that decide; answers the version that will be taken. */
  announce(tx: ServerTransaction): Promise<number>
  take(tx: ServerTransaction): number
}

/** [S1] The head's lock is held until the commit, so versions are in the order of commits and gapless. */
export const inOrderOfCommits: VersionSource = {
  announce: async (tx) => {
    await tx.lock('head')
    return lifeOf(tx).v + 1
  },
  take: (tx) => {
    const life = lifeOf(tx)
    tx.set('life', '', { ...life, v: life.v + 1 })
    return life.v + 1
  },
}

/** The stores behind taking operations, in memory. */
export function createMemoryIngest(
  database: MemoryDatabase,
  pace: ServerPace,
  versions: VersionSource = inOrderOfCommits,
): IngestStore {
  const stateOf = (tx: ServerTransaction, installId: string): InstallState => {
    const row = tx.get('installs', installId)
    if (!row) throw new Error(`Install ${installId} vanished between two statements`)
    return installState(row)
  }
  return {
    findInstall: async (installId) => {
      await pace.step('statement')
      const row = database.view.get('installs', installId)
      return row ? installState(row) : null
    },
    inIngest: (install, work) =>
      database.transact(pace, async (tx) => {
        await tx.lock(`install ${install.installId}`)
        return work(ingestTransaction(tx, stateOf(tx, install.installId), versions))
      }),
    listParked: async () => {
      await pace.step('statement')
      const parked = database.view.list('operations').filter(([, row]) => row.result.status === 'parked')
      return parked
        .sort(([, one], [, other]) => one.v - other.v || one.operation.seq - other.operation.seq)
        .map(([, { operation }]) => ({
          tenantId: TENANT_ID,
          installId: operation.installId,
          seq: operation.seq,
        }))
    },
    inRedrive: ({ installId, seq }, work) =>
      database.transact(pace, async (tx) => {
        await tx.lock(`install ${installId}`)
        const install = stateOf(tx, installId)
        const key = operationText(installId, seq)
        const row = tx.get('operations', key)!
        return work({
          install,
          operation: row.operation,
          known: async (mentioned) => knownRows(tx, install, mentioned, await versions.announce(tx)),
          accept: async (result, effects) => {
            await tx.step()
            if (!isStorable(effects)) return false
            writeEffects(tx, effects, versions.take(tx))
            tx.set('operations', key, { ...row, result })
            return true
          },
        })
      }),
  }
}

function ingestTransaction(
  tx: ServerTransaction,
  install: InstallState,
  versions: VersionSource,
): IngestTransaction {
  const row = () => tx.get('installs', install.installId)!
  return {
    install,
    storedOperations: async (firstSeq, lastSeq) => {
      await tx.step()
      const found = new Map()
      for (let seq = firstSeq; seq <= lastSeq; seq += 1) {
        const stored = tx.get('operations', operationText(install.installId, seq))
        if (stored)
          found.set(seq, {
            hash: stored.operation.hash,
            chain: stored.operation.chain,
            result: stored.result,
          })
      }
      return found
    },
    known: async (mentioned) => knownRows(tx, install, mentioned, await versions.announce(tx)),
    accept: async (batch, effects) => {
      await tx.step()
      if (!isStorable(effects)) return false
      const v = versions.take(tx)
      for (const judged of batch) storeOperation(tx, judged, v)
      writeEffects(tx, effects, v)
      const last = batch.at(-1)!.operation
      tx.set('installs', install.installId, { ...row(), head: { seq: last.seq, chain: last.chain } })
      return true
    },
    saveSignature: async ({ seq, chain, signature }) => {
      await tx.step()
      tx.set('signatures', operationText(install.installId, seq), `${chain} ${signature}`)
    },
    keepFork: async (operations, records) => {
      await versions.announce(tx)
      for (const operation of operations)
        tx.set('forked', `${operationText(install.installId, operation.seq)}/${operation.hash}`, operation)
      tx.set('installs', install.installId, { ...row(), isForked: true })
      if (records.length > 0) writeRecords(tx, records, versions.take(tx))
    },
  }
}

function storeOperation(
  tx: ServerTransaction,
  { operation, result, isRepeat }: JudgedOperation,
  v: number,
): void {
  const key = operationText(operation.installId, operation.seq)
  if (tx.get('operations', key) || (!isRepeat && tx.get('operationIds', operation.opId)))
    throw new Error(`duplicate key value violates unique constraint: ${key} ${operation.opId}`)
  const row: OperationRow = { operation, result, v, isRepeat: isRepeat ?? false }
  tx.set('operations', key, row)
  if (!isRepeat) tx.set('operationIds', operation.opId, key)
}

function writeRecords(tx: ServerTransaction, records: readonly RecordWrite[], v: number): void {
  const nothing: Effects = {
    orders: [],
    extraPayments: [],
    refundedOrderIds: [],
    shiftsOpened: [],
    adoptions: [],
    shiftsClosed: [],
    cashMoved: [],
    movements: [],
    records,
  }
  writeEffects(tx, nothing, v)
}
