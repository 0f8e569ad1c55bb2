import { Link } from '@tanstack/react-router'
import { keyClass } from '../../ui/key.tsx'
import type { DeviceState } from '../../worker/api-device.ts'
import { WayInFrame } from './way-in-frame.tsx'

/** A register stays what it is until it is forgotten in the settings: what it sold must not be lost on the way. */
export function AlreadyRegister({ state }: { state: Exclude<DeviceState, { kind: 'new' }> }) {
  const place = [state.store?.name, state.register?.name].filter(Boolean).join(', ')
  return (
    <WayInFrame
      title={`This device is already ${place || 'a register'}`}
      text="To use it as another, forget this one in the settings first."
    >
      <div className="flex flex-wrap gap-2">
        <Link to="/till" className={keyClass('main', 'key')}>
          Open the till
        </Link>
        <Link to="/settings" className={keyClass('rest', 'key')}>
          Settings
        </Link>
      </div>
    </WayInFrame>
  )
}
