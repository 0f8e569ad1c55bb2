import { useEffect, useState } from 'react'
import { device } from '../../app/device.ts'
import type { Account } from '../../worker/api-office.ts'

export type Access =
  | { readonly kind: 'asking' }
  | { readonly kind: 'offline' }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'account'; readonly account: Account }

const askAgainMs = 15_000

/**
 * Who is signed in. Without a network it is asked again until it is back; once somebody is known, losing the network
 * does not take a chosen file away.
 */
export function useAccount(): Access {
  const [access, setAccess] = useState<Access>({ kind: 'asking' })
  const isOpen = access.kind === 'asking' || access.kind === 'offline'
  useEffect(() => {
    if (!isOpen) return
    let isCurrent = true
    const ask = (): void =>
      void askAccess().then(
        (answer) => isCurrent && setAccess(answer),
        (error: unknown) => reportError(error),
      )
    ask()
    const timer = setInterval(ask, askAgainMs)
    window.addEventListener('online', ask)
    return () => {
      isCurrent = false
      clearInterval(timer)
      window.removeEventListener('online', ask)
    }
  }, [isOpen])
  return access
}

/** Nobody signed in and nobody to ask look the same to `account`; a question that anybody may ask tells them apart. */
async function askAccess(): Promise<Access> {
  const account = await device.account()
  if (account) return { kind: 'account', account }
  const reached = await device.setUpState()
  return { kind: reached.ok ? 'signed-out' : 'offline' }
}
