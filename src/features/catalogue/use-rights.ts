import type { EditableKind } from '#domain/catalogue.ts'
import { device, useDeviceQuery } from '../../app/device.ts'
import type { DeviceState } from '../../worker/api-device.ts'
import type { CatalogueKind } from './records.ts'

export type Rights = {
  mayEdit(kind: CatalogueKind): boolean
  /** Why not, for the person in front of the device. */
  readonly reason: string
}

/** What the person signed in here may change; null until the device has said so. */
export function useRights(): Rights | null {
  const { data: kinds } = useDeviceQuery<readonly EditableKind[]>('device', ['editable'], () =>
    device.editableHere(),
  )
  const { data: state } = useDeviceQuery<DeviceState>('device', [], () => device.device())
  if (kinds === undefined || state === undefined) return null
  const person = state.kind === 'new' ? null : state.signedIn
  return {
    mayEdit: (kind) => kinds.includes(kind),
    reason: person
      ? `${person.name} may look. Changing the catalog needs a manager.`
      : 'Nobody is signed in. A manager who signs in at the till can change the catalog.',
  }
}
