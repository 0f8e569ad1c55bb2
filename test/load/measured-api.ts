import { createTRPCClient, httpLink } from '@trpc/client'
import type { AppRouter } from '../../server/api/app-router.ts'
import type { ApiClient } from '../../src/transport/api-client.ts'
import type { Requests } from './requests.ts'

/** As the app's own client has it. */
const timeoutMs = 20_000

export type ApiOptions = {
  readonly url: string
  readonly requests: Requests
  readonly deviceToken: () => Promise<string | null>
  /** Whether the answer to this push is to be lost on its way back. */
  readonly losesAnswer: () => boolean
}

/** The app's client with its rules, but for the browser's cookies, and with every request on record. */
export function createMeasuredApi({ url, requests, deviceToken, losesAnswer }: ApiOptions): ApiClient {
  return createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${url}/trpc`,
        fetch: async (input, init) => {
          const procedure = new URL(input instanceof Request ? input.url : input).pathname.slice(
            '/trpc/'.length,
          )
          const startedAt = performance.now()
          try {
            const signal = AbortSignal.timeout(timeoutMs)
            const response = await fetch(input, { ...init, signal } as RequestInit)
            // To the last byte, as a person waits for it.
            const body = await response.arrayBuffer()
            requests.note(procedure, performance.now() - startedAt, response.status)
            if (procedure === 'operations.push' && response.ok && losesAnswer())
              throw new TypeError('Lost on purpose')
            const { status, headers } = response
            return new Response(body, { status, headers: withoutEncoding(headers) })
          } catch (error) {
            requests.noteTrouble(procedure, performance.now() - startedAt, error)
            throw error
          }
        },
        headers: async ({ op }) => {
          if (!op.path.startsWith('changes.')) return {}
          const token = await deviceToken()
          return {
            ...(token !== null && { authorization: `Bearer ${token}` }),
            ...(op.path === 'changes.load' && { 'x-no-compression': 'true' }),
          }
        },
      }),
    ],
  })
}

function withoutEncoding(headers: Headers): Headers {
  const kept = new Headers(headers)
  kept.delete('content-encoding')
  kept.delete('content-length')
  return kept
}
