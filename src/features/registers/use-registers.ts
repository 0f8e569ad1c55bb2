import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Result } from '#domain/failure.ts'
import { answered, NOT_READ } from '../../app/deed.ts'
import { device } from '../../app/device.ts'
import type { RegisterDevice } from '../../worker/api-office.ts'

const queryKey = ['registers'] as const

/** These say nothing of the list. */
const keepsTheLast = ['network/unreachable', NOT_READ.code]

type Listed = Result<readonly RegisterDevice[]>

/** *Online.* Asked again every `everyMs`. Where the network goes, the last list stays: its ages say how old it is. */
export function useRegisters(everyMs: number) {
  const queries = useQueryClient()
  const listing = useQuery<Listed>({
    queryKey,
    queryFn: async () => {
      const listed = await answered(() => device.registerDevices(), NOT_READ)
      const last = queries.getQueryData<Listed>(queryKey)
      const isCut = !listed.ok && keepsTheLast.includes(listed.failure.code)
      return isCut && last?.ok ? last : listed
    },
    staleTime: 0,
    refetchInterval: everyMs,
  })
  /** A name that was journalled here: the list has it at once, the server when it was sent. */
  const rename = async (registerId: string, name: string): Promise<void> => {
    queries.setQueryData<Listed>(queryKey, (last) =>
      last?.ok ? { ok: true, value: withName(last.value, registerId, name) } : last,
    )
    await device.wakeSync().catch(reportError)
    await listing.refetch()
  }
  return { listing, rename }
}

function withName(
  registers: readonly RegisterDevice[],
  registerId: string,
  name: string,
): readonly RegisterDevice[] {
  return registers.map((each) => (each.registerId === registerId ? { ...each, name } : each))
}
