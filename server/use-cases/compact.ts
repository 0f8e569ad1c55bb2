import type { ChangesStore } from './ports.ts'

/**
 * [L6] Drops the tombstones of each tenant that nobody needs any more; to be called about once a day. Answers how many. One
 * tenant's trouble is told to `onTrouble` and keeps nobody else from it.
 */
export async function compactAll(
  store: ChangesStore,
  tenantIds: readonly string[],
  onTrouble: (error: unknown, tenantId: string) => void,
): Promise<number> {
  let dropped = 0
  for (const tenantId of tenantIds) {
    try {
      dropped += await store.compact(tenantId)
    } catch (error) {
      onTrouble(error, tenantId)
    }
  }
  return dropped
}
