import { Users } from 'lucide-react'
import { useDeferredValue, useMemo, useState } from 'react'
import type { Staff, Store } from '#domain/catalogue.ts'
import { ReadOnlyNote } from '../../app/editing/record-sheet.tsx'
import type { Rights } from '../../app/editing/rights.ts'
import { PHONE, useMedia } from '../../app/till/use-media.ts'
import { Field } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { Select } from '../../ui/select.tsx'
import { EmptyState } from '../../ui/state-views.tsx'
import { Table } from '../../ui/table.tsx'
import type { DeviceState } from '../../worker/api-device.ts'
import type { usePeoplePlace } from './people-place.ts'
import { staffColumns } from './staff-columns.tsx'
import { filterStaff, type StaffFilter } from './staff-filter.ts'
import { OpenStaff } from './staff-sheet.tsx'

const states = [
  { value: 'working', label: 'Working here' },
  { value: 'dismissed', label: 'Dismissed' },
  { value: 'all', label: 'All people' },
] as const

const anyStore = ''

/** Everybody who works here, or did. */
export function StaffTab({
  staff,
  stores: storesAsHeld,
  rights,
  state,
  place,
}: {
  staff: readonly Staff[]
  stores: readonly Store[]
  rights: Rights
  state: DeviceState
  place: ReturnType<typeof usePeoplePlace>
}) {
  const [text, setText] = useState('')
  const [show, setShow] = useState<StaffFilter['state']>('working')
  const [storeId, setStoreId] = useState(anyStore)
  const asked = useDeferredValue(text)
  const isPhone = useMedia(PHONE)
  const { locale } = useLocale()
  const stores = useMemo(() => {
    const { compare } = new Intl.Collator(locale, { numeric: true })
    return storesAsHeld.toSorted((one, other) => compare(one.name, other.name))
  }, [storesAsHeld, locale])
  const storeNames = useMemo(() => new Map(stores.map((store) => [store.storeId, store.name])), [stores])
  const columns = useMemo(() => staffColumns(storeNames, isPhone), [storeNames, isPhone])
  const rows = useMemo(
    () => filterStaff(staff, { text: asked, state: show, storeId: storeId === anyStore ? null : storeId }),
    [staff, asked, show, storeId],
  )
  const reason = rights.reason('staff', 'staff')
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <Field
          label="Find by name"
          hideLabel
          type="search"
          placeholder="Find by name"
          value={text}
          className="min-w-0 flex-1 basis-56 tablet:max-w-80"
          onChange={setText}
        />
        <Select label="Show" look="key" size="touch" value={show} options={states} onChange={setShow} />
        {stores.length > 1 && (
          <Select
            label="Store"
            look="key"
            size="touch"
            value={storeId}
            options={[
              { value: anyStore, label: 'All stores' },
              ...stores.map((store) => ({ value: store.storeId, label: store.name })),
            ]}
            className="min-w-0 max-w-full"
            onChange={setStoreId}
          />
        )}
      </div>
      {reason !== null && <ReadOnlyNote reason={reason} />}
      <section className="pane overflow-hidden" role="tabpanel" aria-label="Staff">
        <Table
          label="Staff"
          columns={columns}
          rows={rows}
          rowKey={(person) => person.staffId}
          initialSort={{ key: 'name', descending: false }}
          onRowPress={(person) => place.open(person.staffId)}
          maxHeight="max(20rem, calc(100dvh - 13rem))"
          empty={
            <EmptyState
              icon={<Icon of={Users} size={24} />}
              title={text.trim() === '' ? 'Nobody here' : `Nobody is called “${text.trim()}”`}
              text={show === 'working' ? 'Who has left is under Dismissed.' : 'Look among all people.'}
            />
          }
        />
      </section>
      <OpenStaff stores={stores} rights={rights} state={state} place={place} />
    </>
  )
}
