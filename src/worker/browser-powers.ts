import { base64Of, bytesOf } from '../storage/base64.ts'
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
    const { readable, writable } = new CompressionStream('deflate-raw')
    // Not through a Blob, which takes megabytes to the browser's own process and back.
    const writer = writable.getWriter()
    const [deflated] = await Promise.all([
      new Response(readable).arrayBuffer(),
      writer.write(new TextEncoder().encode(text)),
      writer.close(),
    ])
    return base64Of(new Uint8Array(deflated))
  },
  inflate: async (packed) => {
    try {
      return await browserInflate(bytesOf(packed))
    } catch {
      return null
    }
  },
}
