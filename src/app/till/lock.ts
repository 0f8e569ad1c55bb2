import type { DeviceState } from '../../worker/api-device.ts'
import { device, queries } from '../device.ts'

/** Signs the person out. The lock shows at once; the open order stays. */
export function lockTill(): void {
  queries.setQueryData<DeviceState>(['device'], (state) =>
    state === undefined || state.kind === 'new' ? state : { ...state, signedIn: null },
  )
  device.signOut().catch(reportError)
}
