import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'

/** Drawn this far before it comes into sight. */
const AHEAD_PX = 300

/**
 * A piece of a long page that is drawn only while it is near what is in sight. Elsewhere it keeps its room: as high as it
 * was last, or about `estimatePx`. What has the focus stays.
 */
export function NearView({
  estimatePx,
  className,
  children,
}: {
  estimatePx: number
  className?: string
  children: ReactNode
}) {
  const box = useRef<HTMLDivElement>(null)
  /** Null while it is drawn. */
  const [roomPx, setRoomPx] = useState<number | null>(estimatePx)
  useEffect(() => {
    const element = box.current
    if (element === null) return
    const observer = new IntersectionObserver(
      (changes) => {
        const seen = changes.at(-1)
        if (seen?.isIntersecting) setRoomPx(null)
        else if (seen && !element.contains(document.activeElement))
          setRoomPx((before) => before ?? seen.boundingClientRect.height)
      },
      { rootMargin: `${AHEAD_PX}px` },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return (
    <div ref={box} className={className} style={roomPx === null ? undefined : { height: roomPx }}>
      {roomPx === null && children}
    </div>
  )
}
