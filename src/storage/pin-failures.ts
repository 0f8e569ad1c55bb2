import { loadMeta, saveMeta } from './meta.ts'
import { type Device, withRoom } from './room.ts'
import type { PinFailures } from './rows.ts'

/** Reads and writes one person's count of wrong PINs in one transaction. `now`: ms since 1970. */
export function changePinFailures<T>(
  device: Device,
  staffId: string,
  now: number,
  change: (before: PinFailures) => { after: PinFailures; answer: T },
): Promise<T> {
  return withRoom(device, now, () =>
    device.storage.write(['meta'], 'strict', async (tx) => {
      const all = (await loadMeta(tx, 'pinFailures')) ?? {}
      const { after, answer } = change(all[staffId] ?? { failures: 0, lastFailureAt: null })
      saveMeta(tx, 'pinFailures', { ...all, [staffId]: after })
      return answer
    }),
  )
}
