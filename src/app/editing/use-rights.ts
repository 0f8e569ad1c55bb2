import type { EditableKind } from '#domain/catalogue.ts'
import type { DeviceState } from '../../worker/api-device.ts'
import { device, useDeviceQuery } from '../device.ts'
import { type Rights, rightsOf } from './rights.ts'

/** What the person signed in here may change; null until the device has said so. */
export function useRights(): Rights | null {
  const { data: kinds } = useDeviceQuery<readonly EditableKind[]>('device', ['editable'], () =>
    device.editableHere(),
  )
  const { data: state } = useDeviceQuery<DeviceState>('device', [], () => device.device())
  return kinds === undefined || state === undefined ? null : rightsOf(kinds, state)
}
