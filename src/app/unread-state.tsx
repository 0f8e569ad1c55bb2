import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ErrorState } from '../ui/state-views.tsx'

/** In place of what reads were to bring, where the first answer of one has failed. */
export function UnreadState({
  of,
  title,
  text = 'Every sale is safe on this device.',
}: {
  of: readonly Pick<UseQueryResult, 'isLoadingError' | 'refetch'>[]
  title: ReactNode
  text?: ReactNode
}) {
  const readAgain = () => {
    for (const read of of) if (read.isLoadingError) void read.refetch()
  }
  return <ErrorState title={title} text={text} onRetry={readAgain} />
}
