import { createTRPCClient, httpLink } from '@trpc/client'
import type { AppRouter } from '../../server/api/app-router.ts'

/** How the worker speaks with the server: one request per call, JSON, cookies of this origin. */
export type ApiClient = ReturnType<typeof createApiClient>

export type ApiClientOptions = {
  readonly url: string
  /** The device's token for reading changes; null where it cannot be had now. */
  readonly deviceToken: () => Promise<string | null>
}

/** Long enough for a full page on a slow line, short enough that a dead one is noticed. */
const TIMEOUT_MS = 20_000

export function createApiClient({ url, deviceToken }: ApiClientOptions) {
  return createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url,
        fetch: (input, init) =>
          fetch(input, { ...init, signal: withTimeout(init?.signal), cache: 'no-store' } as RequestInit),
        headers: async ({ op }) => {
          if (!op.path.startsWith('changes.')) return {}
          const token = await deviceToken()
          return token === null ? {} : { authorization: `Bearer ${token}` }
        },
      }),
    ],
  })
}

function withTimeout(signal: AbortSignal | null | undefined): AbortSignal {
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  return signal ? AbortSignal.any([signal, timeout]) : timeout
}
