import { useSyncExternalStore } from 'react'

/** Where the order is a bar at the foot and one column is all there is. */
export const PHONE = '(max-width: 37.49rem)'

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query)
      list.addEventListener('change', changed)
      return () => list.removeEventListener('change', changed)
    },
    () => matchMedia(query).matches,
  )
}
