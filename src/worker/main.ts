import { expose } from 'comlink'
import { uuidV7 } from '#domain/id.ts'
import { openStore, type Store } from '../storage/store.ts'
import { createApiClient } from '../transport/api-client.ts'
import { createDeviceToken } from '../transport/device-token.ts'
import { type Live, openLive } from '../transport/live.ts'
import type { DeviceApi } from './api.ts'
import { createCatalogue } from './catalogue.ts'
import { createDashboard } from './dashboard.ts'
import { createDevice } from './device.ts'
import { signText } from './enrolment.ts'
import { createEvents } from './events.ts'
import type { Importer } from './importer.ts'
import { keepPictures } from './keep-pictures.ts'
import { createOffice } from './office.ts'
import { createOrders } from './orders.ts'
import { createSession } from './session.ts'
import { createStatus } from './status.ts'
import { createSyncLoop } from './sync-loop.ts'
import { createTill } from './till.ts'

/** Calls may come before the database is open: they wait for it, and all fail where this tab is too old for it. */
const ready = openStore().then(startDevice)
expose(
  new Proxy({} as DeviceApi, {
    get:
      (_, name) =>
      async (...args: unknown[]) => {
        const api = (await ready) as unknown as Record<string | symbol, (...args: unknown[]) => unknown>
        return api[name]?.(...args)
      },
  }),
)

async function startDevice(store: Store): Promise<DeviceApi> {
  const clock = (): number => Date.now()
  const newId = (): string => uuidV7(clock(), crypto.getRandomValues(new Uint8Array(16)))
  const events = createEvents(new BroadcastChannel('evertill'))
  const catalogue = createCatalogue(store, events)
  const session = createSession({ store, catalogue, events, clock })
  const status = createStatus(store, events)

  const sign = (text: string): Promise<string> => signText(store, text)
  const token = createDeviceToken(() => api, {
    installId: async () => (await store.loadInstall())?.installId ?? null,
    sign,
  })
  const api = createApiClient({ url: `${location.origin}/trpc`, deviceToken: token.get })
  const syncLoop = createSyncLoop({ store, api, clock, token, sign, events, status, chance: Math.random })
  const wakeSync = (): void => void syncLoop.wake()

  let live: Live | null = null
  const followLive = async (): Promise<void> => {
    live?.close()
    token.drop()
    live =
      (await store.loadInstall()) &&
      openLive({
        url: `${location.origin.replace(/^http/, 'ws')}/live`,
        token: token.get,
        onPoke: wakeSync,
        onRefused: token.drop,
        chance: Math.random,
      })
    wakeSync()
  }
  self.addEventListener('online', () => {
    live?.renew()
    wakeSync()
  })
  self.addEventListener('offline', () => status.update({ isOnline: false }))

  await session.open()
  if (await store.loadInstall()) void store.restoreBallast()
  void followLive()
  keepPictures(catalogue.catalogue, events)

  return {
    subscribe: async (listener) => events.listen(({ topics }) => listener(topics)),
    status: status.read,
    wakeSync: syncLoop.wake,
    ...createDevice({
      store,
      api,
      clock,
      catalogue,
      session,
      events,
      newId,
      onChanged: () => void followLive(),
    }),
    ...createOffice(api, location.origin),
    staffList: session.staffList,
    signIn: session.signIn,
    signOut: session.signOut,
    catalogue: catalogue.catalogue,
    searchProducts: catalogue.searchProducts,
    findByBarcode: catalogue.findByBarcode,
    ...createTill({ store, events, clock, newId, wakeSync }),
    ...createOrders(store, catalogue),
    ...createDashboard({ store, catalogue, clock }),
    ...importing(async () => (await import('./importer.ts')).createImporter({ store, api })),
  }
}

/** The reader of foreign files is a third of the worker and of no use to a till: it is fetched with the first call. */
function importing(open: () => Promise<Importer>): Importer {
  let opened: Promise<Importer> | null = null
  const importer = (): Promise<Importer> => (opened ??= open())
  return {
    readImport: async (...given) => (await importer()).readImport(...given),
    runImport: async (...given) => (await importer()).runImport(...given),
    cancelImport: async () => (await importer()).cancelImport(),
    refusedRows: async () => (await importer()).refusedRows(),
    imports: async () => (await importer()).imports(),
    undoImport: async (...given) => (await importer()).undoImport(...given),
  }
}
