import { failed } from '#domain/failure.ts'
import { showsOldDisk } from '#sync/pull-state.ts'
import type { SyncRow } from '../storage/rows.ts'
import { later } from './sync-answer.ts'
import type { CycleEnd, SyncPorts } from './sync-ports.ts'

/** Where the device was when it asked. */
export type Asked = {
  readonly sync: SyncRow
  readonly installId: string
  readonly journalSeq: number
  readonly isAtRest: boolean
}

/** Null where it is not enrolled. */
export async function whereItIs({ store }: SyncPorts): Promise<Asked | null> {
  const [sync, install, unsent] = await Promise.all([
    store.loadSync(),
    store.loadInstall(),
    store.loadUnsent(),
  ])
  if (sync === null || install === null) return null
  const { journalSeq, operations } = unsent
  return { sync, installId: install.installId, journalSeq, isAtRest: operations === 0 }
}

/** [P2] The journal only grows, so it is looked at after the answer: another tab may have sent since the question. */
export async function isOldDisk({ store }: SyncPorts, asked: Asked, ackedSeq: number): Promise<boolean> {
  if (!showsOldDisk(asked.journalSeq, ackedSeq)) return false
  const [{ journalSeq }, install] = await Promise.all([store.loadUnsent(), store.loadInstall()])
  return install?.installId === asked.installId && showsOldDisk(journalSeq, ackedSeq)
}

/** [L2] A page that no longer fits was overtaken by another tab; where nothing has moved, it was not an answer to what was asked. */
export async function afterMisfit(
  { store }: SyncPorts,
  { sync, installId }: Asked,
): Promise<CycleEnd | 'next'> {
  const [now, install] = await Promise.all([store.loadSync(), store.loadInstall()])
  const hasMoved =
    install?.installId !== installId ||
    now?.cursor !== sync.cursor ||
    now.generation !== sync.generation ||
    now.load?.after !== sync.load?.after ||
    now.load?.startVersion !== sync.load?.startVersion
  return hasMoved ? 'next' : later
}

/** [P7] Sending goes on. */
export async function needUpgrade({ store, clock, events }: SyncPorts): Promise<CycleEnd> {
  await store.noteUpgradeNeeded(clock())
  events.emit({ topics: ['status'] })
  return { kind: 'trouble', failure: tooOld }
}

const tooOld = failed(
  'sync/upgrade-required',
  'This app is too old to read what is new.',
  'Reload the page to get the new one. Sales go on and are sent.',
).failure
