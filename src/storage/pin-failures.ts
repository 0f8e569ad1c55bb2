import { loadMeta, saveMeta } from './meta.ts'
import type { PinFailures } from './rows.ts'
import type { Storage } from './tables.ts'

/** Reads and writes one person's count of wrong PINs in one transaction. */
export function changePinFailures<T>(
  storage: Storage,
  staffId: string,
  change: (before: PinFailures) => { after: PinFailures; answer: T },
): Promise<T> {
  return storage.write(['meta'], 'strict', async (tx) => {
    const all = (await loadMeta(tx, 'pinFailures')) ?? {}
    const { after, answer } = change(all[staffId] ?? { failures: 0, lastFailureAt: null })
    saveMeta(tx, 'pinFailures', { ...all, [staffId]: after })
    return answer
  })
}
