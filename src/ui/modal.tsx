import { useLayoutEffect, useRef } from 'react'
import type { MouseEvent, ReactNode, SyntheticEvent } from 'react'

/**
 * A native modal dialog while mounted: the browser keeps the focus inside, makes the rest inert, closes on Escape and gives
 * the focus back. `locked` ignores Escape and the backdrop.
 */
export function Modal({
  labelledBy,
  locked,
  className,
  onClose,
  children,
}: {
  labelledBy: string
  locked: boolean
  className: string
  onClose: () => void
  children: ReactNode
}) {
  const dialog = useRef<HTMLDialogElement>(null)

  useLayoutEffect(() => {
    const element = dialog.current
    if (element === null) return
    const before = document.activeElement
    element.showModal()
    const wanted = element.querySelector<HTMLElement>('[data-autofocus]')
    if (wanted) wanted.focus()
    return () => {
      element.close()
      giveFocusBack(before)
      // Where its row changes place in the same go, the browser takes the focus away once more.
      queueMicrotask(() => {
        if (document.activeElement === document.body) giveFocusBack(before)
      })
    }
  }, [])

  const cancel = (event: SyntheticEvent<HTMLDialogElement>) => {
    if (event.target !== event.currentTarget) return
    event.preventDefault()
    if (!locked) onClose()
  }
  const pressBackdrop = (event: MouseEvent<HTMLDialogElement>) => {
    if (event.target === event.currentTarget && !locked) onClose()
  }
  // A browser may close on a second Escape without asking; a state that says "open" must hear of it.
  const closed = (event: SyntheticEvent<HTMLDialogElement>) => {
    if (event.target !== event.currentTarget || event.currentTarget.open) return
    if (locked) event.currentTarget.showModal()
    else onClose()
  }

  return (
    <dialog
      ref={dialog}
      className={className}
      aria-labelledby={labelledBy}
      onCancel={cancel}
      onClose={closed}
      onMouseDown={pressBackdrop}
    >
      {children}
    </dialog>
  )
}

function giveFocusBack(to: Element | null): void {
  if (to instanceof HTMLElement && to.isConnected) to.focus()
}
