import type { PublicKey } from '#protocol/enrolment.ts'
import type { KeyRow } from '../../src/storage/rows.ts'
import { type Device, installOf } from './device/device.ts'
import { openTab } from './device/tab.ts'
import { mendLines } from './events/network-events.ts'
import { unrestOf } from './invariants/i14-drains.ts'
import { noTroubles } from './server/sim-server.ts'
import { settled } from './settled.ts'
import { staffIds } from './shop.ts'
import type { World } from './world.ts'

/** [I14] So many cycles of every device are enough, once faults have stopped. */
const MOST_CYCLES = 40
const MOST_STEPS = 20_000
const CYCLE_MS = 65_000
/** Most devices need no more than what they do at once. */
const SHORT_MS = 3_000

/** Faults stop; answers whether everything has arrived everywhere within the cycles of I14. */
export async function comeToRest(world: World): Promise<boolean> {
  const since = world.scheduler.now()
  mendLines(world)
  world.server.setTroubles(noTroubles)
  for (const device of world.devices) revive(world, device)
  await admitAgain(world)
  let unrest: string[] = []
  for (let cycle = 1; cycle <= MOST_CYCLES; cycle += 1) {
    for (const device of world.devices) device.tabs[0]?.sync.wake()
    await world.scheduler.runFor(cycle < 8 ? SHORT_MS : CYCLE_MS, MOST_STEPS)
    const standing = await world.peek.standing()
    unrest = world.devices.flatMap((device) => {
      const why = unrestOf(world, standing, device, since)
      return why === null ? [] : [`${device.name} ${why}`]
    })
    if (unrest.length === 0) return true
  }
  world.fail('I14', `after ${MOST_CYCLES} cycles: ${unrest.join('; ')}`)
  return false
}

/** The database was put back to before their enrolment: their owner lets them in again, as who they are. */
async function admitAgain(world: World): Promise<void> {
  const { installs } = await world.peek.standing()
  for (const device of world.devices) {
    const install = installOf(device)
    const key = device.disk.tableOf('keys').get('"signing') as KeyRow | undefined
    if (!install || !key || installs.has(install.installId)) continue
    world.coverage.count('office: device admitted again after its enrolment was lost')
    const publicKey = key.pair.publicKey as unknown as PublicKey
    const { installId, registerId } = install
    await settled(
      world,
      world.server.atOffice((office) => office.enrol(installId, publicKey, registerId)),
    )
  }
}

/** One fresh tab each: what a tab that was closed still had to do is left to it. */
function revive(world: World, device: Device): void {
  device.disk.setFull(false)
  device.room.isHopeless = false
  device.release = 2
  // Time for a digest, by the device's own clock.
  device.clockOffsetMs += 11 * 60_000
  for (const tab of [...device.tabs]) tab.owner.kill()
  openTab(world, device, { staffId: staffIds[0]! })
}
