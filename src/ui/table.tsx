import { ArrowDown, ArrowUp } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import { useLocale } from './locale.tsx'
import { sortRows } from './sort-rows.ts'
import type { SortOrder, SortValue } from './sort-rows.ts'
import { useRowWindow } from './use-row-window.ts'

/** From here on only the rows in sight are in the page. */
const VIRTUAL_FROM = 200

export interface TableColumn<R> {
  key: string
  header: ReactNode
  cell: (row: R) => ReactNode
  /** Makes the column sortable. */
  sortBy?: (row: R) => SortValue
  /** Figures stand at the end. */
  align?: 'start' | 'end'
  /** Any CSS width. */
  width?: string
  /** The heavier weight of totals. */
  strong?: boolean
  /** Numbers, codes and times never break over two lines. */
  unbroken?: boolean
  /** Over two lines where rows have a fixed height, so that a name is not cut: the cell is one element. */
  wraps?: boolean
  footer?: ReactNode
}

export interface TableProps<R> {
  /** The spoken name. */
  label: string
  columns: readonly TableColumn<R>[]
  rows: readonly R[]
  rowKey: (row: R) => string
  initialSort?: SortOrder
  /** Tells about a new order; the table sorts by itself where a column has `sortBy`. */
  onSort?: (order: SortOrder) => void
  onRowPress?: (row: R) => void
  selectedKeys?: ReadonlySet<string>
  /** A full-width row after this one, such as "Airport 1 not heard since 12:52 PM". Small tables only. */
  gapAfter?: (row: R) => ReactNode
  /** In place of the rows when there are none. */
  empty?: ReactNode
  /** Any CSS height; needed for more than 200 rows unless the wrapper's height is set by `className`. */
  maxHeight?: string
  className?: string
}

export function Table<R>(props: TableProps<R>) {
  const { label, columns, rows, rowKey, initialSort, onSort, empty, maxHeight, className } = props
  const { locale } = useLocale()
  const [order, setOrder] = useState(initialSort ?? null)
  const wrap = useRef<HTMLDivElement>(null)
  const sorted = useMemo(() => {
    const sortBy = columns.find((column) => column.key === order?.key)?.sortBy
    return order && sortBy ? sortRows(rows, sortBy, order.descending, locale) : rows
  }, [rows, columns, order, locale])

  const isVirtual = rows.length >= VIRTUAL_FROM
  const window = useRowWindow(wrap, sorted.length, isVirtual)
  const visible = sorted.slice(window.start, window.end)
  const sort = (column: TableColumn<R>) => {
    const isSame = order?.key === column.key
    const next = { key: column.key, descending: isSame ? !order.descending : column.align === 'end' }
    setOrder(next)
    onSort?.(next)
  }

  if (rows.length === 0 && empty !== undefined) return <div className={className}>{empty}</div>
  return (
    <div
      ref={wrap}
      className={classNames('table-wrap', className)}
      style={{ maxHeight: maxHeight ?? (isVirtual && className === undefined ? '70dvh' : undefined) }}
    >
      <table
        className={classNames('table', isVirtual && 'fixed-rows')}
        aria-label={label}
        aria-rowcount={rows.length + 1}
      >
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <HeadCell key={column.key} column={column} order={order} onSort={() => sort(column)} />
            ))}
          </tr>
        </thead>
        <tbody>
          {window.before > 0 && <Spacer columns={columns.length} height={window.before} />}
          {visible.map((row, index) => (
            <BodyRow key={rowKey(row)} {...props} row={row} rowIndex={window.start + index + 2} />
          ))}
          {window.after > 0 && <Spacer columns={columns.length} height={window.after} />}
        </tbody>
        {columns.some((column) => column.footer !== undefined) && (
          <tfoot>
            <tr>
              {columns.map((column) => (
                <td key={column.key} className={column.align}>
                  {column.footer}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  )
}

function HeadCell<R>({
  column,
  order,
  onSort,
}: {
  column: TableColumn<R>
  order: SortOrder | null
  onSort: () => void
}) {
  const isSorted = order?.key === column.key
  const sortState = isSorted ? (order.descending ? 'descending' : 'ascending') : 'none'
  return (
    <th
      scope="col"
      className={column.align}
      style={{ width: column.width }}
      aria-sort={column.sortBy ? sortState : undefined}
    >
      {column.sortBy ? (
        <button type="button" onClick={onSort}>
          {isSorted && column.align === 'end' && (
            <Icon of={order.descending ? ArrowDown : ArrowUp} size={14} />
          )}
          {column.header}
          {isSorted && column.align !== 'end' && (
            <Icon of={order.descending ? ArrowDown : ArrowUp} size={14} />
          )}
        </button>
      ) : (
        column.header
      )}
    </th>
  )
}

function BodyRow<R>({
  row,
  rowIndex,
  columns,
  rowKey,
  onRowPress,
  selectedKeys,
  gapAfter,
}: TableProps<R> & { row: R; rowIndex: number }) {
  const gap = gapAfter?.(row)
  const press = onRowPress && (() => onRowPress(row))
  return (
    <>
      <tr
        aria-rowindex={rowIndex}
        aria-selected={selectedKeys?.has(rowKey(row))}
        tabIndex={press ? 0 : undefined}
        onClick={press}
        onKeyDown={press && ((event) => handleRowKey(event, press))}
      >
        {columns.map((column) => (
          <td
            key={column.key}
            className={
              classNames(
                column.align,
                column.strong && 'strong',
                column.unbroken && 'unbroken',
                column.wraps && 'wraps',
              ) || undefined
            }
          >
            {column.cell(row)}
          </td>
        ))}
      </tr>
      {gap !== undefined && gap !== null && (
        <tr className="gap">
          <td colSpan={columns.length}>{gap}</td>
        </tr>
      )}
    </>
  )
}

function Spacer({ columns, height }: { columns: number; height: number }) {
  return (
    <tr className="spacer" aria-hidden="true">
      <td colSpan={columns} style={{ height }} />
    </tr>
  )
}

function handleRowKey(event: KeyboardEvent<HTMLTableRowElement>, press: () => void): void {
  const row = event.currentTarget
  if (event.target !== row) return
  if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault()
    press()
  } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    const next = event.key === 'ArrowDown' ? row.nextElementSibling : row.previousElementSibling
    if (next instanceof HTMLElement && next.tabIndex === 0) {
      event.preventDefault()
      next.focus()
    }
  }
}
