import { useMemo, useState } from 'react'
import { Key } from '../../ui/key.tsx'
import { Pane } from '../../ui/pane.tsx'
import { Table, type TableColumn } from '../../ui/table.tsx'
import type { ImportPreview } from '../../worker/api-office.ts'
import { fields } from './fields.ts'

type Row = { readonly key: string; readonly cells: readonly string[] }

/** The first rows as they stand in the file, with what each column is taken for. */
export function SamplePane({ preview }: { preview: ImportPreview }) {
  const { header, mapping, sampleRows } = preview
  const [showsAll, setShowsAll] = useState(false)
  const meanings = useMemo(
    () =>
      header.map((name) => fields.find(({ field }) => mapping[field]?.trim() === name.trim())?.label ?? null),
    [header, mapping],
  )
  const unused = meanings.filter((meaning) => meaning === null).length
  const isWhole = showsAll || unused === header.length
  const columns = header.flatMap((name, index): TableColumn<Row>[] => {
    const meaning = meanings[index] ?? null
    if (meaning === null && !isWhole) return []
    return [
      {
        key: String(index),
        header: (
          <span className="grid gap-0.5 py-1.5">
            <span className={meaning === null ? undefined : 'font-label text-ink'}>
              {meaning ?? 'Not used'}
            </span>
            <span className="text-xs text-ink-3">{name.trim()}</span>
          </span>
        ),
        cell: ({ cells }) => <span dir="auto">{cells[index]}</span>,
        unbroken: true,
      },
    ]
  })
  const rows = sampleRows.map((cells, index): Row => ({ key: String(index), cells }))
  return (
    <Pane
      title="First rows"
      className="max-wide:order-5"
      action={
        unused > 0 && unused < header.length ? (
          <Key size="small" onPress={() => setShowsAll(!showsAll)}>
            {showsAll ? 'Used columns only' : `All ${header.length} columns`}
          </Key>
        ) : undefined
      }
    >
      <Table
        label="First rows of the file"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.key}
        empty={<p className="py-4 text-sm text-ink-2">The file has a heading and no rows.</p>}
      />
    </Pane>
  )
}
