import type { Task } from '#domain/catalogue.ts'
import type { PublicKey } from '#protocol/enrolment.ts'
import type { RejoinRequest } from '#protocol/proof.ts'
import { chainSeed } from '#sync/journal.ts'
import type { FirstRecord } from '../shop.ts'
import { lifeOf } from './known-rows.ts'
import type { MemoryDatabase, ServerPace, ServerTransaction } from './memory-database.ts'
import type { VersionSource } from './memory-ingest.ts'
import type { InstallRow, StoredRecord } from './tables.ts'

export type Enrolled = {
  readonly epoch: string
  readonly kind: 'register' | 'office'
  readonly storeId: string | null
  readonly registerId: string | null
  readonly series: number | null
}

/** What the back office of a server does beside the protocol: devices, and records of its own. */
export type Office = {
  enrol(installId: string, publicKey: PublicKey, registerId: string | null): Promise<Enrolled>
  /** [P2] Null where the old one may not. */
  rejoin(request: RejoinRequest): Promise<Enrolled | null>
  moveRegister(registerId: string, storeId: string): Promise<void>
  revoke(installId: string): Promise<void>
  /** Creates, replaces or (doc null) deletes, as an import does. */
  writeRecords(
    records: readonly (FirstRecord | { kind: FirstRecord['kind']; id: string; doc: null })[],
  ): Promise<void>
}

export function createMemoryOffice(
  database: MemoryDatabase,
  pace: ServerPace,
  versions: VersionSource,
  clock: () => number,
): Office {
  const inVersion = (work: (tx: ServerTransaction, v: number) => void): Promise<void> =>
    database.transact(pace, async (tx) => {
      await versions.announce(tx)
      work(tx, versions.take(tx))
    })
  return {
    enrol: (installId, publicKey, registerId) =>
      database.transact(pace, async (tx) => {
        await tx.lock('tenant')
        const held = tx.get('installs', installId)
        if (held) return enrolled(tx, held)
        const place = registerId === null ? null : registerOf(tx, registerId)
        if (place) await reportLostStorage(tx, versions, registerId!, clock())
        const row = newInstall(tx, installId, publicKey, place && registerId, place?.storeId ?? null)
        return enrolled(tx, row)
      }),
    rejoin: ({ installId, newInstallId, publicKey }) =>
      database.transact(pace, async (tx) => {
        await tx.lock('tenant')
        await tx.lock(`install ${installId}`)
        const old = tx.get('installs', installId)
        if (!old) return null
        const held = tx.get('installs', newInstallId)
        const row =
          held ?? newInstall(tx, newInstallId, publicKey, old.registerId, old.storeId, old.isRevoked)
        if (!held) tx.set('installs', installId, { ...old, isForked: true, forkedInto: newInstallId })
        return enrolled(tx, row)
      }),
    moveRegister: (registerId, storeId) =>
      database.transact(pace, async (tx) => {
        // In the sequence of everybody else: the devices, then the version.
        const devices = tx.list('installs').filter(([, install]) => install.registerId === registerId)
        for (const [installId] of devices) await tx.lock(`install ${installId}`)
        await versions.announce(tx)
        const row = tx.get('records', `register/${registerId}`)
        if (!row || row.isDeleted) return
        const v = versions.take(tx)
        tx.set('records', `register/${registerId}`, { ...row, v, doc: { ...(row.doc as object), storeId } })
        for (const [installId] of devices)
          tx.set('installs', installId, { ...tx.get('installs', installId)!, storeId })
      }),
    revoke: (installId) =>
      database.transact(pace, async (tx) => {
        // With the identities that it went on as.
        for (let id: string | null = installId; id !== null;) {
          await tx.lock(`install ${id}`)
          const row: InstallRow | undefined = tx.get('installs', id)
          if (row) tx.set('installs', id, { ...row, isRevoked: true })
          id = row?.forkedInto ?? null
        }
      }),
    writeRecords: (records) =>
      inVersion((tx, v) => {
        for (const { kind, id, doc } of records) {
          const before = tx.get('records', `${kind}/${id}`)
          const row: StoredRecord = {
            kind,
            id,
            v,
            storeId: null,
            isDeleted: doc === null,
            doc: doc ?? before?.doc ?? null,
            writers: before?.writers ?? {},
          }
          tx.set('records', `${kind}/${id}`, row)
        }
      }),
  }
}

function registerOf(tx: ServerTransaction, registerId: string): { readonly storeId: string } | null {
  const row = tx.get('records', `register/${registerId}`)
  return row && !row.isDeleted ? (row.doc as { storeId: string }) : null
}

function newInstall(
  tx: ServerTransaction,
  installId: string,
  publicKey: PublicKey,
  registerId: string | null,
  storeId: string | null,
  isRevoked = false,
): InstallRow {
  const next = tx.get('series', '') ?? 1
  const series = registerId === null ? null : next
  if (series !== null) tx.set('series', '', next + 1)
  const row: InstallRow = {
    installId,
    kind: registerId === null ? 'office' : 'register',
    storeId,
    registerId,
    publicKey,
    series,
    head: { seq: 0, chain: chainSeed(installId) },
    isRevoked,
    isForked: false,
    forkedInto: null,
    heardAt: null,
    cursor: null,
    reportedSeq: 0,
  }
  tx.set('installs', installId, row)
  return row
}

function enrolled(tx: ServerTransaction, { kind, storeId, registerId, series }: InstallRow): Enrolled {
  return { epoch: lifeOf(tx).epoch, kind, storeId, registerId, series }
}

/** [I1] An earlier device of the register had more than has arrived. */
async function reportLostStorage(
  tx: ServerTransaction,
  versions: VersionSource,
  registerId: string,
  raisedAt: number,
): Promise<void> {
  const lost = tx
    .list('installs')
    .map(([, row]) => row)
    .filter((row) => row.registerId === registerId && !row.isRevoked && row.reportedSeq > row.head.seq)
    .filter(({ installId }) => !tx.get('records', `task/storage-lost/${installId}`))
  if (lost.length === 0) return
  await versions.announce(tx)
  const v = versions.take(tx)
  for (const { installId, storeId, head } of lost) {
    const taskId = `storage-lost/${installId}`
    const doc: Task = {
      ...{ taskId, reason: 'storage-lost', storeId, registerId, installId, seq: head.seq + 1 },
      ...{ orderId: null, receiptNumber: null, productId: null, raisedAt, state: 'open', doneBy: null },
    }
    const row: StoredRecord = { kind: 'task', id: taskId, v, storeId, isDeleted: false, doc, writers: {} }
    tx.set('records', `task/${taskId}`, row)
  }
}
