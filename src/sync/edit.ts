import type { EditableKind } from '#domain/catalogue.ts'

/** A JSON value. */
export type Json = unknown

/** [R2] One field of a patch: what the person saw and wrote, or what was added to and taken from a set. */
export type FieldChange =
  | { readonly base: Json; readonly value: Json }
  | { readonly add: readonly Json[]; readonly remove: readonly Json[] }

/** [R2] The payload of `record.edited`: a patch of fields, each by its path (see `field-policy.ts`). */
export type RecordEdit = {
  readonly kind: EditableKind
  readonly id: string
  /** `create`: every field with base null, for a new or a deleted record. `delete`: no fields. */
  readonly action: 'create' | 'change' | 'delete'
  /** The record's version that was seen; 0 where it exists on the editing device only. */
  readonly baseV: number
  readonly fields: Readonly<Record<string, FieldChange>>
}

/**
 * The payload of `conflict.settled`: the choice, and the edit that carries it out (null where it holds already). `seen` is what was
 * kept when the person chose, null while it was open: a choice can be turned around, and two made at once do not overrule
 * each other unseen.
 */
export type ConflictSettled = {
  readonly conflictId: string
  readonly seen: 'mine' | 'theirs' | null
  readonly keep: 'mine' | 'theirs'
  readonly edit: RecordEdit | null
}
