import type { PushRequest, PushRequestV1 } from '#protocol/push.ts'
import { dumpState, hashOf } from '../server/state-dump.ts'
import type { ServerView } from '../server/memory-database.ts'
import { operationText } from '../server/tables.ts'
import type { Invariant } from './invariant.ts'

const MOST_REPLAYED = 12

export const replayChangesNothing: Invariant = {
  rule: 'I4',
  says: 'replaying, doubling or reordering old requests changes nothing',
  watch: (world, watch) => {
    const view = world.database?.view
    if (!view) return
    watch.atRest(async () => {
      const before = hashOf(dumpState(view))
      const pushes = world.network.sent.filter(
        ({ procedure, handedOver, body }) => procedure === 'push' && handedOver > 0 && isHeld(view, body),
      )
      for (let count = 0; count < Math.min(MOST_REPLAYED, pushes.length); count += 1) {
        const answer = world.server.receive(world.chance().pick(pushes)).catch(() => 'reset')
        await world.scheduler.runSteps(10_000)
        await answer
      }
      if (hashOf(dumpState(view)) !== before)
        world.fail('I4', 'old pushes that came again changed the server')
    })
  },
}

/** A server that was put back takes anew what it has lost, and raises lost alarms again. */
function isHeld(view: ServerView, body: string): boolean {
  const { installId, firstSeq, opIds, operations } = JSON.parse(body) as PushRequest & Partial<PushRequestV1>
  const places = operations
    ? operations.map(({ opId, seq }) => ({ opId, seq }))
    : opIds.map((opId, index) => ({ opId, seq: firstSeq + index }))
  return places.every(
    ({ opId, seq }) => view.get('operations', operationText(installId, seq))?.operation.opId === opId,
  )
}
