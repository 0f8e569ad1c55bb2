import type { SortOrder } from './sort-rows.ts'
import { TableFrame } from './table-frame.tsx'
import type { TableLooks } from './table-frame.tsx'

export interface ServedRows<R> {
  /** Of the whole list; the scroll bar is true to it. */
  total: number
  /** Undefined while the row is on its way. */
  rowAt: (index: number) => R | undefined
  /** Another list has another key, and is shown from its first row on. */
  listKey: string
  /** Called with the rows that are wanted, from `start` up to but without `end`. */
  onWindow: (start: number, end: number) => void
}

export interface ServedTableProps<R> extends TableLooks<R> {
  rows: ServedRows<R>
  order: SortOrder
  onSort: (order: SortOrder) => void
}

/** A table of any length: somebody else finds and sorts, and hands over the rows in sight. */
export function ServedTable<R>({ rows, ...props }: ServedTableProps<R>) {
  return <TableFrame {...props} {...rows} count={rows.total} />
}
