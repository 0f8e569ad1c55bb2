import { device } from './device.ts'

/**
 * Asks the browser to keep this origin's data when space runs out. Only a page may ask, and only an enrolled device has
 * something to keep; a browser that declines is asked again at the next start.
 */
export async function keepStorage(): Promise<void> {
  const state = await device.device()
  if (state.kind === 'new' || (await navigator.storage?.persisted())) return
  await navigator.storage?.persist()
}
