import { useState } from 'react'
import type { KeyboardEvent, PointerEvent } from 'react'

export interface Pointed {
  /** Which datum the tip is about, null for none. */
  index: number | null
  handlers: {
    onPointerMove: (event: PointerEvent<HTMLElement>) => void
    onPointerDown: (event: PointerEvent<HTMLElement>) => void
    onPointerLeave: (event: PointerEvent<HTMLElement>) => void
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
    onBlur: () => void
  }
}

/** Hover, touch and arrow keys choose one datum of `count`; `indexAt` finds it from x within the plot. */
export function usePointed(count: number, indexAt: (x: number) => number): Pointed {
  const [index, setIndex] = useState<number | null>(null)
  const point = (event: PointerEvent<HTMLElement>) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left
    const at = indexAt(x)
    setIndex(at >= 0 && at < count ? at : null)
  }
  const pressKey = (event: KeyboardEvent<HTMLElement>) => {
    const next = indexAfterKey(index, event.key, count)
    if (next === undefined) return
    event.preventDefault()
    setIndex(next)
  }
  return {
    index: index !== null && index < count ? index : null,
    handlers: {
      onPointerMove: point,
      onPointerDown: point,
      // A finger that lifts leaves the tip standing: it is read after the touch.
      onPointerLeave: (event) => event.pointerType === 'mouse' && setIndex(null),
      onKeyDown: pressKey,
      onBlur: () => setIndex(null),
    },
  }
}

function indexAfterKey(index: number | null, key: string, count: number): number | null | undefined {
  switch (key) {
    case 'ArrowRight':
      return index === null ? 0 : Math.min(count - 1, index + 1)
    case 'ArrowLeft':
      return index === null ? count - 1 : Math.max(0, index - 1)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    case 'Escape':
      return index === null ? undefined : null
    default:
      return undefined
  }
}
