import type { SyncRow } from '../storage/rows.ts'
import { readPushAnswer } from '../transport/answers.ts'
import { prepareBatch } from './push-batch.ts'
import { done, hearResult, more } from './sync-answer.ts'
import { beginAgainAsLost } from './sync-lost.ts'
import type { CycleEnd, SyncPorts } from './sync-ports.ts'

/**
 * [L5] At rest: a device that was taken out of use reads no page which would show it that the server was put back ([P5]), and where a
 * copy of this device has written as much since, no page shows it either.
 */
export async function offerLastAgain(ports: SyncPorts): Promise<CycleEnd> {
  const { store } = ports
  const [sync, install, unsent] = await Promise.all([
    store.loadSync(),
    store.loadInstall(),
    store.loadUnsent(),
  ])
  // What is unsent shows it as well.
  if (sync === null || install === null || unsent.operations > 0) return done
  return offerOneAgain(ports, { sync, installId: install.installId }, sync.ackedSeq)
}

/**
 * [P2] [L5] Offers one operation that was acknowledged once more. Its chain covers all before it: where the server holds it, it holds
 * them as they stand here, and the answer is `done`. Where it does not, everything is offered again, and a fork is found where it
 * begins.
 */
export async function offerOneAgain(
  ports: SyncPorts,
  { sync, installId }: { readonly sync: SyncRow; readonly installId: string },
  seq: number,
): Promise<CycleEnd> {
  const { store, server, clock } = ports
  if (seq === 0) return done
  const batch = await prepareBatch({ ...ports, mostABatch: 1 }, seq)
  // [C5] One that gave way after 30 days cannot be asked for.
  if (batch?.installId !== installId || batch.firstSeq !== seq) return done
  const heard = hearResult(ports, await server.push(batch.request), readPushAnswer)
  if ((await store.loadInstall())?.installId !== installId) return more
  if (heard.kind === 'end') return heard.end
  const { answer } = heard
  if (answer.status !== 'accepted') return beginAgainAsLost(ports, sync)
  await store.recordPush({ installId, epoch: sync.epoch, fromSeq: seq, toSeq: seq }, answer, clock())
  return done
}
