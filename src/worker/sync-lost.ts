import type { SyncRow } from '../storage/rows.ts'
import { more } from './sync-answer.ts'
import type { CycleEnd, SyncPorts } from './sync-ports.ts'

/** [L5] The server was put back within its epoch: everything is offered and loaded again, what is offered first. */
export async function beginAgainAsLost(
  { store, clock }: Pick<SyncPorts, 'store' | 'clock'>,
  sync: SyncRow,
): Promise<CycleEnd> {
  await store.beginLoadAgain(sync, { epoch: sync.epoch, reason: 'lost', scope: null }, clock())
  return more
}
