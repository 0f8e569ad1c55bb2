import { isToHandOver } from '../storage/carried.ts'
import type { CarriedRow } from '../storage/rows.ts'
import type { PushRequest } from '#protocol/push.ts'
import { readPushAnswer } from '../transport/answers.ts'
import { done, hearResult, more } from './sync-answer.ts'
import type { CycleEnd, SyncPorts } from './sync-ports.ts'

/**
 * [C6] Hands over what was brought here from other devices, byte for byte as they signed it. Where one batch of a journal has to
 * wait, those after it do too; other journals go on.
 */
export async function handOver(ports: SyncPorts, isOver: () => boolean): Promise<CycleEnd> {
  const waiting = (await ports.store.listCarried()).filter(isToHandOver)
  const stopped = new Set<string>()
  for (const row of waiting) {
    if (stopped.has(row.installId)) continue
    if (isOver()) return more
    const end = await handOverBatch(ports, row)
    if (end === 'stopped') stopped.add(row.installId)
    else if (end !== 'taken') return end
  }
  return done
}

async function handOverBatch(ports: SyncPorts, row: CarriedRow): Promise<'taken' | 'stopped' | CycleEnd> {
  const { store, server, events } = ports
  const record = async (outcome: NonNullable<CarriedRow['outcome']>): Promise<void> => {
    await store.recordCarried(row, outcome)
    events.emit({ topics: ['carried'] })
  }
  const heard = hearResult(ports, await server.push(row.request as PushRequest), readPushAnswer)
  if (heard.kind === 'end') {
    if (heard.end.kind !== 'trouble') return heard.end
    // Said about the other device, so it is no trouble of this one.
    await record({ code: heard.end.failure.code })
    return 'stopped'
  }
  switch (heard.answer.status) {
    case 'accepted':
      await record({ ackedSeq: heard.answer.ackedSeq })
      return 'taken'
    case 'fork':
      await record({ code: 'push/fork' })
      return 'stopped'
    case 'gap': {
      // Earlier operations are still to come, from the device itself, with another file, or from here once more.
      const missingFromSeq = heard.answer.expectedSeq
      if (
        row.outcome !== null &&
        'missingFromSeq' in row.outcome &&
        row.outcome.missingFromSeq === missingFromSeq
      )
        return 'stopped'
      await store.recordMissing(row, missingFromSeq)
      events.emit({ topics: ['carried'] })
      return 'stopped'
    }
  }
}
