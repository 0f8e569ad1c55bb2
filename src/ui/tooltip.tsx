import { useId, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { AnchoredPopover } from './anchored-popover.tsx'

/** A few words on hover and on focus. Never the only place of something that is needed: touch has no hover. */
export function Tooltip({ text, children }: { text: string; children: ReactNode }) {
  const [isOpen, setOpen] = useState(false)
  const anchor = useRef<HTMLSpanElement>(null)
  const tipId = useId()
  const show = () => setOpen(true)
  const hide = () => setOpen(false)
  return (
    <span
      ref={anchor}
      className="inline-flex"
      aria-describedby={isOpen ? tipId : undefined}
      onPointerEnter={(event) => event.pointerType === 'mouse' && show()}
      onPointerLeave={hide}
      onPointerDown={hide}
      onFocus={(event) => event.target.matches(':focus-visible') && show()}
      onBlur={hide}
      onKeyDown={(event) => event.key === 'Escape' && hide()}
    >
      {children}
      {isOpen && (
        <AnchoredPopover
          anchor={anchor}
          align="center"
          side="above"
          className="tooltip"
          id={tipId}
          role="tooltip"
        >
          {text}
        </AnchoredPopover>
      )}
    </span>
  )
}
