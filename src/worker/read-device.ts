import type { Store } from '../storage/store.ts'
import type { DeviceState } from './api-device.ts'
import type { Session } from './session.ts'

/** What this browser profile is to the business. */
export async function readDevice(store: Store, session: Pick<Session, 'signedIn'>): Promise<DeviceState> {
  const [install, sync] = await Promise.all([store.loadInstall(), store.loadSync()])
  if (install === null || sync === null) return { kind: 'new' }
  const { kind, installId, tenantId, storeId, registerId } = install
  const [business, place, register, signedIn] = await Promise.all([
    store.loadBusiness(),
    storeId === null ? null : store.loadRecord('store', storeId),
    registerId === null ? null : store.loadRecord('register', registerId),
    session.signedIn(),
  ])
  return {
    kind,
    installId,
    businessId: tenantId,
    business,
    store: place,
    register,
    // Loading again goes on beside the work with what is held.
    isLoaded: sync.load === null || sync.generation > 1,
    loadedShare: sync.load?.share ?? 1,
    signedIn,
  }
}
