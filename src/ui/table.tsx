import { useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { useLocale } from './locale.tsx'
import { sortRows } from './sort-rows.ts'
import type { SortOrder } from './sort-rows.ts'
import { TableFrame } from './table-frame.tsx'
import type { TableLooks } from './table-frame.tsx'

export type { TableColumn } from './table-frame.tsx'

export interface TableProps<R> extends TableLooks<R> {
  rows: readonly R[]
  initialSort?: SortOrder
  /** Tells about a new order; the table sorts by itself where a column has `sortBy`. */
  onSort?: (order: SortOrder) => void
  /** In place of the rows when there are none. */
  empty?: ReactNode
}

export function Table<R>({ rows, initialSort, onSort, empty, ...looks }: TableProps<R>) {
  const { columns, className } = looks
  const { locale } = useLocale()
  const [order, setOrder] = useState(initialSort ?? null)
  const sorted = useMemo(() => {
    const sortBy = columns.find((column) => column.key === order?.key)?.sortBy
    return order && sortBy ? sortRows(rows, sortBy, order.descending, locale) : rows
  }, [rows, columns, order, locale])
  if (rows.length === 0 && empty !== undefined) return <div className={className}>{empty}</div>
  return (
    <TableFrame
      {...looks}
      count={sorted.length}
      rowAt={(index) => sorted[index]}
      order={order}
      onSort={(next) => {
        setOrder(next)
        onSort?.(next)
      }}
    />
  )
}
