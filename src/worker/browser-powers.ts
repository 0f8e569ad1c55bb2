import { base64Of, bytesOf } from '../storage/base64.ts'
import { browserDeflate, browserInflate } from '../storage/compression.ts'
import type { Packing, TryLock } from './sync-ports.ts'

const LOCK_NAME = 'evertill-sync'

/** [C4] Another tab, or the service worker, may hold it. */
export const tryBrowserLock: TryLock = (work) =>
  navigator.locks.request(LOCK_NAME, { ifAvailable: true }, async (lock) => {
    if (lock !== null) await work()
    return lock !== null
  })

export const browserPacking: Packing = {
  deflate: async (text) => base64Of(await browserDeflate(text)),
  inflate: async (packed) => {
    try {
      return await browserInflate(bytesOf(packed))
    } catch {
      return null
    }
  },
}
