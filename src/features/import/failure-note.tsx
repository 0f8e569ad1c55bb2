import { Link } from '@tanstack/react-router'
import { CircleAlert } from 'lucide-react'
import type { Failure } from '#domain/failure.ts'
import { Icon } from '../../ui/icon.tsx'
import { keyClass } from '../../ui/key.tsx'

/** What happened and what to do, where it happened. */
export function FailureNote({ failure }: { failure: Failure }) {
  return (
    <div role="alert" className="flex items-start gap-3 rounded-m bg-critical-soft p-3 text-sm text-critical">
      <Icon of={CircleAlert} className="mt-px shrink-0" />
      <p className="min-w-0 flex-1 wrap-break-word">
        <strong className="font-label">{failure.sentence}</strong> {failure.mend}
      </p>
      {failure.code === 'session/none' && (
        <Link to="/sign-in" search={{ next: '/import' } as never} className={keyClass('rest', 'small')}>
          Sign in
        </Link>
      )}
    </div>
  )
}
