import { useEffect, useRef } from 'react'

/** Nothing to see; tells once when it is about to come into sight. One that is to tell again needs another `key`. */
export function ComingNear({ onNear }: { onNear: () => void }) {
  const mark = useRef<HTMLElement>(null)
  const tell = useRef(onNear)
  useEffect(() => {
    tell.current = onNear
  })
  useEffect(() => {
    const observer = new IntersectionObserver(([seen]) => seen?.isIntersecting && tell.current(), {
      rootMargin: '600px',
    })
    if (mark.current) observer.observe(mark.current)
    return () => observer.disconnect()
  }, [])
  return <i ref={mark} aria-hidden="true" />
}
