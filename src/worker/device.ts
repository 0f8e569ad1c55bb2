import { failed, success } from '#domain/failure.ts'
import type { Store } from '../storage/store.ts'
import type { ApiClient } from '../transport/api-client.ts'
import { allTopics } from './announce-changes.ts'
import type { DeviceApi } from './api.ts'
import type { Clock } from './dependencies.ts'
import { enrolDevice } from './enrolment.ts'
import type { Events } from './events.ts'
import { createOfficeCode } from './office.ts'
import { readDevice } from './read-device.ts'
import type { Session } from './session.ts'

export type DeviceDependencies = {
  readonly store: Store
  readonly api: ApiClient
  readonly clock: Clock
  readonly session: Pick<Session, 'signedIn'>
  readonly events: Pick<Events, 'emit'>
  readonly newId: () => string
  /** Called when the device has become another: enrolled, or forgotten. */
  readonly onChanged: () => void
}

/** Makes this browser profile a part of the business, and takes it out again. */
export function createDevice(
  dependencies: DeviceDependencies,
): Pick<DeviceApi, 'enrol' | 'enrolAsOffice' | 'forget'> {
  const { store, api, session, events, newId, onChanged } = dependencies
  const changed = (): void => {
    events.emit({ topics: [...allTopics, 'carried'], recordKeys: 'all', drill: null })
    onChanged()
  }
  const enrol: DeviceApi['enrol'] = async (code) => {
    const enrolled = await enrolDevice(dependencies, code, newId())
    if (!enrolled.ok) return enrolled
    changed()
    return success(await readDevice(store, session))
  }
  return {
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

const unsent = failed(
  'device/unsent',
  'Some sales exist on this device only.',
  'Connect it to the network and wait until all are sent, or export the journal.',
)
