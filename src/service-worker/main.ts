import { ExpirationPlugin } from 'workbox-expiration'
import { createHandlerBoundToURL, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { StaleWhileRevalidate } from 'workbox-strategies'

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: (PrecacheEntry | string)[] }

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

// The first version serves the page that installed it, so that a reload already works with no network.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

// A newer version waits until src/app/update.ts asks, which it does between sales only.
self.addEventListener('message', (event) => {
  if ((event.data as { type?: unknown } | null)?.type === 'SKIP_WAITING') void self.skipWaiting()
})
