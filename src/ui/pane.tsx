import { useId } from 'react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

export function Pane({
  title,
  action,
  children,
  className,
}: {
  title?: ReactNode
  action?: ReactNode
  children: ReactNode
  className?: string
}) {
  const titleId = useId()
  const hasTitle = title !== undefined
  return (
    <section
      className={classNames('pane pane-body', className)}
      aria-labelledby={hasTitle ? titleId : undefined}
    >
      {(hasTitle || action !== undefined) && (
        <div className="pane-head">
          <h2 id={titleId}>{title}</h2>
          {action}
        </div>
      )}
      {children}
    </section>
  )
}
