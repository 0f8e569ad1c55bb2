import type { Room, StorageUse } from './room.ts'

const FILE_NAME = 'evertill-ballast'
const BALLAST_BYTES = 1024 * 1024
const MOST_RANDOM_BYTES = 65_536
/** Of the service worker, which serves product pictures from it. */
const PICTURES = 'pictures'

/*
 * [C5] Space that is given up for sales when the disk is full. A file beside the database, not a row in it: Chromium's
 * IndexedDB gives the space of deleted rows back only much later, that of a deleted file at once (measured).
 */
export const browserRoom: Room = { hasBallast, restoreBallast, dropBallast, dropPictures, loadUse }

async function hasBallast(): Promise<boolean> {
  const folder = await ownFolder()
  if (folder === null) return true
  return folder.getFileHandle(FILE_NAME).then(
    () => true,
    () => false,
  )
}

async function restoreBallast(): Promise<boolean> {
  if (await hasBallast()) return true
  const folder = await ownFolder()
  try {
    const file = await folder?.getFileHandle(FILE_NAME, { create: true })
    const stream = await file?.createWritable()
    await stream?.write(randomBytes())
    await stream?.close()
    return true
  } catch {
    // Still no room, or this browser cannot write so: a file that was only begun is no ballast.
    await dropBallast()
    return false
  }
}

async function dropBallast(): Promise<void> {
  const folder = await ownFolder()
  await folder?.removeEntry(FILE_NAME).catch(() => undefined)
}

async function dropPictures(): Promise<void> {
  // Pages that are not secure have no caches.
  if ('caches' in globalThis) await caches.delete(PICTURES)
}

async function loadUse(): Promise<StorageUse> {
  const storage = ownStorage()
  const [use, isPersisted] = await Promise.all([
    storage?.estimate().catch(() => null),
    storage?.persisted().catch(() => null),
  ])
  return {
    usedBytes: use?.usage ?? null,
    quotaBytes: use?.quota ?? null,
    isPersisted: isPersisted ?? null,
  }
}

function ownStorage(): StorageManager | undefined {
  return navigator.storage as StorageManager | undefined
}

async function ownFolder(): Promise<FileSystemDirectoryHandle | null> {
  // Some browsers have none in a private window.
  return (
    ownStorage()
      ?.getDirectory()
      .catch(() => null) ?? null
  )
}

/** Random, so that a disk which compresses what it stores cannot make it smaller. */
function randomBytes(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(BALLAST_BYTES)
  for (let start = 0; start < BALLAST_BYTES; start += MOST_RANDOM_BYTES)
    crypto.getRandomValues(bytes.subarray(start, start + MOST_RANDOM_BYTES))
  return bytes
}
