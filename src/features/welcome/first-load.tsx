import { Link } from '@tanstack/react-router'
import { CircleCheck } from 'lucide-react'
import { device, useDeviceQuery } from '../../app/device.ts'
import { Icon } from '../../ui/icon.tsx'
import { keyClass } from '../../ui/key.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import type { DeviceState } from '../../worker/api-device.ts'
import { WayInFrame } from './way-in-frame.tsx'

/** From the enrolment to the first sale: what a register needs comes in, and is then said to be there. */
export function FirstLoad({ state }: { state: Exclude<DeviceState, { kind: 'new' }> }) {
  const { data: status } = useDeviceQuery('status', [], () => device.status())
  if (state.isLoaded) return <Ready state={state} />
  const isCut = status?.isOnline === false && status.lastContactAt !== null
  return (
    <WayInFrame title="Getting this register ready" text="Products, prices and people are coming in.">
      <ProgressBar label="Loaded" value={state.loadedShare} />
      {status?.isOnline && status.busyUntil !== null && (
        <p role="status">The server is busy. Loading goes on by itself in a moment.</p>
      )}
      {isCut && <p role="status">No connection right now. Loading goes on by itself when it is back.</p>}
    </WayInFrame>
  )
}

function Ready({ state }: { state: Exclude<DeviceState, { kind: 'new' }> }) {
  const isRegister = state.kind === 'register'
  const place = [state.store?.name, state.register?.name].filter(Boolean).join(', ')
  return (
    <WayInFrame
      title={
        <span className="flex items-center gap-3">
          <Icon of={CircleCheck} size={24} className="text-accent" />
          <span role="status">{isRegister ? `Ready: ${place}` : 'Ready: dashboards'}</span>
        </span>
      }
      text={
        isRegister
          ? 'From here on it sells with no network too. Each person signs in with a PIN.'
          : 'This browser shows the sales of every store.'
      }
    >
      <Link
        to={isRegister ? '/till' : '/dashboard'}
        replace
        className={`${keyClass('main', 'primary')} justify-self-start max-tablet:justify-self-stretch`}
      >
        {isRegister ? 'Open the till' : 'Open the dashboards'}
      </Link>
    </WayInFrame>
  )
}
