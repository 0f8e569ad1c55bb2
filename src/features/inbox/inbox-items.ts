import type { ConflictCard, TaskCard } from '../../worker/api-editing.ts'

export type InboxItem =
  | { readonly kind: 'conflict'; readonly id: string; readonly at: number; readonly conflict: ConflictCard }
  | { readonly kind: 'task'; readonly id: string; readonly at: number; readonly task: TaskCard }

export type Inbox = { readonly open: readonly InboxItem[]; readonly settled: readonly InboxItem[] }

/** Conflicts and tasks in one list, newest first. */
export function inboxOf(conflicts: readonly ConflictCard[], tasks: readonly TaskCard[]): Inbox {
  const items: InboxItem[] = [
    ...conflicts.map((conflict): InboxItem => {
      return { kind: 'conflict', id: conflict.conflictId, at: conflict.raisedAt, conflict }
    }),
    ...tasks.map((task): InboxItem => ({ kind: 'task', id: task.taskId, at: task.raisedAt, task })),
  ].toSorted((one, other) => other.at - one.at)
  return { open: items.filter(isOpen), settled: items.filter((item) => !isOpen(item)) }
}

export function isOpen(item: InboxItem): boolean {
  return item.kind === 'conflict' ? item.conflict.state === 'open' : item.task.state === 'open'
}
