import { UserRound } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { Customer } from '#domain/catalogue.ts'
import { device } from '../../app/device.ts'
import { ReadOnlyNote } from '../../app/editing/record-sheet.tsx'
import type { Rights } from '../../app/editing/rights.ts'
import { PHONE, useMedia } from '../../app/till/use-media.ts'
import { useServedRows } from '../../app/use-served-rows.ts'
import { Field } from '../../ui/field.tsx'
import { formatNumber } from '../../ui/format.ts'
import { Icon } from '../../ui/icon.tsx'
import { useLocale } from '../../ui/locale.tsx'
import { ServedTable } from '../../ui/served-table.tsx'
import { EmptyState, LoadingState } from '../../ui/state-views.tsx'
import type { TableColumn } from '../../ui/table.tsx'
import type { CustomerQuery, CustomerSortKey } from '../../worker/api-lists.ts'
import { OpenCustomer } from './customer-sheet.tsx'
import type { usePeoplePlace } from './people-place.ts'

const listCustomers = (query: CustomerQuery, offset: number, limit: number) =>
  device.listCustomers(query, offset, limit)

/** Everybody who is known by name; ten thousand are searched and scrolled without a wait. */
export function CustomersTab({
  rights,
  place,
}: {
  rights: Rights
  place: ReturnType<typeof usePeoplePlace>
}) {
  const { locale } = useLocale()
  const [text, setText] = useState('')
  const [order, setOrder] = useState<CustomerQuery['order']>({ key: 'name', descending: false })
  const query = { text: text.trim(), order, locale }
  const all = useServedRows('catalogue', 'customers', { ...query, text: '' }, listCustomers)
  const rows = useServedRows('catalogue', 'customers', query, listCustomers)
  const isPhone = useMedia(PHONE)
  const columns = useMemo(() => customerColumns(isPhone), [isPhone])
  const reason = rights.reason('customer', 'customers')
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Field
          label="Find by name, phone or e-mail"
          hideLabel
          type="search"
          placeholder="Name, phone or e-mail"
          value={text}
          className="min-w-0 flex-1 basis-56 tablet:max-w-100"
          onChange={setText}
        />
        <p className="text-sm text-ink-2" role="status">
          {text.trim() !== '' && rows && `${formatNumber(rows.total, locale)} of `}
          {all && `${formatNumber(all.total, locale)} ${all.total === 1 ? 'customer' : 'customers'}`}
        </p>
      </div>
      {reason !== null && <ReadOnlyNote reason={reason} />}
      <section className="pane overflow-hidden" role="tabpanel" aria-label="Customers">
        {rows === null ? (
          <LoadingState />
        ) : rows.total === 0 ? (
          <EmptyState
            icon={<Icon of={UserRound} size={24} />}
            title={text.trim() === '' ? 'No customers yet' : 'Nobody found'}
            text={
              text.trim() === ''
                ? 'Whom you add here is known at every register.'
                : 'Try the beginning of a name, or a part of the phone number.'
            }
          />
        ) : (
          <ServedTable
            label="Customers"
            columns={columns}
            rows={rows}
            rowKey={(customer) => customer.customerId}
            order={order}
            onSort={({ key, descending }) => setOrder({ key: key as CustomerSortKey, descending })}
            onRowPress={(customer) => place.open(customer.customerId)}
            maxHeight="max(20rem, calc(100dvh - 13rem))"
          />
        )}
      </section>
      <OpenCustomer rights={rights} place={place} />
    </>
  )
}

function customerColumns(isPhone: boolean): readonly TableColumn<Customer>[] {
  const columns: TableColumn<Customer>[] = [
    {
      key: 'name',
      header: 'Name',
      cell: ({ name, phone, email }) => (
        <span className="font-label">
          <bdi>{name}</bdi>
          {isPhone && (
            <small className="block text-xs font-normal text-ink-2">
              <bdi>{phone ?? email ?? 'Neither phone nor e-mail'}</bdi>
            </small>
          )}
        </span>
      ),
      sorts: true,
      wraps: true,
    },
  ]
  if (isPhone) return columns
  return [
    ...columns,
    {
      key: 'phone',
      header: 'Phone',
      cell: ({ phone }) => phone !== null && <bdi dir="ltr">{phone}</bdi>,
      sorts: true,
      width: '12rem',
      unbroken: true,
    },
    {
      key: 'email',
      header: 'E-mail',
      cell: ({ email }) => email !== null && <bdi>{email}</bdi>,
      sorts: true,
    },
  ]
}
