import { useEffect, useRef, useState } from 'react'

/**
 * How many of a long list's items to draw: some at first, as many again whenever the end of them (`sentinel`, after the last
 * one) comes near. Another list begins anew.
 */
export function useGrowingCount(list: unknown, atOnce: number) {
  const [grown, setGrown] = useState({ list, shown: atOnce })
  const sentinel = useRef<HTMLElement>(null)
  const shown = grown.list === list ? grown.shown : atOnce

  useEffect(() => {
    const element = sentinel.current
    if (element === null) return
    const observer = new IntersectionObserver(
      ([seen]) => {
        if (seen?.isIntersecting) setGrown({ list, shown: shown + atOnce })
      },
      { rootMargin: '600px' },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [list, shown, atOnce])

  return { shown, sentinel }
}
