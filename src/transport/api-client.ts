import { createTRPCClient, httpLink } from '@trpc/client'
import type { AppRouter } from '../../server/api/app-router.ts'

/** How the worker speaks with the server: one request per call, JSON, cookies of this origin. */
export type ApiClient = ReturnType<typeof createApiClient>

export type ApiClientOptions = {
  readonly url: string
  /** The device's token for reading changes; null where it cannot be had now. */
  readonly deviceToken: () => Promise<string | null>
  /** Whether an outage is being rehearsed: then nothing leaves this device. */
  readonly isCutOff: () => boolean
}

/** Long enough for a full page on a slow line, short enough that a dead one is noticed. */
const TIMEOUT_MS = 20_000

export function createApiClient({ url, deviceToken, isCutOff }: ApiClientOptions) {
  return createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url,
        fetch: (input, init) => {
          // As a browser says it where there is no network.
          if (isCutOff()) return Promise.reject(new TypeError('Failed to fetch'))
          return fetch(input, {
            ...init,
            signal: withTimeout(init?.signal),
            cache: 'no-store',
          } as RequestInit)
        },
        headers: async ({ op }) => {
          if (!op.path.startsWith('changes.')) return {}
          const token = await deviceToken()
          return {
            ...(token !== null && { authorization: `Bearer ${token}` }),
            // What a load brings is packed already.
            ...(op.path === 'changes.load' && { 'x-no-compression': 'true' }),
          }
        },
      }),
    ],
  })
}

function withTimeout(signal: AbortSignal | null | undefined): AbortSignal {
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  return signal ? AbortSignal.any([signal, timeout]) : timeout
}
