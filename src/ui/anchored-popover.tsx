import { useEffect, useLayoutEffect, useRef } from 'react'
import type { ReactNode, RefObject } from 'react'
import { classNames } from './class-names.ts'

const GAP_PX = 6
const EDGE_PX = 8

/**
 * A native popover beside its anchor while mounted, in the top layer. A press elsewhere than on it or its anchor calls
 * `onPressElsewhere`. It is rendered next to its trigger, so that it works inside modal dialogs, too.
 */
export function AnchoredPopover({
  anchor,
  align = 'start',
  side = 'below',
  className,
  onPressElsewhere,
  children,
  ...rest
}: {
  anchor: RefObject<HTMLElement | null>
  align?: 'start' | 'center' | 'end'
  side?: 'above' | 'below'
  className?: string
  onPressElsewhere?: () => void
  children: ReactNode
  id?: string
  role?: string
  'aria-label'?: string
}) {
  const popover = useRef<HTMLDivElement>(null)

  useLayoutEffect(() => {
    const element = popover.current
    if (element === null) return
    element.showPopover()
    const place = () => {
      if (anchor.current) placeBeside(element, anchor.current, align, side)
    }
    place()
    const observer = new ResizeObserver(place)
    observer.observe(element)
    addEventListener('scroll', place, { capture: true, passive: true })
    addEventListener('resize', place)
    return () => {
      observer.disconnect()
      removeEventListener('scroll', place, { capture: true })
      removeEventListener('resize', place)
      if (element.matches(':popover-open')) element.hidePopover()
    }
  }, [anchor, align, side])

  const pressElsewhere = useRef(onPressElsewhere)
  useEffect(() => {
    pressElsewhere.current = onPressElsewhere
  })
  useEffect(() => {
    const press = (event: PointerEvent) => {
      const isInside = [popover, anchor].some((box) => box.current?.contains(event.target as Node))
      if (!isInside) pressElsewhere.current?.()
    }
    addEventListener('pointerdown', press, { capture: true })
    return () => removeEventListener('pointerdown', press, { capture: true })
  }, [anchor])

  return (
    <div {...rest} ref={popover} popover="manual" className={classNames('popover', className)}>
      {children}
    </div>
  )
}

function placeBeside(
  element: HTMLElement,
  anchor: HTMLElement,
  align: 'start' | 'center' | 'end',
  side: 'above' | 'below',
): void {
  const at = anchor.getBoundingClientRect()
  const width = element.offsetWidth
  const height = element.offsetHeight
  const isRightToLeft = getComputedStyle(anchor).direction === 'rtl'
  const fromLeft = align === 'center' ? null : (align === 'start') !== isRightToLeft
  const wantedLeft =
    fromLeft === null ? at.left + (at.width - width) / 2 : fromLeft ? at.left : at.right - width
  const above = at.top - height - GAP_PX
  const below = at.bottom + GAP_PX
  const fitsAbove = above >= EDGE_PX
  const fitsBelow = below + height <= innerHeight - EDGE_PX
  const isBelow = side === 'below' ? fitsBelow || !fitsAbove : !fitsAbove
  element.style.left = `${clamp(wantedLeft, EDGE_PX, innerWidth - width - EDGE_PX)}px`
  element.style.top = `${clamp(isBelow ? below : above, EDGE_PX, innerHeight - height - EDGE_PX)}px`
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high))
}
