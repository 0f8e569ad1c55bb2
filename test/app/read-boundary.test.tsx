import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { ReadBoundary, useNeededQuery } from '../../src/app/read-boundary.tsx'
import { UnreadState } from '../../src/app/unread-state.tsx'

// The true one starts the worker of the device. A read that has failed is not made anew by being drawn on a server.
vi.mock('../../src/app/device.ts', () => ({
  useDeviceQuery: (topic: string, args: unknown[], queryFn: () => Promise<unknown>) =>
    useQuery({ queryKey: [topic, ...args], queryFn, retryOnMount: false }),
}))

let client: QueryClient
const read = vi.fn<() => Promise<string>>()

beforeEach(() => {
  client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } })
  read.mockReset()
})

describe('a needed read', () => {
  test('throws where its first answer failed, and the boundary says so with a way to try again', async () => {
    const thrown = await thrownByFailedRead()
    const html = draw(boundaryWith(thrown).render())
    expect(html).toContain('role="alert"')
    expect(html).toContain('The list could not be read')
    expect(html).toContain('Try again')
    expect(html).toContain('class="pane"')
  })

  test('is shown as it was where only a later answer failed', async () => {
    read.mockResolvedValueOnce('Oat milk').mockRejectedValue(new Error('broken'))
    await readNow()
    await client.refetchQueries({ queryKey: ['catalogue'] })
    expect(client.getQueryState(['catalogue'])?.status).toBe('error')
    expect(draw(<List />)).toBe('Oat milk')
  })

  test('waits while it is on its way', () => {
    read.mockReturnValue(new Promise(() => undefined))
    expect(draw(<List />)).toBe('…')
  })
})

describe('the boundary', () => {
  test('stands in the frame that it is given', async () => {
    const boundary = boundaryWith(await thrownByFailedRead(), (error) => <dialog>{error}</dialog>)
    expect(draw(boundary.render())).toMatch(/^<dialog>.*Try again.*<\/dialog>$/)
  })

  test('lets a bug of drawing through: it is no failed read', () => {
    const bug = new TypeError('undefined is not a function')
    expect(() => boundaryWith(bug).render()).toThrow(bug)
  })

  test('shows its children as long as nothing is thrown', () => {
    read.mockResolvedValue('')
    expect(
      draw(
        <ReadBoundary title="The list could not be read">
          <List />
        </ReadBoundary>,
      ),
    ).toBe('…')
  })
})

test('“Try again” asks for what failed and for nothing else', () => {
  const reads = [true, false].map((isLoadingError) => ({ isLoadingError, refetch: vi.fn() }))
  const shown = UnreadState({ of: reads, title: 'It could not be read' })
  ;(shown.props as { onRetry: () => void }).onRetry()
  expect(reads.map(({ refetch }) => refetch.mock.calls.length)).toEqual([1, 0])
})

function List() {
  return useNeededQuery('catalogue', [], read).data ?? '…'
}

function draw(node: ReactNode): string {
  return renderToStaticMarkup(<QueryClientProvider client={client}>{node}</QueryClientProvider>)
}

function boundaryWith(thrown: unknown, frame?: (error: ReactNode) => ReactNode): ReadBoundary {
  const boundary = new ReadBoundary({
    title: 'The list could not be read',
    children: null,
    ...(frame && { frame }),
  })
  boundary.state = ReadBoundary.getDerivedStateFromError(thrown)
  return boundary
}

async function readNow(): Promise<void> {
  await client.prefetchQuery({ queryKey: ['catalogue'], queryFn: read })
}

async function thrownByFailedRead(): Promise<unknown> {
  read.mockRejectedValue(new Error('broken'))
  await readNow()
  try {
    draw(<List />)
  } catch (error) {
    return error
  }
  throw new Error('A failed read was drawn')
}
