import type { StaffRole } from '#domain/catalogue.ts'
import { mayEdit, mayFinishTask } from '#domain/permissions.ts'
import type { ResidentCatalogue } from './catalogue.ts'

/** Open conflicts and tasks that somebody with this role may settle. */
export async function countOpenInbox(
  catalogue: Pick<ResidentCatalogue, 'list'>,
  role: StaffRole | null,
): Promise<number> {
  if (role === null) return 0
  const [conflicts, tasks] = await Promise.all([catalogue.list('conflict'), catalogue.list('task')])
  const settleable = conflicts.filter(
    ({ state, recordKind }) => state === 'open' && mayEdit(recordKind, role),
  )
  const doable = mayFinishTask(role) ? tasks.filter(({ state }) => state === 'open') : []
  return settleable.length + doable.length
}
