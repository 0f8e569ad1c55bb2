import type { Author, Conflict, EditableKind } from '#domain/catalogue.ts'
import type { FieldChange, RecordEdit } from './edit.ts'
import { diffRecord } from './diff-record.ts'
import {
  changedSet,
  elementPath,
  type Fields,
  isEqual,
  type Place,
  placeOf,
  valueAt,
  withValue,
} from './record-fields.ts'

/** Who wrote a value last, and in which version. `last`: the element as it was when it was taken out of its list. */
export type FieldWriter = { readonly v: number; readonly by: Author; readonly last?: unknown }

/** By path; '' is the whole record. Fields that nobody edited are not in it. */
export type FieldWriters = Readonly<Record<string, FieldWriter>>

export type RecordState = {
  /** As it was last, also when deleted. */
  readonly doc: object | null
  readonly isDeleted: boolean
  readonly writers: FieldWriters
}

export type MergeContext = {
  readonly opId: string
  readonly by: Author
  /** The version that the edit will be written under. */
  readonly v: number
  /** ms since 1970 by the server's clock. */
  readonly raisedAt: number
  readonly isPermitted: boolean
  /** Conflicts that this operation has made already: their numbers are taken. */
  readonly conflictsBefore: number
}

export type Merged = RecordState & { readonly hasChanged: boolean; readonly conflicts: readonly Conflict[] }

/**
 * [R2] [R3] Merges an edit into the record as it stands. A value is unseen where it is neither what the author saw nor what
 * the author wrote. Every overwrite and every refusal of an unseen value is a conflict; nothing else is.
 */
export function mergeEdit(current: RecordState | null, edit: RecordEdit, context: MergeContext): Merged {
  const merge = startMerge(current, edit, context)
  const live = current !== null && !current.isDeleted ? (current.doc as Fields) : null
  const whole = edit.fields['']
  if (!context.isPermitted) merge.refuseAll(live)
  else if (edit.action === 'delete') merge.remove(live, whole && 'base' in whole ? whole.base : null)
  else if (edit.action === 'create') merge.create(live, whole && 'value' in whole ? whole.value : null)
  else if (live === null) merge.keepForDeleted(current)
  else merge.change(live, edit.fields)
  return merge.result()
}

/** The edit as if nothing had come in between: how a device shows its own work. Null where there is no record to change. */
export function applyEdit(doc: object | null, { kind, action, fields }: RecordEdit): object | null {
  const whole = fields['']
  if (action === 'delete') return null
  if (action === 'create') return whole && 'value' in whole ? (whole.value as object | null) : doc
  if (doc === null) return null
  return sortedFields(fields).reduce<Fields>((changed, [path, change]) => {
    const place = placeOf(kind, path)
    return place.type === 'record' ? changed : withValue(changed, place, wanted(changed, place, change))
  }, doc as Fields)
}

function startMerge(current: RecordState | null, edit: RecordEdit, context: MergeContext) {
  const { kind, id } = edit
  const { by, v, opId, raisedAt, conflictsBefore } = context
  const conflicts: Conflict[] = []
  let doc = (current?.doc ?? null) as Fields | null
  let isDeleted = current?.isDeleted ?? true
  let writers = current?.writers ?? {}
  let hasChanged = false

  const wrote = (path: string, last?: unknown): void => {
    hasChanged = true
    writers = { ...writers, [path]: last === undefined ? { v, by } : { v, by, last } }
  }
  const raise = (
    field: string,
    values: Pick<Conflict, 'base' | 'mine' | 'theirs' | 'outcome'>,
    reason: Conflict['reason'] = 'unseen-value',
  ): void => {
    conflicts.push({
      conflictId: `${opId}:${conflictsBefore + conflicts.length + 1}`,
      recordKind: kind,
      recordId: id,
      recordName: nameOf(doc ?? values.mine ?? values.theirs, id),
      field,
      ...values,
      mineBy: by,
      theirsBy: writerOf(writers, kind, field)?.by ?? null,
      reason,
      raisedAt,
      state: 'open',
      settledBy: null,
      kept: null,
    })
  }

  return {
    refuseAll(live: Fields | null): void {
      for (const [path, change] of sortedFields(edit.fields)) {
        const place = placeOf(kind, path)
        const theirs = valueAt(live, place)
        const base = 'base' in change ? change.base : theirs
        raise(path, { base, mine: wanted(live, place, change), theirs, outcome: 'refused' }, 'not-permitted')
      }
    },
    remove(live: Fields | null, base: unknown): void {
      if (live === null) return
      if (!isEqual(live, base)) raise('', { base, mine: null, theirs: live, outcome: 'overwritten' })
      isDeleted = true
      writers = {}
      wrote('')
    },
    create(live: Fields | null, value: unknown): void {
      if (!(value instanceof Object)) return
      if (live !== null) return this.change(live, unseenChanges(kind, live, value))
      doc = value as Fields
      isDeleted = false
      writers = {}
      wrote('')
    },
    /** Deleting wins over editing ([R3]); the edit is kept as the record that it would have made. */
    keepForDeleted(gone: RecordState | null): void {
      if (Object.keys(edit.fields).length === 0) return
      const base = (gone?.doc ?? null) as Fields | null
      const mine = applyEdit(base ?? {}, edit)
      raise('', { base, mine, theirs: null, outcome: 'deleted' })
    },
    change(live: Fields, fields: RecordEdit['fields']): void {
      doc = live
      for (const [path, change] of sortedFields(fields)) this.changeField(path, placeOf(kind, path), change)
    },
    changeField(path: string, place: Place, change: FieldChange): void {
      if (place.type === 'record' || doc === null) return
      if (place.type === 'element-field' && valueAt(doc, { ...place, type: 'element' }) === null)
        return this.keepForRemoved(place, change)
      const theirs = valueAt(doc, place)
      const mine = wanted(doc, place, change)
      if (isEqual(theirs, mine)) return
      if ('base' in change && !isEqual(theirs, change.base)) {
        const isRefused = 'policy' in place && place.policy === 'refuse-stale'
        raise(path, { base: change.base, mine, theirs, outcome: isRefused ? 'refused' : 'overwritten' })
        if (isRefused) return
      }
      doc = withValue(doc, place, mine)
      wrote(path, place.type === 'element' && mine === null ? theirs : undefined)
    },
    keepForRemoved(place: Extract<Place, { type: 'element-field' }>, change: FieldChange): void {
      const path = elementPath(place.list, place.id)
      const last = (writers[path]?.last ?? { [place.of.id]: place.id }) as Fields
      const value = 'base' in change ? change.value : changedSet(last[place.field], change)
      raise(path, { base: last, mine: { ...last, [place.field]: value }, theirs: null, outcome: 'deleted' })
    },
    result: (): Merged => ({ doc, isDeleted, writers, hasChanged, conflicts }),
  }
}

/** Two records made under one id: whatever differs was unseen. */
function unseenChanges(kind: EditableKind, live: Fields, value: object): Record<string, FieldChange> {
  const changes = Object.entries(diffRecord(kind, live, value))
  return Object.fromEntries(
    changes.map(([path, change]) => [path, 'base' in change ? { ...change, base: null } : change]),
  )
}

function wanted(doc: Fields | null, place: Place, change: FieldChange): unknown {
  return 'value' in change ? (change.value ?? null) : changedSet(valueAt(doc, place), change)
}

function writerOf(writers: FieldWriters, kind: EditableKind, path: string): FieldWriter | undefined {
  const place = placeOf(kind, path)
  const element = place.type === 'element-field' ? elementPath(place.list, place.id) : ''
  const candidates = [writers[path], writers[element], writers['']].filter((writer) => writer !== undefined)
  if (path === '') candidates.push(...Object.values(writers))
  return candidates.toSorted((one, other) => other.v - one.v)[0]
}

/** Whole elements before their fields, and always in the same sequence on both sides. */
function sortedFields(fields: RecordEdit['fields']): [string, FieldChange][] {
  return Object.entries(fields).toSorted(([one], [other]) => (one < other ? -1 : 1))
}

function nameOf(doc: unknown, id: string): string {
  const name: unknown = doc instanceof Object && 'name' in doc ? doc.name : null
  return typeof name === 'string' && name !== '' ? name : id
}
