import type { RecordKind } from '#domain/catalogue.ts'
import type { Key } from './tables.ts'

export type RecordKey = readonly [kind: RecordKind, id: string]
export type RecordId = { readonly kind: RecordKind; readonly id: string }

export function recordKey({ kind, id }: RecordId): RecordKey {
  return [kind, id]
}

/** Of a key of the table `records`. */
export function recordIdOf(key: Key): RecordId {
  const [kind, id] = key as RecordKey
  return { kind, id }
}

/** No kind has a slash in it. */
export function keyText({ kind, id }: RecordId): string {
  return `${kind}/${id}`
}

/** As IndexedDB sorts: by code units, the kind first. */
export function inKeyOrder(one: RecordId, other: RecordId): number {
  if (one.kind !== other.kind) return one.kind < other.kind ? -1 : 1
  return byId(one, other)
}

export function byId(one: { readonly id: string }, other: { readonly id: string }): number {
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0
}
