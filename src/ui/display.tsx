import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

/** The dark pane with the one amount that matters. One per screen. */
export function Display({
  label,
  aside,
  children,
  className,
  live = false,
}: {
  label?: ReactNode
  aside?: ReactNode
  children: ReactNode
  className?: string
  /** Speaks the amount when it changes. */
  live?: boolean
}) {
  return (
    <section className={classNames('display', className)} aria-live={live ? 'polite' : undefined}>
      {(label !== undefined || aside !== undefined) && (
        <div className="display-head">
          <span>{label}</span>
          <span>{aside}</span>
        </div>
      )}
      {children}
    </section>
  )
}
