import { useEffect, useState } from 'react'
import { device, useDeviceQuery } from '../../app/device.ts'
import type { Account, SyncStatus } from '../../worker/api.ts'

export type Access =
  | { readonly kind: 'asking' }
  | { readonly kind: 'offline' }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'account'; readonly account: Account }

/** Who is signed in. Asked again when the network comes back; once known, losing the network does not take a file away. */
export function useAccount(): Access {
  const { data: status } = useDeviceQuery<SyncStatus>('status', [], () => device.status())
  const isOnline = status?.isOnline
  const [account, setAccount] = useState<Account | null>()
  const isKnown = Boolean(account)
  useEffect(() => {
    if (isKnown) return
    let isCurrent = true
    device.account().then(
      (answer) => isCurrent && setAccount(answer),
      (error: unknown) => reportError(error),
    )
    return () => {
      isCurrent = false
    }
  }, [isOnline, isKnown])
  if (account) return { kind: 'account', account }
  if (account === undefined || isOnline === undefined) return { kind: 'asking' }
  return { kind: isOnline ? 'signed-out' : 'offline' }
}
