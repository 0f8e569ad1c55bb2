import { useEffect, useState, useSyncExternalStore } from 'react'
import type { RefObject } from 'react'

const FINE_ROW_PX = 36
const COARSE_ROW_PX = 48
const OVERSCAN = 4
/** Scrolling draws rows by the step, not one by one. */
const STEP_ROWS = 4
/** Until the height is known: most of what a screen shows; the rest comes with the next frame. */
const FIRST_ROWS = 20

export interface RowWindow {
  start: number
  end: number
  /** The first in sight. */
  first: number
  /** Heights in pixels of what is left out before and after. */
  before: number
  after: number
}

/**
 * Which rows of a long table are in sight, when enabled. Rows there have one fixed height, so their places are a division;
 * the state changes only when another row comes into sight, not with every scrolled pixel.
 */
export function useRowWindow(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  enabled: boolean,
): RowWindow {
  const rowPx = useSyncExternalStore(subscribeToPointer, currentRowPx)
  const [seen, setSeen] = useState({ first: 0, rows: FIRST_ROWS })

  useEffect(() => {
    const element = scroller.current
    if (element === null || !enabled) return
    const look = () => {
      const first = Math.floor(element.scrollTop / rowPx / STEP_ROWS) * STEP_ROWS
      const rows = Math.ceil(element.clientHeight / rowPx) + 1
      setSeen((last) => (last.first === first && last.rows === rows ? last : { first, rows }))
    }
    const observer = new ResizeObserver(look)
    observer.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [scroller, rowPx, enabled])

  return enabled
    ? rowWindow(seen.first, seen.rows, count, rowPx)
    : { start: 0, end: count, first: 0, before: 0, after: 0 }
}

export function rowWindow(first: number, rows: number, count: number, rowPx: number): RowWindow {
  const start = Math.max(0, Math.min(first, count - rows) - OVERSCAN)
  const end = Math.min(count, Math.max(0, first) + rows + OVERSCAN)
  return {
    start,
    end,
    first: Math.max(start, Math.min(first, end - 1)),
    before: start * rowPx,
    after: (count - end) * rowPx,
  }
}

function currentRowPx(): number {
  return coarsePointer().matches ? COARSE_ROW_PX : FINE_ROW_PX
}

function coarsePointer(): MediaQueryList {
  return matchMedia('(pointer: coarse)')
}

function subscribeToPointer(onChange: () => void): () => void {
  const query = coarsePointer()
  query.addEventListener('change', onChange)
  return () => query.removeEventListener('change', onChange)
}
