import type { Store } from '../storage/store.ts'
import { type ApiClient, createApiClient } from '../transport/api-client.ts'
import { createDeviceToken } from '../transport/device-token.ts'
import { createHttpSyncServer } from '../transport/sync-server-http.ts'
import { browserPacking, tryBrowserLock } from './browser-powers.ts'
import { browserTimers } from './browser-timers.ts'
import type { Clock } from './dependencies.ts'
import type { Events } from './events.ts'
import { followLive } from './follow-live.ts'
import type { Status } from './status.ts'
import type { DeviceIdentity } from './sync-ports.ts'
import { createSyncLoop } from './sync-loop.ts'

export type OnlineDependencies = {
  readonly store: Store
  readonly events: Events
  readonly status: Status
  readonly identity: DeviceIdentity
  readonly clock: Clock
  readonly appVersion: string
  readonly origin: string
  /** Whether an outage is being rehearsed. */
  readonly isCutOff: () => boolean
}

export type Online = {
  readonly api: ApiClient
  /** Push and pull now; resolves when the cycle has ended. */
  wake(): Promise<void>
  /** This device has become another: enrolled, or forgotten. */
  renew(): void
}

/** Everything that needs a network. A till opens and sells without it, so its code comes after that of the till. */
export function createOnline(dependencies: OnlineDependencies): Online {
  const { store, events, status, identity, clock, appVersion, origin, isCutOff } = dependencies
  const token = createDeviceToken(() => api, {
    installId: async () => (await store.loadInstall())?.installId ?? null,
    sign: identity.sign,
  })
  const api = createApiClient({ url: `${origin}/trpc`, deviceToken: token.get, isCutOff })
  const { wake } = createSyncLoop({
    store,
    server: createHttpSyncServer(api, token),
    identity,
    packing: browserPacking,
    clock,
    events,
    appVersion,
    status,
    chance: Math.random,
    timers: browserTimers,
    tryLock: tryBrowserLock,
    onError: (error) => console.error(error),
  })
  const live = followLive({ store, token, events, origin, isCutOff, wakeSync: () => void wake() })
  return { api, wake, renew: live.renew }
}
