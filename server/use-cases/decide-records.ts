import type { Author, Conflict, Staff, StaffRole, Task } from '#domain/catalogue.ts'
import { mayEdit, mayFinishTask, mayGrant } from '#domain/permissions.ts'
import type { TaskDone } from '#protocol/facts.ts'
import type { ConflictSettled, RecordEdit } from '#sync/edit.ts'
import { mergeEdit, type RecordState } from '#sync/merge-edit.ts'
import type { Operation } from '#sync/operation.ts'
import type { Draft } from './decide-draft.ts'
import type { RecordWrite } from './ports.ts'
import { type Finding, taskWrite } from './tasks.ts'

/** [R2] [R3] Merges an edit; what it may not do becomes conflict records for somebody who may. */
export function decideEdit(draft: Draft, operation: Operation, edit: RecordEdit): readonly Finding[] {
  const { kind, id } = edit
  const current = (draft.record(kind, id) ?? null) as RecordState | null
  const isPermitted = mayMake(draft, operation, edit, current)
  const merged = mergeEdit(current, edit, {
    opId: operation.opId,
    by: authorOf(operation),
    v: draft.nextV,
    raisedAt: draft.raisedAt,
    isPermitted,
    conflictsBefore: 0,
  })
  if (merged.hasChanged) {
    const { doc, isDeleted, writers } = merged
    draft.write({ kind, id, storeId: null, isDeleted, doc, writers } as RecordWrite)
  }
  for (const conflict of merged.conflicts) draft.write(conflictWrite(conflict))
  return isPermitted ? [] : notPermitted
}

/** [R3] A choice stands until a person who has seen it turns it around; one made without seeing it changes nothing, its edit neither. */
export function decideSettlement(
  draft: Draft,
  operation: Operation,
  { conflictId, seen, keep, edit }: ConflictSettled,
): readonly Finding[] {
  const conflict = (draft.record('conflict', conflictId)?.doc ?? null) as Conflict | null
  if (conflict && conflict.kept !== seen) return []
  const mayDecide = conflict === null || mayChange(draft, operation, conflict.recordKind)
  if (conflict && mayDecide)
    draft.write(conflictWrite({ ...conflict, state: 'settled', settledBy: authorOf(operation), kept: keep }))
  // Not known: the server was put back. What the person decided still holds.
  const findings = edit === null ? [] : decideEdit(draft, operation, edit)
  return mayDecide ? findings : notPermitted
}

/** [P4] */
export function decideTaskDone(draft: Draft, operation: Operation, { taskId }: TaskDone): readonly Finding[] {
  if (draft.install.isRevoked || !mayFinishTask(draft.roleOf(operation))) return notPermitted
  const task = (draft.record('task', taskId)?.doc ?? null) as Task | null
  if (task?.state === 'open') draft.write(taskWrite({ ...task, state: 'done', doneBy: authorOf(operation) }))
  return []
}

/** A revoked install is in unknown hands: its facts are taken, its wishes are left to a person. */
function mayChange(draft: Draft, operation: Operation, kind: RecordEdit['kind']): boolean {
  return !draft.install.isRevoked && mayEdit(kind, draft.roleOf(operation))
}

function mayMake(draft: Draft, operation: Operation, edit: RecordEdit, current: RecordState | null): boolean {
  if (!mayChange(draft, operation, edit.kind)) return false
  if (edit.kind !== 'staff') return true
  const role = draft.roleOf(operation)
  return [(current?.doc as Staff | null | undefined)?.role, ...rolesGiven(edit)].every(
    (touched) => touched === undefined || mayGrant(role, touched),
  )
}

function rolesGiven({ fields }: RecordEdit): readonly (StaffRole | undefined)[] {
  const [whole, role] = [fields[''], fields.role]
  return [
    whole && 'value' in whole ? (whole.value as Staff | null)?.role : undefined,
    role && 'value' in role ? (role.value as StaffRole) : undefined,
  ]
}

function authorOf({ actorId, installId, occurredAt: at }: Operation): Author {
  return { actorId, installId, at }
}

function conflictWrite(conflict: Conflict): RecordWrite {
  const { conflictId: id } = conflict
  return { kind: 'conflict', id, storeId: null, isDeleted: false, doc: conflict, writers: {} }
}

const notPermitted = [{ flag: 'not-permitted' }] as const
