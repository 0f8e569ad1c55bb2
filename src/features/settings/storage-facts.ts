import { useQuery, useQueryClient } from '@tanstack/react-query'

export type StorageFacts = {
  /** Whether the browser promised not to clear what is stored here; null: it has no such promise. */
  readonly isKept: boolean | null
  readonly usedBytes: number | null
}

const queryKey = ['storage-facts'] as const

export function useStorageFacts() {
  const queries = useQueryClient()
  const { data } = useQuery<StorageFacts>({ queryKey, queryFn: readStorageFacts, staleTime: 0 })
  /** Answers whether the browser agreed. */
  const keep = async (): Promise<boolean> => {
    const isKept = await navigator.storage.persist()
    await queries.invalidateQueries({ queryKey })
    return isKept
  }
  return { facts: data, keep }
}

/** Safari up to 16 and pages without https have no storage manager. */
async function readStorageFacts(): Promise<StorageFacts> {
  const storage = navigator.storage as StorageManager | undefined
  const [isKept, estimate] = await Promise.all([storage?.persisted(), storage?.estimate()])
  return { isKept: isKept ?? null, usedBytes: estimate?.usage ?? null }
}
