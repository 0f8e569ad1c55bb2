import { useId, useState } from 'react'
import type { ReactNode } from 'react'
import { classNames } from '../class-names.ts'
import { useLocale } from '../locale.tsx'
import { EmptyState, ErrorState, LoadingState } from '../state-views.tsx'
import './charts.css'

export interface ChartTable {
  columns: readonly string[]
  /** The first cell names the row; the rest are figures, already written. */
  rows: readonly (readonly (string | number)[])[]
}

export interface ChartCardProps {
  title: string
  legend?: ReactNode
  /** The same data in words and figures, behind the "Table" link. */
  table?: ChartTable
  state?: 'ready' | 'loading' | 'empty' | 'error' | 'stale'
  /** Empty: what will come. Error: what failed. Stale: since when. */
  message?: ReactNode
  code?: string
  onRetry?: () => void
  /** At the end of the heading, such as a link to all. */
  action?: ReactNode
  children: ReactNode
  className?: string
}

export function ChartCard(props: ChartCardProps) {
  const { title, legend, table, state = 'ready', message, action, children, className } = props
  const { wording } = useLocale()
  const [isTable, setTable] = useState(false)
  const titleId = useId()
  const isDrawn = state === 'ready' || state === 'stale'
  return (
    <section className={classNames('pane chart-card', className)} aria-labelledby={titleId}>
      <div className="chart-head">
        <h2 id={titleId}>{title}</h2>
        {isDrawn && !isTable && legend}
        <div className="chart-side">
          {action}
          {isDrawn && table && (
            <button type="button" className="chart-link" onClick={() => setTable(!isTable)}>
              {isTable ? wording.chart : wording.table}
              <span className="sr-only">: {title}</span>
            </button>
          )}
        </div>
      </div>
      {state === 'stale' && message !== undefined && (
        <p className="chart-note">
          <i className="hatch" aria-hidden="true" />
          {message}
        </p>
      )}
      {isDrawn ? (
        isTable && table ? (
          <DataTable table={table} title={title} />
        ) : (
          children
        )
      ) : (
        <Instead {...props} />
      )}
    </section>
  )
}

function Instead({ state, title, message, code, onRetry }: ChartCardProps) {
  const { wording } = useLocale()
  if (state === 'loading') return <LoadingState />
  if (state === 'empty') return <EmptyState title={wording.nothingYet} text={message} />
  return (
    <ErrorState
      title={message ?? title}
      {...(code === undefined ? {} : { code })}
      {...(onRetry === undefined ? {} : { onRetry })}
    />
  )
}

function DataTable({ table, title }: { table: ChartTable; title: string }) {
  return (
    <div className="table-wrap max-h-96" tabIndex={0} role="region" aria-label={title}>
      <table className="table">
        <thead>
          <tr>
            {table.columns.map((column, index) => (
              <th key={column} scope="col" className={index > 0 ? 'end' : undefined}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, rowIndex) => (
            <tr key={rowIndex}>
              {row.map((cell, index) => (
                <td key={index} className={index > 0 ? 'end' : undefined}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
