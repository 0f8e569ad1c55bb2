import type { Catalogue, DeviceState } from '../../worker/api.ts'
import { device, useDeviceQuery } from '../../app/device.ts'
import { useRights } from '../../app/editing/use-rights.ts'
import { BusinessPane } from './business-pane.tsx'
import { useSettingsPlace } from './settings-place.ts'
import { StoresPane } from './stores-pane.tsx'

/** The business and its stores, as far as they have come to this device. */
export function ShopPanes({ state }: { state: Exclude<DeviceState, { kind: 'new' }> }) {
  const { data: catalogue } = useDeviceQuery<Catalogue>('catalogue', [], () => device.catalogue())
  const rights = useRights()
  const place = useSettingsPlace()
  const [first] = catalogue?.stores ?? []
  if (!catalogue || !rights || !state.business || !first) return null
  return (
    <div className="mb-4 grid items-start gap-4 wide:grid-cols-2">
      <BusinessPane
        business={state.business}
        businessId={state.businessId}
        currency={first.pricing.currency}
        rights={rights}
        place={place}
      />
      <StoresPane stores={catalogue.stores} rights={rights} place={place} />
    </div>
  )
}
