import { expose } from 'comlink'
import { uuidV7 } from '#domain/id.ts'
import { openStore, type Store } from '../storage/store.ts'
import { roleHere } from './act.ts'
import type { DeviceApi } from './api.ts'
import { browserTimers } from './browser-timers.ts'
import { createCatalogue } from './catalogue.ts'
import { openDrill } from './drill.ts'
import { createEvents } from './events.ts'
import { createIdentity } from './identity.ts'
import { keepPictures } from './keep-pictures.ts'
import { onceLoaded } from './once-loaded.ts'
import { countOpenInbox } from './open-inbox.ts'
import { createOrders } from './orders.ts'
import { rareCalls } from './rare-calls.ts'
import { readDevice } from './read-device.ts'
import { createSession } from './session.ts'
import { shareOldParked } from './share-old-parked.ts'
import { createStatus } from './status.ts'
import { createTillProducts } from './till-products.ts'
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
  const appVersion = __APP_VERSION__
  const { origin } = location
  const events = createEvents(new BroadcastChannel('evertill'))
  const catalogue = createCatalogue(store, events)
  const session = createSession({ store, catalogue, events, clock })
  const drill = await openDrill({
    store,
    events,
    clock,
    timers: browserTimers,
    onTimeUp: () => void rare.endDrill(),
  })
  const status = createStatus({
    store,
    events,
    isDrill: drill.isOn,
    openInbox: async () => countOpenInbox(catalogue, await roleHere(store, session)),
  })
  const identity = createIdentity(store, newId)
  const online = onceLoaded(async () =>
    (await import('./online.ts')).createOnline({
      ...{ store, events, status, identity, clock, appVersion, origin },
      isCutOff: drill.isOn,
    }),
  )
  const syncNow = async (): Promise<void> => (await online()).wake()
  // Code that can't be fetched is no network: the next occasion tries again.
  const wakeSync = (): void => void syncNow().catch(() => undefined)
  self.addEventListener('offline', () => status.update({ isOnline: false }))

  const common = { store, catalogue, session, events, clock, newId, wakeSync }
  const rare = rareCalls({ ...common, online, drill, status, identity, appVersion, origin, syncNow })

  await session.open()
  if (await store.loadInstall()) void store.restoreBallast()
  await shareOldParked(common)
  void online().then(
    ({ renew }) => renew(),
    () => undefined,
  )
  keepPictures(catalogue, events)

  return {
    subscribe: async (listener) => events.listen(({ topics }) => listener(topics)),
    status: status.read,
    wakeSync: syncNow,
    device: () => readDevice(store, session),
    staffList: session.staffList,
    signIn: session.signIn,
    signOut: session.signOut,
    ...createTillProducts({ catalogue, events }),
    ...createTill(common),
    ...createOrders({ store, catalogue, sign: identity.sign, origin }),
    startDrill: drill.start,
    ...rare,
  }
}
