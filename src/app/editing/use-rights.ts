import type { EditableKind } from '#domain/catalogue.ts'
import type { DeviceState } from '../../worker/api-device.ts'
import { device } from '../device.ts'
import { useNeededQuery } from '../read-boundary.tsx'
import { type Rights, rightsOf } from './rights.ts'

/** What the person signed in here may change; null until the device has said so. Below a `ReadBoundary`. */
export function useRights(): Rights | null {
  const { data: kinds } = useNeededQuery<readonly EditableKind[]>('device', ['editable'], () =>
    device.editableHere(),
  )
  const { data: state } = useNeededQuery<DeviceState>('device', [], () => device.device())
  return kinds === undefined || state === undefined ? null : rightsOf(kinds, state)
}
