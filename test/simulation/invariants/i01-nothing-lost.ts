import type { Operation } from '#sync/operation.ts'
import { rowsOn } from '../device/device.ts'
import type { Invariant } from './invariant.ts'

export const nothingLost: Invariant = {
  rule: 'I1',
  says: 'every operation completed on a device is on the server exactly once or parked; lost storage loses only what was unacknowledged',
  watch: (world, watch) => {
    watch.atRest(() => {
      const view = world.database?.view
      if (!view) return
      const onDisks = new Set(
        world.devices.flatMap(({ disk }) => rowsOn<Operation>(disk, 'journal').map(({ opId }) => opId)),
      )
      for (const { opId, what, deviceName } of world.ledger.completed.values()) {
        if (view.get('operationIds', opId) !== undefined) continue
        if (world.ledger.lost.has(opId)) {
          world.coverage.count(`lost with its storage: ${world.ledger.lost.get(opId)}`)
          continue
        }
        const where = onDisks.has(opId) ? 'is on the device only' : 'is nowhere'
        world.fail('I1', `${what} ${opId}, completed on ${deviceName}, ${where}`)
      }
    })
  },
}
