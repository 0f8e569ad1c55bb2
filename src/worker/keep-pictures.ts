import type { ResidentCatalogue } from './catalogue.ts'
import type { Events } from './events.ts'

/** The service worker serves pictures from the cache of this name and keeps it in bounds. */
const cacheName = 'pictures'
const atOnce = 4

/**
 * Fetches the pictures of products before they are looked at: a tablet that goes offline after its first load shows all
 * of them. What can't be had now is tried again with the next change of the catalogue.
 */
export function keepPictures(catalogue: Pick<ResidentCatalogue, 'list'>, events: Events): void {
  let isWorking = false
  const work = async (): Promise<void> => {
    if (isWorking || !('caches' in self)) return
    isWorking = true
    try {
      const cache = await caches.open(cacheName)
      const held = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname))
      const wanted = new Set(
        (await catalogue.list('product')).flatMap(({ isActive, picture }) =>
          isActive && picture ? [picture] : [],
        ),
      )
      const missing = [...wanted].filter((path) => !held.has(path))
      for (let at = 0; at < missing.length; at += atOnce) await cache.addAll(missing.slice(at, at + atOnce))
    } catch {
      // No network, or no room: pictures are comfort.
    } finally {
      isWorking = false
    }
  }
  events.listen(({ topics }) => {
    if (topics.includes('catalogue')) void work()
  })
  void work()
}
