import { readPushAnswer } from '../transport/answers.ts'
import { prepareBatch } from './push-batch.ts'
import { done, hearResult, more } from './sync-answer.ts'
import type { CycleEnd, SyncPorts } from './sync-ports.ts'
import { asksForWhatWasHeld } from './sync-push.ts'

/**
 * [P5] [L5] A device that was taken out of use reads no page, so that nothing shows it that the server was put back. It offers the
 * last operation that was acknowledged once more: where the server asks for earlier ones, everything is offered again.
 */
export async function offerLastAgain(ports: SyncPorts): Promise<CycleEnd> {
  const { store, server, clock } = ports
  const [sync, install, unsent] = await Promise.all([
    store.loadSync(),
    store.loadInstall(),
    store.loadUnsent(),
  ])
  // What is unsent shows it as well.
  if (sync === null || install === null || sync.ackedSeq === 0 || unsent.operations > 0) return done
  const fromSeq = sync.ackedSeq
  const batch = await prepareBatch(ports, fromSeq)
  if (batch?.installId !== install.installId || batch.firstSeq !== fromSeq) return done
  const heard = hearResult(ports, await server.push(batch.request), readPushAnswer)
  if ((await store.loadInstall())?.installId !== install.installId) return more
  if (heard.kind === 'end') return heard.end
  const { answer } = heard
  if (asksForWhatWasHeld(answer, sync)) {
    await store.beginLoadAgain(sync, { epoch: sync.epoch, reason: 'lost', scope: null }, clock())
    return more
  }
  const sent = { installId: install.installId, epoch: sync.epoch, fromSeq, toSeq: batch.lastSeq }
  await store.recordPush(sent, answer, clock())
  return answer.status === 'fork' ? more : done
}
