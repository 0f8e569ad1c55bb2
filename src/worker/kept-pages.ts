/** Whether the service worker holds the page that every screen starts from. */
export async function arePagesKept(): Promise<boolean> {
  // Pages that are not secure have no caches.
  if (!('caches' in self)) return false
  for (const name of await caches.keys()) {
    if (!name.includes('precache')) continue
    const cache = await caches.open(name)
    if (await cache.match('/index.html', { ignoreSearch: true })) return true
  }
  return false
}
