import { useMemo, useState } from 'react'
import type { Store } from '#domain/catalogue.ts'
import { RecordOpener } from '../../app/editing/record-opener.tsx'
import { PHONE, useMedia } from '../../app/till/use-media.ts'
import { Field } from '../../ui/field.tsx'
import { Pane } from '../../ui/pane.tsx'
import { EmptyState } from '../../ui/state-views.tsx'
import { Table, type TableColumn } from '../../ui/table.tsx'
import { StoreSheet } from './store-sheet.tsx'
import type { Shop } from './use-shop.ts'
import { zoneName } from './zone-options.ts'

const manyStores = 12

/** Every store opens to be edited. */
export function StoresPane({ stores, rights, place }: Pick<Shop, 'stores' | 'rights' | 'place'>) {
  const [text, setText] = useState('')
  const isPhone = useMedia(PHONE)
  const columns = useMemo(() => columnsOf(isPhone), [isPhone])
  const rows = useMemo(() => {
    const wanted = text.trim().toLocaleLowerCase()
    return stores.filter(({ name, address }) => `${name} ${address}`.toLocaleLowerCase().includes(wanted))
  }, [stores, text])
  const opened = stores.find(({ storeId }) => storeId === place.item)
  return (
    <Pane title="Stores">
      <div className="grid gap-2">
        {stores.length > manyStores && (
          <Field
            label="Find a store"
            hideLabel
            type="search"
            placeholder="Find a store"
            value={text}
            onChange={setText}
          />
        )}
        <div className="-mx-2.5">
          <Table
            label="Stores"
            columns={columns}
            rows={rows}
            rowKey={({ storeId }) => storeId}
            initialSort={{ key: 'name', descending: false }}
            onRowPress={({ storeId }) => place.open(storeId)}
            maxHeight="24rem"
            empty={<EmptyState title="No store is called that" />}
          />
        </div>
      </div>
      {opened && (
        <RecordOpener
          key={opened.storeId}
          kind="store"
          id={opened.storeId}
          noun="store"
          onClose={place.close}
        >
          {(record, latest) => <StoreSheet opened={record} latest={latest} rights={rights} place={place} />}
        </RecordOpener>
      )}
    </Pane>
  )
}

function columnsOf(isPhone: boolean): readonly TableColumn<Store>[] {
  const columns: TableColumn<Store>[] = [
    {
      key: 'name',
      header: 'Name',
      cell: ({ name }) => <bdi className="font-label">{name}</bdi>,
      sortBy: ({ name }) => name,
      wraps: true,
    },
    {
      key: 'prices',
      header: 'Prices',
      cell: ({ pricing }) => (
        <span>{`${pricing.currency.code}, tax ${pricing.taxMode === 'inclusive' ? 'included' : 'added'}`}</span>
      ),
      sortBy: ({ pricing }) => `${pricing.currency.code} ${pricing.taxMode}`,
      wraps: true,
    },
  ]
  if (!isPhone)
    columns.push({
      key: 'zone',
      header: 'Time zone',
      cell: ({ timeZone }) => <span>{zoneName(timeZone)}</span>,
      sortBy: ({ timeZone }) => zoneName(timeZone),
      wraps: true,
    })
  return columns
}
