import { device } from '../../app/device.ts'
import { OfficeFrame, OfficeScreen } from '../../app/office-frame.tsx'
import { ReadBoundary, useNeededQuery } from '../../app/read-boundary.tsx'
import { Pane } from '../../ui/pane.tsx'
import { SegmentedTabs } from '../../ui/segmented-tabs.tsx'
import { useTheme } from '../../ui/theme.ts'
import type { DeviceState, SyncStatus } from '../../worker/api-device.ts'
import { AccountPane } from './account-pane.tsx'
import { BusinessPane } from './business-pane.tsx'
import { DeviceFacts } from './device-facts.tsx'
import { ForgetDevice } from './forget-device.tsx'
import { StoresPane } from './stores-pane.tsx'
import { useShop } from './use-shop.ts'

const themes = [
  { value: 'system', label: 'As the device' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const

export function SettingsScreen() {
  return (
    <OfficeScreen title="Settings" unread="The settings could not be read">
      <Settings />
    </OfficeScreen>
  )
}

function Settings() {
  const { data: state } = useNeededQuery<DeviceState>('device', [], () => device.device())
  const { data: status } = useNeededQuery<SyncStatus>('status', [], () => device.status())
  const shop = useShop(state)
  const [theme, setTheme] = useTheme()
  return (
    <OfficeFrame title="Settings">
      <div className="grid items-start gap-4 wide:grid-cols-2 wide:grid-rows-[auto_auto_auto_1fr]">
        {shop && <BusinessPane {...shop} />}
        <div className="grid gap-4 wide:col-start-2 wide:row-span-4 wide:row-start-1">
          {shop && <StoresPane {...shop} />}
          {state && status && <DeviceFacts state={state} status={status} />}
        </div>
        <Pane title="Look">
          <SegmentedTabs
            label="Look"
            value={theme}
            options={themes}
            onChange={setTheme}
            className="max-tablet:flex"
          />
        </Pane>
        <ReadBoundary title="Who is signed in could not be read">
          <AccountPane isOffline={state?.kind !== 'new' && status?.isOnline === false} />
        </ReadBoundary>
        {state && state.kind !== 'new' && (
          <ReadBoundary title="What is only on this device could not be read">
            <ForgetDevice kind={state.kind} />
          </ReadBoundary>
        )}
      </div>
    </OfficeFrame>
  )
}
