import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Result } from '#domain/failure.ts'
import { device } from '../../app/device.ts'
import type { RegisterDevice } from '../../worker/api-office.ts'

const queryKey = ['registers'] as const

type Listed = Result<readonly RegisterDevice[]>

/** *Online.* Asked again every `everyMs`. Where the network goes, the last list stays: its ages say how old it is. */
export function useRegisters(everyMs: number) {
  const queries = useQueryClient()
  return useQuery<Listed>({
    queryKey,
    queryFn: async () => {
      const listed = await device.registerDevices()
      const last = queries.getQueryData<Listed>(queryKey)
      const isCut = !listed.ok && listed.failure.code === 'network/unreachable'
      return isCut && last?.ok ? last : listed
    },
    staleTime: 0,
    refetchInterval: everyMs,
  })
}
