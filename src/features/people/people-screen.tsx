import { UserPlus } from 'lucide-react'
import type { Staff } from '#domain/catalogue.ts'
import { device } from '../../app/device.ts'
import { listRecords } from '../../app/editing/records.ts'
import { useRights } from '../../app/editing/use-rights.ts'
import { OfficeFrame, OfficeScreen } from '../../app/office-frame.tsx'
import { ReadBoundary, useNeededQuery } from '../../app/read-boundary.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { SegmentedTabs } from '../../ui/segmented-tabs.tsx'
import { LoadingState } from '../../ui/state-views.tsx'
import type { ShopRecords } from '../../worker/api-lists.ts'
import type { DeviceState } from '../../worker/api-device.ts'
import { CustomersTab } from './customers-tab.tsx'
import { newItem, type PeopleTab, usePeoplePlace } from './people-place.ts'
import { StaffTab } from './staff-tab.tsx'

const tabs = [
  { value: 'staff', label: 'Staff' },
  { value: 'customers', label: 'Customers' },
] as const satisfies readonly { value: PeopleTab; label: string }[]

/** Who works here, and who buys here. */
export function PeopleScreen() {
  return (
    <OfficeScreen title="People" unread="The people could not be read">
      <People />
    </OfficeScreen>
  )
}

function People() {
  const place = usePeoplePlace()
  const rights = useRights()
  const { data: state } = useNeededQuery<DeviceState>('device', [], () => device.device())
  const { data: catalogue } = useNeededQuery<ShopRecords>('catalogue', ['shop'], () => device.shopRecords())
  const { data: staff } = useNeededQuery<readonly Staff[]>('staff', ['records'], () => listRecords('staff'))
  const kind = place.tab === 'staff' ? 'staff' : 'customer'
  return (
    <OfficeFrame
      title="People"
      actions={
        rights?.mayEdit(kind) && (
          <Key variant="main" icon={<Icon of={UserPlus} />} onPress={() => place.open(newItem)}>
            {place.tab === 'staff' ? 'New person' : 'New customer'}
          </Key>
        )
      }
    >
      <div className="grid gap-3">
        <SegmentedTabs
          as="tabs"
          label="People"
          value={place.tab}
          options={tabs}
          onChange={place.chooseTab}
          className="justify-self-start max-tablet:flex max-tablet:justify-self-stretch"
        />
        {!rights || !state || !catalogue || !staff ? (
          <section className="pane">
            <LoadingState />
          </section>
        ) : place.tab === 'staff' ? (
          <StaffTab staff={staff} stores={catalogue.stores} rights={rights} state={state} place={place} />
        ) : (
          <ReadBoundary title="The customers could not be read">
            <CustomersTab rights={rights} place={place} />
          </ReadBoundary>
        )}
      </div>
    </OfficeFrame>
  )
}
