import { useLayoutEffect, useRef, useState } from 'react'
import type { FocusEvent, KeyboardEvent, RefObject } from 'react'

type Rows = {
  readonly count: number
  readonly start: number
  readonly end: number
  /** The first row in sight. */
  readonly first: number
}

/**
 * The rows of a table are one stop of the Tab key; from there the arrows, Page, Home and End go to any of them, also to
 * one that is not in the page yet.
 */
export function useRowFocus(wrap: RefObject<HTMLElement | null>, { count, start, end, first }: Rows) {
  const [current, setCurrent] = useState(0)
  const wanted = useRef<number | null>(null)
  const tabStop = current >= start && current < end ? current : first

  useLayoutEffect(() => {
    if (wanted.current === null) return
    const row = rowOf(wrap.current, wanted.current)
    if (row === null) return
    wanted.current = null
    row.focus({ preventScroll: true })
    row.scrollIntoView({ block: 'nearest' })
  })

  const onFocus = (event: FocusEvent) => {
    const index = indexOf(event.target)
    if (index !== null) setCurrent(index)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const from = indexOf(event.target as Element)
    if (from === null) return
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      ;(event.target as HTMLElement).click()
      return
    }
    const to = target(event.key, from, count, wrap.current)
    if (to === null) return
    event.preventDefault()
    wanted.current = to
    scrollTo(wrap.current, event.target as HTMLElement, to - from)
    setCurrent(to)
  }
  return { tabStop, onFocus, onKeyDown }
}

function target(key: string, from: number, count: number, wrap: HTMLElement | null): number | null {
  const page = Math.max(1, Math.floor((wrap?.clientHeight ?? 0) / rowHeight(wrap)) - 2)
  const to = { ArrowDown: from + 1, ArrowUp: from - 1, PageDown: from + page, PageUp: from - page }[key]
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  return to === undefined ? null : Math.max(0, Math.min(count - 1, to))
}

/** Near enough that the row comes into the page; it is brought wholly into sight once it is there. */
function scrollTo(wrap: HTMLElement | null, row: HTMLElement, rows: number): void {
  if (wrap === null || Math.abs(rows) <= 1) return
  wrap.scrollTop = row.offsetTop + rows * row.offsetHeight - wrap.clientHeight / 2
}

function rowHeight(wrap: HTMLElement | null): number {
  return wrap?.querySelector<HTMLElement>('tbody tr[aria-rowindex]')?.offsetHeight || 36
}

function rowOf(wrap: HTMLElement | null, index: number): HTMLElement | null {
  return wrap?.querySelector<HTMLElement>(`tbody tr[aria-rowindex="${index + 2}"]`) ?? null
}

/** Null where the event is of something in the row, not of the row. */
function indexOf(element: Element): number | null {
  const index = element.matches('tbody tr[tabindex]') ? element.getAttribute('aria-rowindex') : null
  return index === null ? null : Number(index) - 2
}
