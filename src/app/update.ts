import { useSyncExternalStore } from 'react'
import { Workbox } from 'workbox-window'
import { device } from './device.ts'
import { trustedUrl } from './trusted-url.ts'

/** The name that the build gives src/service-worker/main.ts. */
const workerPath = '/main.js'
const lookEveryMs = 60 * 60 * 1000

/**
 * A new version waits until a person asks for it:
 *
 *     none ──found──▶ waiting ──asked, no order open──▶ applying ──took over──▶ page loads again
 *                        ▲                                 │
 *                        └── took over from another tab while an order is open here
 */
type UpdateState = 'none' | 'waiting' | 'applying'

let state: UpdateState = 'none'
let takesOver: (() => void) | null = null
const listeners = new Set<() => void>()

/** Registers the service worker. Only in builds: in development it would serve yesterday's modules. */
export async function startServiceWorker(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const workbox = new Workbox(trustedUrl(workerPath))
  workbox.addEventListener('waiting', () => {
    takesOver = () => workbox.messageSkipWaiting()
    setState('waiting')
  })
  let isControlled = navigator.serviceWorker.controller !== null
  workbox.addEventListener('controlling', () => {
    // The first version takes over a page that it was made for: loading again would throw away what was begun there.
    const isFirst = !isControlled
    isControlled = true
    if (isFirst) return
    takesOver = null
    void loadAgainWhenSafe()
  })
  try {
    await workbox.register()
  } catch {
    // Without a service worker, as in some private windows, the app works as long as the page is open.
    return
  }
  const look = () => {
    // Without a network the look fails; the next one finds what is new.
    if (document.visibilityState === 'visible') workbox.update().catch(() => undefined)
  }
  setInterval(look, lookEveryMs)
  document.addEventListener('visibilitychange', look)
}

/** Whether a new version is ready to be asked for. */
export function useUpdateReady(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => state === 'waiting',
  )
}

/** A sale is never interrupted: an order with lines on the till's screens holds an update back. */
export async function isOrderOpenHere(): Promise<boolean> {
  if (!location.pathname.startsWith('/till')) return false
  const order = await device.loadOpenOrder()
  return order !== null && order.lines.length > 0
}

/** Takes the new version and loads the page again. Answers false, and does nothing, while an order is open. */
export async function applyUpdate(): Promise<boolean> {
  if (await isOrderOpenHere()) return false
  setState('applying')
  if (takesOver) takesOver()
  else location.reload()
  return true
}

/** The new version may have been asked for in another tab; here it then waits like one that was just found. */
async function loadAgainWhenSafe(): Promise<void> {
  if (await isOrderOpenHere()) setState('waiting')
  else location.reload()
}

function setState(next: UpdateState): void {
  state = next
  for (const listener of listeners) listener()
}
