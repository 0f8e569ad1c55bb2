import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

export type BadgeTone = 'plain' | 'ok' | 'attention' | 'critical'

export function Badge({
  tone = 'plain',
  icon,
  hatch = false,
  children,
  className,
}: {
  tone?: BadgeTone
  icon?: ReactNode
  hatch?: boolean
  children: ReactNode
  className?: string
}) {
  return (
    <span className={classNames('badge', tone !== 'plain' && tone, className)}>
      {hatch ? <i className="hatch" aria-hidden="true" /> : icon}
      {children}
    </span>
  )
}
