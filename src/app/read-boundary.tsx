import { useQuery, type UseQueryOptions, type UseQueryResult } from '@tanstack/react-query'
import { Component, type ReactNode, useEffect } from 'react'
import type { Topic } from '../worker/api-device.ts'
import { LoadingState } from '../ui/state-views.tsx'
import { useDeviceQuery } from './device.ts'
import { UnreadState } from './unread-state.tsx'

type BoundaryProps = {
  title: string
  text?: string
  /** Around the error; a pane where nothing is given. */
  frame?: (error: ReactNode) => ReactNode
  children: ReactNode
}

/**
 * Around what can't show anything without its needed reads. Where the first answer of one fails, the error stands here until
 * that read has one, asked for by the person or because its topic changed. What else is thrown goes on to whoever is above.
 */
export class ReadBoundary extends Component<BoundaryProps, { thrown: unknown }> {
  override state: { thrown: unknown } = { thrown: null }

  static getDerivedStateFromError(thrown: unknown) {
    return { thrown }
  }

  readonly goOn = () => this.setState({ thrown: null })

  override render() {
    const { children, frame = inPane, ...words } = this.props
    const { thrown } = this.state
    if (thrown === null) return children
    if (!(thrown instanceof FailedRead)) throw thrown
    return frame(<FailedNote {...words} read={thrown.read} onRead={this.goOn} />)
  }
}

/** As `useDeviceQuery`, for what a screen or pane shows nothing without: below a `ReadBoundary` only. */
export function useNeededQuery<T>(
  topic: Topic,
  args: readonly unknown[],
  read: () => Promise<T>,
): UseQueryResult<T> {
  return needed(useDeviceQuery(topic, args, read), { queryKey: [topic, ...args], queryFn: read })
}

/** The same for a read that has options of its own. */
export function useNeededRead<T>(options: UseQueryOptions<T> & Read): UseQueryResult<T> {
  return needed(useQuery(options), options)
}

type Read = { readonly queryKey: readonly unknown[]; readonly queryFn: () => Promise<unknown> }

function needed<T>(query: UseQueryResult<T>, read: Read): UseQueryResult<T> {
  if (query.isLoadingError) throw new FailedRead(read, query.error)
  return query
}

class FailedRead extends Error {
  readonly read: Read

  constructor(read: Read, cause: Error) {
    super(`Could not read ${JSON.stringify(read.queryKey)}`, { cause })
    this.read = read
  }
}

/** The read has an observer here, so that it is made again when its topic changes. */
function FailedNote({
  read: { queryKey, queryFn },
  onRead,
  ...words
}: {
  title: string
  text?: string
  read: Read
  onRead: () => void
}) {
  const query = useQuery({ queryKey, queryFn, retryOnMount: false })
  useEffect(() => {
    if (query.isSuccess) onRead()
  }, [query.isSuccess, onRead])
  return query.isError ? <UnreadState {...words} of={[query]} /> : <LoadingState />
}

function inPane(error: ReactNode): ReactNode {
  return <section className="pane">{error}</section>
}
