import { MOST_OPERATIONS_A_BATCH } from '#protocol/push.ts'
import { type BatchPorts, packBatch } from './push-batch.ts'
import type { SyncPorts } from './sync-ports.ts'
import { noteUnlessFull } from './unless-full.ts'

/**
 * While there is no network: full batches of what is unsent are packed, so that after a long outage the device has little more to
 * do than to send them. A run that is not full would have grown by then.
 */
export async function readyAhead(
  ports: BatchPorts & { readonly store: Pick<SyncPorts['store'], 'nextToReady' | 'keepReadyRun'> },
  isOver: () => boolean,
): Promise<void> {
  const { store, mostABatch = MOST_OPERATIONS_A_BATCH } = ports
  while (!isOver()) {
    const fromSeq = await store.nextToReady(mostABatch)
    const batch = fromSeq === null ? null : await packBatch(ports, fromSeq)
    if (batch === null) return
    const { protocol, installId, appVersion: _, journalSeq: __, ...run } = batch.request
    const row = { fromSeq: batch.firstSeq, toSeq: batch.lastSeq, protocol, request: { installId, ...run } }
    let isKept = false
    await noteUnlessFull(store.keepReadyRun(row).then((kept) => void (isKept = kept)))
    if (!isKept) return
  }
}
