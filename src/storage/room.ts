import { type Database, saveMeta } from './database.ts'

const BALLAST_BYTES = 256 * 1024
const MOST_RANDOM_BYTES = 65_536

/**
 * [C5] Runs a write that must not fail for want of space: where the disk is full, orders that the server has too and then
 * the ballast give way, and the write runs again, once.
 */
export async function withRoom<T>(database: Database, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!isOutOfSpace(error)) throw error
    await makeRoom(database)
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

export async function hasBallast(database: Database): Promise<boolean> {
  return (await database.meta.where('key').equals('ballast').count()) > 0
}

/** Lays the ballast down if it is missing; answers whether it is there now. */
export async function restoreBallast(database: Database): Promise<boolean> {
  if (await hasBallast(database)) return true
  try {
    await saveMeta(database, 'ballast', randomBallast())
    return true
  } catch (error) {
    if (isOutOfSpace(error)) return false
    throw error
  }
}

/** Random, so that a browser which compresses what it stores cannot make it smaller. */
export function randomBallast(): Uint8Array {
  const bytes = new Uint8Array(BALLAST_BYTES)
  for (let start = 0; start < BALLAST_BYTES; start += MOST_RANDOM_BYTES)
    crypto.getRandomValues(bytes.subarray(start, start + MOST_RANDOM_BYTES))
  return bytes
}

async function makeRoom(database: Database): Promise<void> {
  await database.transaction('rw', [database.orders, database.meta], async () => {
    const fromElsewhere = database.orders.filter((row) => row.seq === undefined)
    await Promise.all([fromElsewhere.delete(), database.meta.delete('ballast')])
  })
}
