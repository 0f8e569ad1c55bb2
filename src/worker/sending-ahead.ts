import type { CallOutcome } from '../transport/call.ts'
import { type Batch, prepareBatch } from './push-batch.ts'
import type { SyncPorts } from './sync-ports.ts'

export type NextBatch = {
  readonly batch: Batch
  /** Null where it was not sent before the one in front of it was acknowledged. */
  readonly outcome: Promise<CallOutcome<unknown>> | null
}

export type Sending = {
  /** The batch from `fromSeq` on; null where the journal ends before it. */
  take(fromSeq: number, epoch: string): Promise<NextBatch | null>
  /** What comes of it; the batch behind it is made ready meanwhile and, where `goAhead`, sent. */
  send(next: NextBatch, epoch: string): Promise<CallOutcome<unknown>>
  /** Whether batches may be sent before the one in front of them is acknowledged. */
  goAhead: boolean
}

type Ahead = {
  readonly fromSeq: number
  readonly epoch: string
  readonly batch: Promise<Batch | null>
  outcome: Promise<CallOutcome<unknown>> | null
}

/** Not before the server has taken a batch: one that is busy, away or put back is asked once. */
export function startSending(ports: SyncPorts, isOver: () => boolean): Sending {
  const { server } = ports
  let ahead: Ahead | null = null

  const prepareBehind = (fromSeq: number, epoch: string, isSentAlong: boolean): void => {
    const next: Ahead = { fromSeq, epoch, batch: prepareBatch(ports, fromSeq), outcome: null }
    ahead = next
    // Nobody may come for it; who does hears of the failure.
    next.batch
      .then((batch) => {
        if (batch === null || !isSentAlong || ahead !== next || isOver()) return
        next.outcome = server.push(batch.request)
        next.outcome.catch(() => undefined)
      })
      .catch(() => undefined)
  }

  const sending: Sending = {
    goAhead: false,
    async take(fromSeq, epoch) {
      const prepared: Ahead | null = ahead?.fromSeq === fromSeq ? ahead : null
      ahead = null
      const batch = await (prepared?.batch ?? prepareBatch(ports, fromSeq))
      if (batch === null) return null
      // What another life of the server was asked counts for nothing in this one.
      const outcome = prepared?.epoch === epoch ? prepared.outcome : null
      return { batch, outcome }
    },
    send({ batch, outcome }, epoch) {
      const sent = outcome ?? server.push(batch.request)
      prepareBehind(batch.lastSeq + 1, epoch, sending.goAhead)
      return sent
    },
  }
  return sending
}
