import { isUuid } from '#domain/id.ts'
import type { Database } from './database/pool.ts'

/** About 10 MB. */
const mostKept = 50_000
const nobody = 'nobody'

/**
 * Says whose an install is, which never changes; 'nobody' where it is not known. Asked for many at once, as after a start with
 * all devices coming back, it asks the database once for all that have come meanwhile.
 */
export function createTenantOfInstall(
  database: Pick<Database, 'asSystem'>,
): (installId: string | null) => Promise<string> {
  const kept = new Map<string, string>()
  let next: { readonly ids: Set<string>; readonly found: Promise<void> } | null = null
  let underWay: Promise<unknown> = Promise.resolve()

  const find = async (ids: ReadonlySet<string>): Promise<void> => {
    const rows = await database.asSystem((tx) =>
      tx.query<{ id: string; tenant: string }>(
        'select install_id as id, tenant_id as tenant from install where install_id = any ($1::uuid[])',
        [[...ids]],
      ),
    )
    for (const { id, tenant } of rows) kept.set(id, tenant)
    for (const [oldest] of kept) {
      if (kept.size <= mostKept) break
      kept.delete(oldest)
    }
  }

  const askWithOthers = (installId: string): Promise<void> => {
    if (next === null) {
      const ids = new Set<string>()
      const found = underWay.then(() => {
        next = null
        return find(ids)
      })
      underWay = found.catch(() => undefined)
      next = { ids, found }
    }
    next.ids.add(installId)
    return next.found
  }

  return async (installId) => {
    if (installId === null || !isUuid(installId)) return nobody
    if (!kept.has(installId)) await askWithOthers(installId)
    return kept.get(installId) ?? nobody
  }
}
