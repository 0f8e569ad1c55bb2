import type { Page } from 'playwright-core'

declare global {
  interface Window {
    /** A call of the device's worker, as the screens make it. */
    callDevice: (name: string, ...given: unknown[]) => Promise<unknown>
  }
}

/** From the next load on the page can call its device's worker itself: many at once, and timed without the screens. */
export async function letPageCallDevice(page: Page): Promise<void> {
  await page.addInitScript(() => {
    let device: Worker | null = null
    window.Worker = new Proxy(window.Worker, {
      construct: (Made, given: ConstructorParameters<typeof Worker>) => (device = new Made(...given)),
    })
    let calls = 0
    window.callDevice = (name, ...given) =>
      new Promise((done) => {
        // Comlink's own way to write a call.
        const id = `test ${(calls += 1)}`
        const hear = ({ data }: MessageEvent<{ id?: string; value?: unknown }>): void => {
          if (data.id !== id) return
          device!.removeEventListener('message', hear)
          done(data.value)
        }
        device!.addEventListener('message', hear)
        const argumentList = given.map((value) => ({ type: 'RAW', value }))
        device!.postMessage({ id, type: 'APPLY', path: [name], argumentList })
      })
  })
}

/** How long a call takes that asks for next to nothing. */
export function timeOfCall(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const asked = performance.now()
    await window.callDevice('status')
    return performance.now() - asked
  })
}
