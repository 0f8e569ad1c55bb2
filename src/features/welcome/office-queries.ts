import { useQuery } from '@tanstack/react-query'
import type { Result } from '#domain/failure.ts'
import { device } from '../../app/device.ts'
import type { Account } from '../../worker/api-office.ts'

/** *Online.* Asked anew whenever a screen opens: the answers are the network's, not this device's. */
export function useAccount() {
  return useQuery<Account | null>({ queryKey: ['account'], queryFn: () => device.account(), staleTime: 0 })
}

export function useSetUpState() {
  return useQuery<Result<{ readonly isSetUp: boolean }>>({
    queryKey: ['set-up'],
    queryFn: () => device.setUpState(),
    staleTime: 0,
  })
}
