import type { Conflict } from '#domain/catalogue.ts'
import type { ConflictSettled, RecordEdit } from '#sync/edit.ts'
import { type Fields, isEqual, placeOf, valueAt, withValue } from '#sync/record-fields.ts'
import type { OperationRow, StoredRecord } from '../server/tables.ts'
import type { Invariant, ServerChanges } from './invariant.ts'
import type { World } from '../world.ts'

type Shadow = { doc: Fields | null; isLive: boolean; isSure: boolean }

export const conflictRecords: Invariant = {
  rule: 'I11',
  says: 'an overwritten unseen value has its conflict record, and nothing else has one',
  watch: (world, watch) => {
    const view = world.database?.view
    if (!view) return
    const before = new Map<string, StoredRecord>()
    const begin = (): void => {
      before.clear()
      for (const [key, row] of view.list('records')) before.set(key, row)
    }
    begin()
    watch.onServerRestored(begin)
    watch.onServerCommit((changes) => {
      check(world, changes, before)
      for (const [key, row] of changes.get('records') ?? []) {
        if (row === undefined) before.delete(key)
        else before.set(key, row as StoredRecord)
      }
    })
  },
}

/** Told again from nothing but what was there before the commit and what each edit says it saw. */
function check(world: World, changes: ServerChanges, before: ReadonlyMap<string, StoredRecord>): void {
  const rows = [...(changes.get('operations')?.values() ?? [])] as OperationRow[]
  const edits = rows
    .filter(({ result, isRepeat }) => result.status === 'applied' && !isRepeat)
    .sort((one, other) => one.operation.seq - other.operation.seq)
  const shadows = new Map<string, Shadow>()
  const raised = new Map<string, Conflict[]>()
  for (const row of (changes.get('records')?.values() ?? []) as Iterable<StoredRecord | undefined>) {
    if (row?.kind !== 'conflict') continue
    const conflict = row.doc as Conflict
    const opId = conflict.conflictId.slice(0, conflict.conflictId.lastIndexOf(':'))
    raised.set(opId, [...(raised.get(opId) ?? []), conflict])
  }
  const kept = new Map<string, Conflict['kept']>()
  const holds = ({ conflictId, seen, keep }: ConflictSettled): boolean => {
    const held = before.get(`conflict/${conflictId}`)?.doc as Conflict | undefined
    const isSeen = (kept.has(conflictId) ? kept.get(conflictId) : (held?.kept ?? null)) === seen
    if (isSeen) kept.set(conflictId, keep)
    return isSeen
  }
  for (const { operation, result } of edits) {
    if (result.flags.includes('not-permitted')) continue
    const edit = editOf(operation.kind, operation.payload, holds)
    if (!edit || edit.action !== 'change') {
      if (edit) shadows.set(`${edit.kind}/${edit.id}`, { doc: null, isLive: false, isSure: false })
      continue
    }
    const key = `${edit.kind}/${edit.id}`
    const row = before.get(key)
    const shadow = shadows.get(key) ?? {
      doc: (row?.doc ?? null) as Fields | null,
      isLive: row !== undefined && !row.isDeleted,
      isSure: true,
    }
    shadows.set(key, shadow)
    if (!shadow.isSure || !shadow.isLive) continue
    checkEdit(world, operation.opId, edit, shadow, raised.get(operation.opId) ?? [])
  }
}

function checkEdit(
  world: World,
  opId: string,
  edit: RecordEdit,
  shadow: Shadow,
  raised: readonly Conflict[],
): void {
  for (const [path, change] of Object.entries(edit.fields)) {
    const place = placeOf(edit.kind, path)
    if (!('base' in change) || place.type === 'record' || place.type === 'element') {
      shadow.isSure = false
      return
    }
    const isThere = place.type === 'field' || valueAt(shadow.doc, { ...place, type: 'element' }) !== null
    if (!isThere) return
    const current = valueAt(shadow.doc, place)
    const isUnseen = !isEqual(current, change.base) && !isEqual(current, change.value)
    const conflict = raised.find((each) => each.field === path)
    const expected = place.policy === 'refuse-stale' ? 'refused' : 'overwritten'
    if (isUnseen !== (conflict !== undefined))
      world.fail(
        'I11',
        `${opId} on ${edit.id} ${path}: ${isUnseen ? 'no conflict' : 'a conflict for a value that was seen'}`,
      )
    if (isUnseen && conflict && conflict.outcome !== expected)
      world.fail('I11', `${opId} on ${edit.id} ${path}: ${conflict.outcome}, not ${expected}`)
    if (!isUnseen || expected === 'overwritten') shadow.doc = withValue(shadow.doc!, place, change.value)
  }
}

/** [R3] A choice that was made without seeing another one is dropped, and its edit with it. */
function editOf(
  kind: string,
  payload: string,
  holds: (settled: ConflictSettled) => boolean,
): RecordEdit | null {
  if (kind === 'record.edited') return JSON.parse(payload) as RecordEdit
  if (kind !== 'conflict.settled') return null
  const settled = JSON.parse(payload) as ConflictSettled
  return holds(settled) ? settled.edit : null
}
