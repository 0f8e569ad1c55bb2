import type { PushAnswer } from '#protocol/push.ts'
import type { SyncRow } from '../storage/rows.ts'
import { readPushAnswer } from '../transport/answers.ts'
import { type Batch, prepareBatch } from './push-batch.ts'
import { done, hearResult, later, more } from './sync-answer.ts'
import type { CycleEnd, SyncPorts } from './sync-ports.ts'
import { takeNewIdentity } from './sync-rejoin.ts'

/** Sends what the server does not hold yet, batch after batch; the next one is made ready while one is on its way. */
export async function push(ports: SyncPorts, isOver: () => boolean): Promise<CycleEnd> {
  const { store, server, clock, events } = ports
  const batches = batchesAhead(ports)
  for (;;) {
    const [sync, install] = await Promise.all([store.loadSync(), store.loadInstall()])
    if (sync === null || install === null) return done
    const { installId } = install
    if (sync.forkAtSeq !== null) return takeNewIdentity(ports, installId)
    const fromSeq = sync.pushedSeq + 1
    const batch = await batches.take(fromSeq)
    if (batch === null) return done
    // Another tab has taken a new identity while this one was made ready.
    if (batch.installId !== installId) return more
    if (isOver()) return more

    batches.prepare(batch.lastSeq + 1)
    const heard = hearResult(ports, await server.push(batch.request), readPushAnswer)
    if ((await store.loadInstall())?.installId !== installId) return more
    if (heard.kind === 'end') return heard.end
    const { answer } = heard
    const sent = { installId, epoch: sync.epoch, fromSeq, toSeq: batch.lastSeq }
    await store.recordPush(sent, answer, clock())
    events.emit({ topics: ['orders', 'status'] })
    if (asksForWhatIsGone(answer, batch, fromSeq)) return takeNewIdentity(ports, installId)
    if (hasLost(answer, sync)) {
      await store.beginLoadAgain(sync, { epoch: sync.epoch, reason: 'lost', scope: null }, clock())
      return more
    }
    const now = await store.loadSync()
    const hasMoved = now?.pushedSeq !== sync.pushedSeq || now.forkAtSeq !== null || now.epoch !== sync.epoch
    // Without this a server that repeats itself would be asked without end.
    if (!hasMoved) return later
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

function batchesAhead(ports: SyncPorts) {
  let ahead: { readonly fromSeq: number; readonly batch: Promise<Batch | null> } | null = null
  return {
    prepare: (fromSeq: number): void => {
      const batch = prepareBatch(ports, fromSeq)
      // Nobody may come for it; who does hears of the failure.
      batch.catch(() => undefined)
      ahead = { fromSeq, batch }
    },
    take: (fromSeq: number): Promise<Batch | null> => {
      const prepared = ahead?.fromSeq === fromSeq ? ahead.batch : prepareBatch(ports, fromSeq)
      ahead = null
      return prepared
    },
  }
}
