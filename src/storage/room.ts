import { dropHistory, dropOldOperations } from './give-way.ts'
import type { Storage } from './tables.ts'

/** Space on this device beside the tables, and what the browser says of it. */
export type Room = {
  /** Whether the ballast is there; also true where there are no files to keep one in, as nothing was given up. */
  hasBallast(): Promise<boolean>
  /** Lays the ballast down if it is missing; answers whether it is there now. */
  restoreBallast(): Promise<boolean>
  dropBallast(): Promise<void>
  dropPictures(): Promise<void>
  loadUse(): Promise<StorageUse>
}

/** Null where the browser can't say. */
export type StorageUse = {
  readonly usedBytes: number | null
  readonly quotaBytes: number | null
  readonly isPersisted: boolean | null
}

/** What the parts of the storage are made of. */
export type Device = { readonly storage: Storage; readonly room: Room }

/**
 * [C5] Runs a write that must not fail for want of space. Where the disk is full, something gives way and the write runs
 * again: first pictures, history and the ballast, then operations that the server has held for 30 days at `now` (ms since 1970).
 */
export async function withRoom<T>(
  { storage, room }: Device,
  now: number,
  write: () => Promise<T>,
): Promise<T> {
  const waysOut = [
    // Space of files comes back at once, that of rows when the browser tidies up: the ballast bridges the gap.
    async () => {
      await Promise.all([room.dropPictures(), room.dropBallast()])
      await dropHistory(storage)
    },
    () => dropOldOperations(storage, now),
  ]
  for (const giveWay of waysOut) {
    try {
      return await write()
    } catch (error) {
      if (!isOutOfSpace(error)) throw error
      await unlessFull(giveWay)
    }
  }
  return write()
}

/** Whether an error says that the disk or the quota is full. */
export function isOutOfSpace(error: unknown): boolean {
  return error instanceof Object && 'name' in error && error.name === 'QuotaExceededError'
}

/** On a full disk even deleting can fail: then the next way out is tried. */
async function unlessFull(giveWay: () => Promise<void>): Promise<void> {
  try {
    await giveWay()
  } catch (error) {
    if (!isOutOfSpace(error)) throw error
  }
}
