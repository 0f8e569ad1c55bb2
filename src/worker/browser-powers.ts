import { browserInflate } from '../storage/inflate.ts'
import type { Packing, TryLock } from './sync-ports.ts'

const LOCK_NAME = 'evertill-sync'

/** [C4] Another tab, or the service worker, may hold it. */
export const tryBrowserLock: TryLock = (work) =>
  navigator.locks.request(LOCK_NAME, { ifAvailable: true }, async (lock) => {
    if (lock !== null) await work()
    return lock !== null
  })

export const browserPacking: Packing = {
  deflate: async (text) => {
    const deflated = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'))
    return base64Of(new Uint8Array(await new Response(deflated).arrayBuffer()))
  },
  inflate: async (packed) => {
    try {
      return await browserInflate(bytesOf(packed))
    } catch {
      return null
    }
  },
}

const BYTES_AT_ONCE = 0x8000

function base64Of(bytes: Uint8Array): string {
  let text = ''
  // A call takes only so many arguments.
  for (let start = 0; start < bytes.length; start += BYTES_AT_ONCE)
    text += String.fromCharCode(...bytes.subarray(start, start + BYTES_AT_ONCE))
  return btoa(text)
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64)
  const bytes = new Uint8Array(binary.length)
  for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index)
  return bytes
}
