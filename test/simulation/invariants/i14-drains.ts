import { installOf, syncOf, journalOf } from '../device/device.ts'
import type { Device } from '../device/device.ts'
import type { Standing } from '../server/peek.ts'
import type { World } from '../world.ts'

/** What keeps a device from being at rest since `since` (true time); null: it is. */
export function unrestOf(
  world: World,
  { head, installs }: Standing,
  device: Device,
  since: number,
): string | null {
  const [install, sync, journal] = [installOf(device), syncOf(device), journalOf(device)]
  if (!install || !sync || !journal) return null
  if (sync.ackedSeq < journal.seq) return `holds ${journal.seq - sync.ackedSeq} unsent`
  if (device.release === 1) return null
  if (installs.get(install.installId)?.isRevoked) {
    // [P5] It hears of a restored server by what it offers; a device without a journal has nothing to lose.
    const hasAsked = (sync.lastContactAt ?? 0) >= since + device.clockOffsetMs
    return sync.ackedSeq === 0 || hasAsked ? null : 'has not offered its last operation since'
  }
  if (sync.load !== null) return 'is loading'
  if (sync.cursor !== head) return `has read up to ${sync.cursor} of ${head}`
  const { lastDigest } = sync
  if (lastDigest === null || !lastDigest.isEqual) return 'has not found its digest equal'
  // [C5] What gave way for want of space, or was read from a database that is no more, is missed only by the next digest.
  const mayDiffer = device.room.gaveWay > 0 || world.coverage.counts.has('server: put back from a backup')
  if (mayDiffer && lastDigest.at < since + device.clockOffsetMs) return 'has not compared its digest since'
  return null
}
