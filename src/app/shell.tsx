import { Outlet } from '@tanstack/react-router'
import { LocaleProvider } from '../ui/locale.tsx'
import { ToastProvider } from '../ui/toast.tsx'
import type { DeviceState } from '../worker/api-device.ts'
import { device, useDeviceQuery } from './device.ts'
import { UpdatePrompt } from './update-prompt.tsx'

/** Around every screen: the language of figures and dates, toasts, and the offer of a new version. */
export function Shell() {
  const { data: state } = useDeviceQuery<DeviceState>('device', [], () => device.device())
  const business = state && state.kind !== 'new' ? state.business : null
  return (
    <LocaleProvider locale={business?.locale ?? navigator.language}>
      <ToastProvider>
        <Outlet />
        <UpdatePrompt />
      </ToastProvider>
    </LocaleProvider>
  )
}
