import type { Query } from '@tanstack/react-query'
import { device } from '../../app/device.ts'
import { useNeededRead } from '../../app/read-boundary.tsx'
import type { Account } from '../../worker/api-office.ts'

export type Access =
  | { readonly kind: 'offline' }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'account'; readonly account: Account }

const askAgainMs = 15_000

/**
 * Who is signed in; undefined until there is an answer. Without a network it is asked again until it is back; once somebody
 * is known, losing the network does not take a chosen file away.
 */
export function useAccount(): Access | undefined {
  return useNeededRead<Access>({
    queryKey: ['import-access'],
    queryFn: askAccess,
    gcTime: 0,
    refetchInterval: (query) => (isOffline(query) ? askAgainMs : false),
    refetchOnReconnect: (query) => (isOffline(query) ? 'always' : false),
  }).data
}

function isOffline({ state }: Query<Access>): boolean {
  return state.data?.kind === 'offline'
}

/** Nobody signed in and nobody to ask look the same to `account`; a question that anybody may ask tells them apart. */
async function askAccess(): Promise<Access> {
  const account = await device.account()
  if (account) return { kind: 'account', account }
  const reached = await device.setUpState()
  return { kind: reached.ok ? 'signed-out' : 'offline' }
}
