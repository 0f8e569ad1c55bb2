import { Fragment } from 'react'
import type { ReactNode } from 'react'
import { NearView } from './near-view.tsx'

/** From here on only the rows near what is in sight are in the page. */
export const LONG_FROM = 60
const BLOCK_ROWS = 8

/** A list in the flow of the page, of rows of any height; a long one is drawn by the block as it comes near. */
export function LongList<R>({
  rows,
  rowKey,
  rowPx,
  className,
  blockClassName,
  children,
}: {
  rows: readonly R[]
  rowKey: (row: R) => string
  /** About how high a row is. */
  rowPx: number
  className?: string
  /** Of a block within a long list, where the looks of its first and last row must be mended. */
  blockClassName?: string
  children: (row: R) => ReactNode
}) {
  const listOf = (part: readonly R[]) => (
    <ul className={className}>
      {part.map((row) => (
        <Fragment key={rowKey(row)}>{children(row)}</Fragment>
      ))}
    </ul>
  )
  if (rows.length < LONG_FROM) return listOf(rows)
  return (
    <div className={className}>
      {Array.from({ length: Math.ceil(rows.length / BLOCK_ROWS) }, (_, place) => {
        const part = rows.slice(place * BLOCK_ROWS, (place + 1) * BLOCK_ROWS)
        return (
          <NearView
            key={place}
            estimatePx={part.length * rowPx}
            {...(blockClassName && { className: blockClassName })}
          >
            {listOf(part)}
          </NearView>
        )
      })}
    </div>
  )
}
