import { QueryClient, useQuery } from '@tanstack/react-query'
import { proxy, wrap, type Remote } from 'comlink'
import type { DeviceApi } from '../worker/api.ts'
import type { Topic } from '../worker/api-device.ts'
import workerUrl from '../worker/main.ts?worker&url'
import { trustedUrl } from './trusted-url.ts'

/** The only door from screens to data: the worker behind `worker/api.ts`. */
export const device: Remote<DeviceApi> = wrap<DeviceApi>(
  new Worker(trustedUrl(workerUrl), { type: 'module', name: 'device' }),
)

/** Answers come from the device itself, so a failed call is a bug and is not repeated. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: { retry: false, networkMode: 'always', staleTime: Infinity, refetchOnWindowFocus: false },
  },
})

/** Ends when the worker is ready; every changed topic refetches the queries whose key starts with it. */
export function followDevice(): Promise<void> {
  return device.subscribe(
    proxy((topics: readonly Topic[]) => {
      for (const topic of topics) void queries.invalidateQueries({ queryKey: [topic] })
    }),
  )
}

/**
 * Reads from the device and reads again whenever `topic` changes. `args` make the key; `read` must depend on nothing else.
 * For what can be left out while it is not known; who shows nothing without it says so: `ReadBoundary`, `UnreadState`.
 */
export function useDeviceQuery<T>(topic: Topic, args: readonly unknown[], read: () => Promise<T>) {
  return useQuery({ queryKey: [topic, ...args], queryFn: read, placeholderData: (last) => last })
}
