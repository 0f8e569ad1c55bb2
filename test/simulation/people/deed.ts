import type { Act } from '../../../src/storage/journalling.ts'
import type { Tab } from '../device/device.ts'
import type { World } from '../world.ts'

/** What a person does at a device. Everything it needs of chance is drawn before anything is waited for. */
export type Deed = (world: World, tab: Tab) => void

/** The time as the device has it. */
export function deviceNow(world: World, tab: Tab): number {
  return world.scheduler.now() + tab.device.clockOffsetMs
}

export function actOf(world: World, tab: Tab): Act {
  return { opId: world.newId(), actorId: tab.staffId, occurredAt: deviceNow(world, tab) }
}

/**
 * Does it, and notes that the person was told so. `isDone` says whether an answer means that it was journalled.
 * What fails for want of space or of a connection is not done, and the person is told that too.
 */
export function perform<T>(
  world: World,
  tab: Tab,
  what: string,
  opId: string,
  work: () => Promise<T>,
  isDone: (answer: T) => boolean,
): void {
  world.coverage.count(`deed: ${what} tried`)
  const wakes = !world.chance().oneIn(3)
  work().then(
    (answer) => {
      if (!isDone(answer)) return world.coverage.count(`deed: ${what} refused`)
      world.ledger.complete({ opId, deviceName: tab.device.name, what })
      world.coverage.count(`deed: ${what}`)
      if (wakes) tab.sync.wake()
    },
    (error: unknown) => {
      const name = error instanceof Error ? error.name : String(error)
      if (expected.includes(name)) return world.coverage.count(`deed: failed with ${name}`)
      world.fail('deed', `${what}: ${error instanceof Error ? error.stack : String(error)}`)
    },
  )
}

const expected = ['QuotaExceededError', 'AbortError', 'InvalidStateError']
