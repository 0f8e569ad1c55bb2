import { ExpirationPlugin } from 'workbox-expiration'
import { createHandlerBoundToURL, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { StaleWhileRevalidate } from 'workbox-strategies'
import { sendUnsent } from './send-unsent.ts'

declare const self: Omit<ServiceWorkerGlobalScope, 'addEventListener'> & {
  __WB_MANIFEST: (PrecacheEntry | string)[]
  addEventListener: ServiceWorkerGlobalScope['addEventListener'] &
    ((type: 'sync', listener: (event: ExtendableEvent & { readonly tag: string }) => void) => void)
}

/** Not every browser has it; the app asks by itself as long as it is open. */
type BackgroundSync = { readonly sync?: { register(tag: string): Promise<void> } }

const sendTag = 'evertill-send'

const mostPictures = 1000
const keepPicturesSeconds = 60 * 24 * 60 * 60

/** What the server answers itself; everything else that is navigated to is a screen of the app. */
const serverPaths = /^\/(trpc|auth|live|pictures|check|audit|health|ready)(\/|$)/

precacheAndRoute(self.__WB_MANIFEST)

registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: [serverPaths] }))

registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/pictures/'),
  new StaleWhileRevalidate({
    cacheName: 'pictures',
    plugins: [
      new ExpirationPlugin({
        maxEntries: mostPictures,
        maxAgeSeconds: keepPicturesSeconds,
        // Room for sales comes first: pictures go when the browser runs out of space.
        purgeOnQuotaError: true,
      }),
    ],
  }),
)

// A sale that can't be sent now is sent when the network is back, also where no tab is open then.
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname === '/trpc/operations.push',
  async ({ request }) => {
    try {
      return await fetch(request)
    } catch (error) {
      await (self.registration as BackgroundSync).sync?.register(sendTag).catch(() => undefined)
      throw error
    }
  },
  'POST',
)
self.addEventListener('sync', (event) => {
  if (event.tag === sendTag) event.waitUntil(sendUnsent())
})

// The first version serves the page that installed it, so that a reload already works with no network.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

// A newer version waits until src/app/update.ts asks, which it does between sales only.
self.addEventListener('message', (event) => {
  if ((event.data as { type?: unknown } | null)?.type === 'SKIP_WAITING') void self.skipWaiting()
})
