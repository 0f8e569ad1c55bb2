import { CircleAlert, CloudOff } from 'lucide-react'
import type { Failure } from '#domain/failure.ts'
import { Icon } from '../../ui/icon.tsx'

/** What went wrong and what to do, above the keys that mend it. No network is no error: only the rest is red. */
export function FailureNote({ failure }: { failure: Failure }) {
  const isOffline = failure.code === 'network/unreachable'
  return (
    <p
      role="alert"
      className={`flex gap-3 rounded-key p-3 ${isOffline ? 'bg-fill text-ink' : 'bg-critical-soft text-critical'}`}
    >
      <Icon of={isOffline ? CloudOff : CircleAlert} className="mt-px" />
      <span>
        <b className="block font-label">{failure.sentence}</b>
        {failure.mend}
      </span>
    </p>
  )
}
