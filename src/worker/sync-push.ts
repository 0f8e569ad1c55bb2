import type { PushAnswer } from '#protocol/push.ts'
import type { SyncRow } from '../storage/rows.ts'
import { readPushAnswer } from '../transport/answers.ts'
import type { Batch } from './push-batch.ts'
import { startSending } from './sending-ahead.ts'
import { done, hearResult, later, more } from './sync-answer.ts'
import { beginAgainAsLost } from './sync-lost.ts'
import { offerOneAgain } from './sync-offer-last.ts'
import type { CycleEnd, SyncPorts } from './sync-ports.ts'
import { takeNewIdentity } from './sync-rejoin.ts'

/**
 * Sends what the server does not hold yet, batch after batch. While one is on its way the next one is made ready and, once the
 * server has taken one, sent after it: it reads that one while its database writes the one before.
 */
export async function push(ports: SyncPorts, isOver: () => boolean): Promise<CycleEnd> {
  const { store, server, clock, events } = ports
  const sending = startSending(ports, isOver)
  let isFirst = true
  for (;;) {
    const [sync, install] = await Promise.all([store.loadSync(), store.loadInstall()])
    if (sync === null || install === null) return done
    const { installId } = install
    if (sync.forkAtSeq !== null) return takeNewIdentity(ports, installId)
    const fromSeq = sync.pushedSeq + 1
    const next = await sending.take(fromSeq, sync.epoch)
    if (next === null) return done
    const { batch } = next
    // Another tab has taken a new identity while this one was made ready.
    if (batch.installId !== installId) return more
    const isSentAhead = next.outcome !== null
    if (isOver() && !isSentAhead) return more

    let heard = hearResult(ports, await sending.send(next, sync.epoch), readPushAnswer)
    // It has overtaken the one in front of it, which is acknowledged by now.
    if (isSentAhead && heard.kind === 'heard' && heard.answer.status === 'gap')
      heard = hearResult(ports, await server.push(batch.request), readPushAnswer)
    if ((await store.loadInstall())?.installId !== installId) return more
    if (heard.kind === 'end') return heard.end
    const { answer } = heard
    if (isFirst && answer.status === 'fork' && answer.atSeq === fromSeq) {
      // It may begin before what was sent: the server was put back, and a copy of this device has written since.
      const before = await offerOneAgain(ports, { sync, installId }, fromSeq - 1)
      if (before.kind !== 'done') return before
    }
    isFirst = false
    const sent = { installId, epoch: sync.epoch, fromSeq, toSeq: batch.lastSeq }
    await store.recordPush(sent, answer, clock())
    events.emit({ topics: ['orders', 'status'] })
    if (asksForWhatIsGone(answer, batch, fromSeq)) return takeNewIdentity(ports, installId)
    if (hasLost(answer, sync)) return beginAgainAsLost(ports, sync)
    const now = await store.loadSync()
    const hasMoved = now?.pushedSeq !== sync.pushedSeq || now.forkAtSeq !== null || now.epoch !== sync.epoch
    // Without this a server that repeats itself would be asked without end.
    if (!hasMoved) return later
    sending.goAhead = answer.status === 'accepted'
  }
}

/**
 * [C5] [P2] A server restored from long ago asks for operations that it had held for 30 days and that gave way to sales since. It
 * will never get them under this identity; what is retained is taken under another one.
 */
function asksForWhatIsGone(answer: PushAnswer, batch: Batch, fromSeq: number): boolean {
  return answer.status === 'gap' && batch.firstSeq > fromSeq && answer.expectedSeq < batch.firstSeq
}

/** [L5] It asks for what it had acknowledged: it was put back, and what was pulled since that day holds no more either. */
function hasLost(answer: PushAnswer, { ackedSeq }: SyncRow): boolean {
  return answer.status === 'gap' && answer.expectedSeq <= ackedSeq
}
