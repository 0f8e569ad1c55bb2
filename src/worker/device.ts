import { failed, success } from '#domain/failure.ts'
import type { Store } from '../storage/store.ts'
import type { ApiClient } from '../transport/api-client.ts'
import type { DeviceApi, DeviceState } from './api.ts'
import type { ResidentCatalogue } from './catalogue.ts'
import type { Clock } from './dependencies.ts'
import { enrolDevice } from './enrolment.ts'
import type { Events } from './events.ts'
import { createOfficeCode } from './office.ts'
import type { Session } from './session.ts'

export type DeviceDependencies = {
  readonly store: Store
  readonly api: ApiClient
  readonly clock: Clock
  readonly catalogue: ResidentCatalogue
  readonly session: Session
  readonly events: Events
  readonly newId: () => string
  /** Called when the device has become another: enrolled, or forgotten. */
  readonly onChanged: () => void
}

type Device = Pick<DeviceApi, 'device' | 'enrol' | 'enrolAsOffice' | 'forget'>

/** What this browser profile is to the business. */
export function createDevice(dependencies: DeviceDependencies): Device {
  const { store, api, events, newId, onChanged } = dependencies
  const device = () => readDevice(dependencies)
  const changed = (): void => {
    events.emit({ topics: allTopics, recordKeys: 'all' })
    onChanged()
  }
  const enrol: Device['enrol'] = async (code) => {
    const enrolled = await enrolDevice(dependencies, code, newId())
    if (!enrolled.ok) return enrolled
    changed()
    return success(await device())
  }
  return {
    device,
    enrol,
    enrolAsOffice: async () => {
      const code = await createOfficeCode(api)
      return code.ok ? enrol(code.value) : code
    },
    forget: async () => {
      if ((await store.forgetEnrolment()) === 'unsent') return unsent
      changed()
      return success(null)
    },
  }
}

async function readDevice({ store, session }: DeviceDependencies): Promise<DeviceState> {
  const [install, sync] = await Promise.all([store.loadInstall(), store.loadSync()])
  if (install === null || sync === null) return { kind: 'new' }
  const { kind, installId, storeId, registerId } = install
  const [business, place, register, signedIn] = await Promise.all([
    store.loadBusiness(),
    storeId === null ? null : store.loadRecord('store', storeId),
    registerId === null ? null : store.loadRecord('register', registerId),
    session.signedIn(),
  ])
  return {
    kind,
    installId,
    business,
    store: place,
    register,
    // Loading again goes on beside the work with what is held.
    isLoaded: sync.load === null || sync.generation > 1,
    loadedShare: sync.load?.share ?? 1,
    signedIn,
  }
}

const allTopics = ['device', 'status', 'catalogue', 'staff', 'orders', 'parked', 'sales'] as const

const unsent = failed(
  'device/unsent',
  'Some sales exist on this device only.',
  'Connect it to the network and wait until all are sent.',
)
