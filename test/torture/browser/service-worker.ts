import type { Page } from 'playwright-core'

/** The app's own, as built. */
const script = '/main.js'
const sendTag = 'evertill-send'

/**
 * Installs the app's service worker on this tab's origin, where all tabs become its own. Answers how to wake it as the browser
 * does when the network is back: then it sends what is unsent, whatever the tabs do.
 */
export async function installServiceWorker(tab: Page): Promise<() => Promise<void>> {
  const { origin } = new URL(tab.url())
  const isBuilt = await tab.evaluate(async (path) => (await fetch(path)).ok, script)
  if (!isBuilt) throw new Error('The app is not built. Run: npm run build')
  const devtools = await tab.context().newCDPSession(tab)
  const found = new Promise<string>((resolve) => {
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const own = registrations.find(({ scopeURL }) => scopeURL === `${origin}/`)
      if (own) resolve(own.registrationId)
    })
  })
  await devtools.send('ServiceWorker.enable')
  await tab.evaluate(async (path) => {
    await navigator.serviceWorker.register(path)
    await navigator.serviceWorker.ready
  }, script)
  const registrationId = await found
  return async () => {
    await devtools.send('ServiceWorker.dispatchSyncEvent', {
      ...{ origin, registrationId, tag: sendTag, lastChance: false },
    })
  }
}
