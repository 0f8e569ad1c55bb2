import { Link } from '@tanstack/react-router'
import { CloudOff, KeyRound } from 'lucide-react'
import type { Failure } from '#domain/failure.ts'
import { Icon } from '../../ui/icon.tsx'
import { Key, keyClass } from '../../ui/key.tsx'
import { EmptyState, ErrorState } from '../../ui/state-views.tsx'

const words = {
  '/registers': {
    account: 'Registers are managed with an account',
    toSignIn: 'A PIN is for selling. Sign in with the account of the business to add devices.',
    offline: 'Selling goes on. Registers can be managed when the network is back.',
  },
  '/registers/journals': {
    account: 'Journals are checked with an account',
    toSignIn: 'A PIN is for selling. Sign in with the account of the business to check them.',
    offline: 'Selling goes on. Journals can be checked when the network is back.',
  },
} as const

/** Why the server did not answer with a list, and what to do. `next`: where to come back to after signing in. */
export function NotListed({
  failure,
  next,
  onRetry,
  isTrying,
}: {
  failure: Failure
  next: keyof typeof words
  onRetry: () => void
  isTrying: boolean
}) {
  if (failure.code === 'session/none') {
    return (
      <EmptyState
        icon={<Icon of={KeyRound} size={24} />}
        title={words[next].account}
        text={words[next].toSignIn}
        action={
          <Link to="/sign-in" search={{ next }} className={keyClass('main')}>
            Sign in
          </Link>
        }
      />
    )
  }
  if (failure.code === 'network/unreachable') {
    return (
      <EmptyState
        icon={<Icon of={CloudOff} size={24} />}
        title="No connection right now"
        text={words[next].offline}
        action={
          <Key busy={isTrying} onPress={onRetry}>
            Try again
          </Key>
        }
      />
    )
  }
  return <ErrorState title={failure.sentence} text={failure.mend} code={failure.code} onRetry={onRetry} />
}
