import type { Store } from '../storage/store.ts'
import type { DeviceToken } from '../transport/device-token.ts'
import { type Live, openLive } from '../transport/live.ts'
import type { Events } from './events.ts'

export type LiveDependencies = {
  readonly store: Pick<Store, 'loadInstall'>
  readonly token: DeviceToken
  readonly events: Pick<Events, 'listen'>
  readonly origin: string
  /** Whether an outage is being rehearsed. */
  readonly isCutOff: () => boolean
  readonly wakeSync: () => void
}

/** Keeps the socket on which the server pokes, while this device is enrolled and no outage is rehearsed. */
export function followLive(dependencies: LiveDependencies): { renew(): void } {
  const { store, token, events, origin, isCutOff, wakeSync } = dependencies
  let live: Live | null = null
  let turn = 0
  const renew = async (): Promise<void> => {
    turn += 1
    const mine = turn
    live?.close()
    live = null
    token.drop()
    const isWanted = !isCutOff() && (await store.loadInstall()) !== null
    if (mine !== turn) return
    if (isWanted)
      live = openLive({
        url: `${origin.replace(/^http/, 'ws')}/live`,
        token: token.get,
        onPoke: wakeSync,
        onRefused: () => {
          token.drop()
          // It may have been taken out of use just now: the next cycle learns that, and should not wait for its turn.
          wakeSync()
        },
        chance: Math.random,
      })
    wakeSync()
  }
  events.listen(({ drill }) => {
    if (drill !== undefined) void renew()
  })
  self.addEventListener('online', () => {
    live?.renew()
    wakeSync()
  })
  return { renew: () => void renew() }
}
