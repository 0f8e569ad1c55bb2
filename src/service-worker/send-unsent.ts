import { uuidV7 } from '#domain/id.ts'
import { openStore, type Store } from '../storage/store.ts'
import { createApiClient } from '../transport/api-client.ts'
import { createDeviceToken } from '../transport/device-token.ts'
import { createHttpSyncServer } from '../transport/sync-server-http.ts'
import { browserPacking, tryBrowserLock } from '../worker/browser-powers.ts'
import { browserTimers } from '../worker/browser-timers.ts'
import { createEvents } from '../worker/events.ts'
import { createIdentity } from '../worker/identity.ts'
import { createShortLock } from '../worker/short-lock.ts'
import { runCycle } from '../worker/sync-cycle.ts'
import type { SyncPorts } from '../worker/sync-ports.ts'

/**
 * [C4] One exchange with the server without any tab, by the same code and under the same lock as theirs. Rejects where something
 * stays unsent: then the browser calls again.
 */
export async function sendUnsent(): Promise<void> {
  const store = await openStore()
  const channel = new BroadcastChannel('evertill')
  try {
    if ((await store.loadInstall()) === null || (await isRehearsing(store))) return
    const ports = portsOf(store, channel)
    await createShortLock(tryBrowserLock, browserTimers).run(async (isOver) => {
      while (!isOver() && (await runCycle(ports, isOver)).kind === 'more');
    })
    const { operations } = await store.loadUnsent()
    if (operations > 0) throw new Error(`${operations} operations are unsent.`)
  } finally {
    channel.close()
    store.close()
  }
}

async function isRehearsing(store: Store): Promise<boolean> {
  const { running } = await store.loadDrill()
  return running !== null && Date.now() >= running.startedAt && Date.now() < running.endsAt
}

function portsOf(store: Store, channel: BroadcastChannel): SyncPorts {
  const clock = (): number => Date.now()
  const newId = (): string => uuidV7(clock(), crypto.getRandomValues(new Uint8Array(16)))
  const identity = createIdentity(store, newId)
  const token = createDeviceToken(() => api, {
    installId: async () => (await store.loadInstall())?.installId ?? null,
    sign: identity.sign,
  })
  const api = createApiClient({
    url: `${location.origin}/trpc`,
    deviceToken: token.get,
    isCutOff: () => false,
  })
  return {
    store,
    server: createHttpSyncServer(api, token),
    identity,
    packing: browserPacking,
    clock,
    events: createEvents(channel),
    appVersion: __APP_VERSION__,
    onAnswer: () => undefined,
  }
}
