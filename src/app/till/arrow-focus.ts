import type { KeyboardEvent } from 'react'

const DIRECTIONS: Record<string, readonly [x: number, y: number]> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
}

/** Moves the focus to the nearest button of the container in the arrow's direction: for grids and lists of keys. */
export function moveFocusByArrow(event: KeyboardEvent<HTMLElement>): void {
  const direction = DIRECTIONS[event.key]
  if (!direction || !(event.target instanceof HTMLElement) || event.target.matches('input, textarea')) return
  const from = centreOf(event.target)
  let nearest: { button: HTMLElement; distance: number } | null = null
  for (const button of event.currentTarget.querySelectorAll<HTMLElement>('button')) {
    const to = centreOf(button)
    const along = (to.x - from.x) * direction[0] + (to.y - from.y) * direction[1]
    const across = Math.abs((to.x - from.x) * direction[1]) + Math.abs((to.y - from.y) * direction[0])
    // Straight on before sideways.
    const distance = along + across * 3
    if (along > 1 && (nearest === null || distance < nearest.distance)) nearest = { button, distance }
  }
  if (!nearest) return
  event.preventDefault()
  nearest.button.focus()
}

function centreOf(element: HTMLElement): { x: number; y: number } {
  const box = element.getBoundingClientRect()
  return { x: box.left + box.width / 2, y: box.top + box.height / 2 }
}
