import { device, useDeviceQuery } from '../../app/device.ts'
import { OfficeFrame } from '../../app/office-frame.tsx'
import { Pane } from '../../ui/pane.tsx'
import { SegmentedTabs } from '../../ui/segmented-tabs.tsx'
import { useTheme } from '../../ui/theme.ts'
import type { DeviceState, SyncStatus } from '../../worker/api.ts'
import { AccountPane } from './account-pane.tsx'
import { DeviceFacts } from './device-facts.tsx'
import { ForgetDevice } from './forget-device.tsx'
import { ShopPanes } from './shop-panes.tsx'

const themes = [
  { value: 'system', label: 'As the device' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const

export function SettingsScreen() {
  const { data: state } = useDeviceQuery<DeviceState>('device', [], () => device.device())
  const { data: status } = useDeviceQuery<SyncStatus>('status', [], () => device.status())
  const [theme, setTheme] = useTheme()
  return (
    <OfficeFrame title="Settings">
      {state && state.kind !== 'new' && <ShopPanes state={state} />}
      <div className="grid items-start gap-4 wide:grid-cols-2 wide:grid-rows-[auto_auto_1fr]">
        <Pane title="Look">
          <SegmentedTabs
            label="Look"
            value={theme}
            options={themes}
            onChange={setTheme}
            className="max-tablet:flex"
          />
        </Pane>
        <AccountPane isOffline={state?.kind !== 'new' && status?.isOnline === false} />
        <div className="wide:col-start-2 wide:row-span-3 wide:row-start-1">
          {state && status && <DeviceFacts state={state} status={status} />}
        </div>
        {state && state.kind !== 'new' && <ForgetDevice kind={state.kind} />}
      </div>
    </OfficeFrame>
  )
}
