import { ArrowDown, ArrowUp } from 'lucide-react'
import { memo, useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import type { SortOrder, SortValue } from './sort-rows.ts'
import { useRowFocus } from './use-row-focus.ts'
import { useRowWindow } from './use-row-window.ts'

/** From here on only the rows in sight are in the page. */
const VIRTUAL_FROM = 200
/** A served list changes with every letter of a search: 199 rows drawn whole took 50 ms. */
const SERVED_VIRTUAL_FROM = 60

export interface TableColumn<R> {
  key: string
  header: ReactNode
  cell: (row: R) => ReactNode
  /** Makes the column sortable. */
  sortBy?: (row: R) => SortValue
  /** Makes the column sortable where somebody else sorts. */
  sorts?: boolean
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

export interface TableLooks<R> {
  /** The spoken name. */
  label: string
  columns: readonly TableColumn<R>[]
  rowKey: (row: R) => string
  onRowPress?: (row: R) => void
  selectedKeys?: ReadonlySet<string>
  /** A full-width row after this one, such as "Airport 1 not heard since 12:52 PM". Small tables only. */
  gapAfter?: (row: R) => ReactNode
  /** Any CSS height; needed for more than 200 rows unless the wrapper's height is set by `className`. */
  maxHeight?: string
  className?: string
}

type FrameProps<R> = TableLooks<R> & {
  count: number
  /** Undefined while the row is on its way. */
  rowAt: (index: number) => R | undefined
  order: SortOrder | null
  onSort: (order: SortOrder) => void
  /** Another value: the rows are others now, and are shown from the first on. */
  listKey?: string
  onWindow?: (start: number, end: number) => void
}

export function TableFrame<R>(props: FrameProps<R>) {
  const { label, columns, count, rowAt, order, onSort, listKey, onWindow, maxHeight, className } = props
  const wrap = useRef<HTMLDivElement>(null)
  const isServed = listKey !== undefined
  const isVirtual = count >= (isServed ? SERVED_VIRTUAL_FROM : VIRTUAL_FROM)
  const { start, end, first, before, after } = useRowWindow(wrap, count, isVirtual)
  const focus = useRowFocus(wrap, { count, start, end, first })
  const press = useLatest(props.onRowPress)
  useEffect(() => onWindow?.(start, end), [onWindow, start, end])
  const lastKey = useRef(listKey)
  useEffect(() => {
    if (lastKey.current !== listKey) wrap.current?.scrollTo({ top: 0 })
    lastKey.current = listKey
  }, [listKey])
  const sort = ({ key, align }: TableColumn<R>) => {
    onSort({ key, descending: order?.key === key ? !order.descending : align === 'end' })
  }
  return (
    <div
      ref={wrap}
      className={classNames('table-wrap', className)}
      style={{ maxHeight: maxHeight ?? (isVirtual && className === undefined ? '70dvh' : undefined) }}
    >
      <table
        className={classNames('table', isVirtual && 'fixed-rows')}
        aria-label={label}
        aria-rowcount={count + 1}
      >
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <HeadCell key={column.key} column={column} order={order} onSort={() => sort(column)} />
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={focus.onKeyDown} onFocus={focus.onFocus}>
          {before > 0 && <Spacer columns={columns.length} height={before} />}
          {Array.from({ length: Math.max(0, end - start) }, (_, place) => {
            const index = start + place
            const row = rowAt(index)
            return (
              <BodyRow
                // A row that is on its way keeps its element, and with it the focus, when it comes.
                key={isServed || row === undefined ? `place ${index}` : props.rowKey(row)}
                row={row}
                index={index}
                columns={columns}
                isSelected={row === undefined ? undefined : props.selectedKeys?.has(props.rowKey(row))}
                gap={row === undefined ? null : props.gapAfter?.(row)}
                press={props.onRowPress && press}
                isTabStop={index === focus.tabStop}
              />
            )
          })}
          {after > 0 && <Spacer columns={columns.length} height={after} />}
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
  const isSortable = column.sortBy !== undefined || column.sorts
  const isSorted = order?.key === column.key
  const sortState = isSorted ? (order.descending ? 'descending' : 'ascending') : 'none'
  const arrow = isSorted && <Icon of={order.descending ? ArrowDown : ArrowUp} size={14} />
  return (
    <th
      scope="col"
      className={column.align}
      style={{ width: column.width }}
      aria-sort={isSortable ? sortState : undefined}
    >
      {isSortable ? (
        <button type="button" onClick={onSort}>
          {column.align === 'end' && arrow}
          {column.header}
          {column.align !== 'end' && arrow}
        </button>
      ) : (
        column.header
      )}
    </th>
  )
}

type BodyRowProps<R> = {
  /** Undefined while it is on its way. */
  row: R | undefined
  index: number
  columns: readonly TableColumn<R>[]
  isSelected: boolean | undefined
  gap: ReactNode
  press: { readonly current: ((row: R) => void) | undefined } | undefined
  isTabStop: boolean
}

/** Drawn anew only when something of the row itself has changed: scrolling draws those that come into sight. */
const BodyRow = memo(function BodyRow<R>(props: BodyRowProps<R>) {
  const { row, index, columns, isSelected, gap, press, isTabStop } = props
  return (
    <>
      <tr
        aria-rowindex={index + 2}
        aria-selected={isSelected}
        tabIndex={press ? (isTabStop ? 0 : -1) : undefined}
        aria-busy={row === undefined || undefined}
        onClick={press && row !== undefined ? () => press.current?.(row) : undefined}
      >
        {columns.map((column) => (
          <td key={column.key} className={cellClass(column)}>
            {row !== undefined && column.cell(row)}
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
}) as <R>(props: BodyRowProps<R>) => ReactNode

function cellClass<R>({ align, strong, unbroken, wraps }: TableColumn<R>): string | undefined {
  return classNames(align, strong && 'strong', unbroken && 'unbroken', wraps && 'wraps') || undefined
}

function Spacer({ columns, height }: { columns: number; height: number }) {
  return (
    <tr className="spacer" aria-hidden="true">
      <td colSpan={columns} style={{ height }} />
    </tr>
  )
}

/** Always the same object, so that rows need not be drawn anew when only the function is another. */
function useLatest<T>(value: T): { readonly current: T } {
  const latest = useRef(value)
  useEffect(() => {
    latest.current = value
  })
  return latest
}
