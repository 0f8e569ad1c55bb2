import { dropBallast } from './ballast.ts'
import type { Database } from './database.ts'

/**
 * [C5] Runs a write that must not fail for want of space: where the disk is full, the ballast and orders that the server
 * has too give way, and the write runs again, once.
 */
export async function withRoom<T>(database: Database, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!isOutOfSpace(error)) throw error
    await dropBallast()
    await dropOrdersFromElsewhere(database)
    return write()
  }
}

/** Whether a Dexie or IndexedDB error says that the disk or the quota is full; Dexie wraps it in an AbortError. */
export function isOutOfSpace(error: unknown): boolean {
  let cause: unknown = error
  while (cause instanceof Object) {
    if ('name' in cause && cause.name === 'QuotaExceededError') return true
    cause = 'inner' in cause ? cause.inner : null
  }
  return false
}

/** Their space comes back when the browser tidies up: too late for this sale, in time for later ones. */
async function dropOrdersFromElsewhere(database: Database): Promise<void> {
  try {
    await database.orders.filter((row) => row.seq === undefined).delete()
  } catch (error) {
    if (!isOutOfSpace(error)) throw error
  }
}
