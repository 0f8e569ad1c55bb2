import { Download, Search } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { RankedRow } from '#domain/report.ts'
import { PHONE, useMedia } from '../../app/till/use-media.ts'
import { Delta } from '../../ui/delta.tsx'
import { Field } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Key } from '../../ui/key.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { Table, type TableColumn } from '../../ui/table.tsx'
import type { RankingKind } from './comparison.ts'
import { saveCsv } from './csv.ts'
import { csvName, hasOrders, rankingCsv, rankingWords, rowName } from './tables.ts'
import type { View } from './use-view.ts'
import { rangeWords } from './words.ts'

type NamedRow = RankedRow & { readonly name: string }

/** A whole ranking: sorts, is searched, and is saved as a file. */
export function AllRows({ view, kind, onClose }: { view: View; kind: RankingKind; onClose: () => void }) {
  const [text, setText] = useState('')
  const { filters, formats } = view
  const rows = useMemo(() => {
    const wanted = text.trim().toLocaleLowerCase()
    return view.report[kind]
      .map((row): NamedRow => ({ ...row, name: rowName(view, kind, row) }))
      .filter((row) => row.name.toLocaleLowerCase().includes(wanted))
  }, [view, kind, text])
  const isPhone = useMedia(PHONE)
  const columns = useMemo(() => columnsOf(view, kind, isPhone), [view, kind, isPhone])
  return (
    <Sheet
      open
      onClose={onClose}
      title={`${rankingWords[kind].title}, ${rangeWords(filters, formats).toLowerCase()}`}
      className="tablet:w-[min(720px,92vw)]"
      headerEnd={
        <Key
          size="small"
          icon={<Icon of={Download} size={16} />}
          onPress={() => saveCsv(csvName(view, kind), rankingCsv(view, kind))}
        >
          CSV
        </Key>
      }
    >
      <div className="grid gap-3">
        {view.report[kind].length > 12 && (
          <Field
            label="Find by name"
            hideLabel
            type="search"
            placeholder="Find by name"
            icon={<Icon of={Search} size={20} />}
            value={text}
            onChange={setText}
          />
        )}
        <Table
          label={rankingWords[kind].title}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.id}
          initialSort={{ key: 'net', descending: true }}
          empty={<p className="py-8 text-center text-ink-2">No name contains “{text}”.</p>}
          maxHeight="calc(100dvh - 12rem)"
        />
      </div>
    </Sheet>
  )
}

/** On phones the names get the room of the units: those are in the file. */
function columnsOf(
  { formats, comparison, rowChange }: View,
  kind: RankingKind,
  isPhone: boolean,
): TableColumn<NamedRow>[] {
  const changeOf = rowChange(kind)
  const columns: TableColumn<NamedRow>[] = [
    {
      key: 'name',
      header: rankingWords[kind].one,
      cell: (row) => <span dir="auto">{row.name}</span>,
      sortBy: (row) => row.name,
      wraps: true,
    },
    {
      key: 'net',
      header: 'Net sales',
      cell: (row) => formats.money(row.netMinor),
      sortBy: (row) => row.netMinor,
      align: 'end',
      strong: true,
      width: '7.25rem',
    },
  ]
  if (!isPhone)
    columns.push({
      key: 'units',
      header: 'Units',
      cell: (row) => formats.units(row.unitsMilli),
      sortBy: (row) => row.unitsMilli,
      align: 'end',
      width: '6rem',
    })
  if (hasOrders(kind))
    columns.push({
      key: 'orders',
      header: 'Orders',
      cell: (row) => formats.count(row.orders),
      sortBy: (row) => row.orders,
      align: 'end',
      width: '6rem',
    })
  if (comparison && comparison.until.kind !== 'hour')
    columns.push({
      key: 'change',
      header: 'Change',
      cell: (row) => {
        const change = changeOf(row)
        return change === null ? <span className="text-ink-3">new</span> : <Delta ratio={change} />
      },
      sortBy: (row) => changeOf(row) ?? Infinity,
      align: 'end',
      width: '6rem',
    })
  return columns
}
