import { type Database, loadMeta, saveMeta } from './database.ts'
import type { PinFailures } from './rows.ts'

/** Reads and writes one person's count of wrong PINs in one transaction. */
export function changePinFailures<T>(
  database: Database,
  staffId: string,
  change: (before: PinFailures) => { after: PinFailures; answer: T },
): Promise<T> {
  return database.transaction('rw', [database.meta], async () => {
    const all = (await loadMeta(database, 'pinFailures')) ?? {}
    const { after, answer } = change(all[staffId] ?? { failures: 0, lastFailureAt: null })
    await saveMeta(database, 'pinFailures', { ...all, [staffId]: after })
    return answer
  })
}
