import { failed, type Result, success } from '#domain/failure.ts'
import type { JournalFile } from '#protocol/proof.ts'
import type { PushRequest } from '#protocol/push.ts'
import type { Store } from '../storage/store.ts'
import type { DeviceApi } from './api.ts'
import type { JournalExport } from './api-device.ts'
import type { Clock } from './dependencies.ts'
import type { Events } from './events.ts'
import { publicKeyOf } from './identity.ts'
import { toFrames } from './journal-frames.ts'
import { type BatchPorts, prepareBatch } from './push-batch.ts'
import { noteUnlessFull } from './unless-full.ts'

export type ExportDependencies = Omit<BatchPorts, 'store'> & {
  readonly store: Store
  readonly clock: Clock
  readonly events: Pick<Events, 'emit'>
}

/** [C6] Takes the journal out of this device, in batches signed as they are pushed. */
export function createJournalExport(dependencies: ExportDependencies): Pick<DeviceApi, 'exportJournal'> {
  return { exportJournal: () => exportJournal(dependencies) }
}

async function exportJournal(dependencies: ExportDependencies): Promise<Result<JournalExport>> {
  const { store, packing, clock, events } = dependencies
  const head = await headOf(store, clock())
  const sync = await store.loadSync()
  if (head === null || sync === null) return nothing
  const batches = await batchesFrom(dependencies, 1)
  const lastSeq = seqAfter(batches)
  if (lastSeq === 0) return nothing
  const unsent = await batchesFrom(dependencies, sync.ackedSeq + 1)
  const frames =
    unsent.length === 0 ? [] : toFrames(await packing.deflate(JSON.stringify({ ...head, batches: unsent })))
  const file: JournalFile = { ...head, batches }
  // [C5] What is not noted can't be forgotten yet, but the copy is out: on a full disk it is wanted most.
  await noteUnlessFull(store.markExported(lastSeq, clock()))
  events.emit({ topics: ['status'] })
  return success({
    fileName: fileNameOf(head.registerName, clock()),
    text: JSON.stringify(file),
    frames,
    operations: batches.reduce((sum, { opIds }) => sum + opIds.length, 0),
  })
}

async function headOf(store: Store, now: number): Promise<Omit<JournalFile, 'batches'> | null> {
  const [install, identity, business] = await Promise.all([
    store.loadInstall(),
    store.loadIdentity(),
    store.loadBusiness(),
  ])
  if (install === null || identity === null) return null
  const register = install.registerId && (await store.loadRecord('register', install.registerId))
  return {
    format: 'evertill-journal',
    version: 1,
    installId: install.installId,
    publicKey: await publicKeyOf(identity.pair),
    businessName: business?.name ?? '',
    registerName: register ? register.name : '',
    exportedAt: now,
  }
}

async function batchesFrom(ports: BatchPorts, fromSeq: number): Promise<PushRequest[]> {
  const batches: PushRequest[] = []
  for (let next = fromSeq; ;) {
    const batch = await prepareBatch(ports, next)
    if (batch === null) return batches
    batches.push(batch.request)
    next = batch.lastSeq + 1
  }
}

function seqAfter(batches: readonly PushRequest[]): number {
  const last = batches.at(-1)
  return last ? last.firstSeq + last.opIds.length - 1 : 0
}

function fileNameOf(registerName: string, now: number): string {
  const name = registerName
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase()
  const day = new Date(now).toISOString().slice(0, 10)
  return `evertill-journal-${name || 'device'}-${day}.json`
}

const nothing = failed('journal/empty', 'Nothing was recorded on this device yet.', 'Sell something first.')
