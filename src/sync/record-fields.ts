import type { EditableKind } from '#domain/catalogue.ts'
import { canonicalJson } from './canonical-json.ts'
import { type FieldPolicy, fieldPolicies, type ListPolicy } from './field-policy.ts'

/**
 * Where a value stands in a document. Paths are `field`, `list.<id>` for a whole element and `list.<id>.field`; dots in
 * ids are written %2E. '' is the whole document.
 */
export type Place =
  | { readonly type: 'record' }
  | { readonly type: 'field'; readonly field: string; readonly policy: FieldPolicy }
  | { readonly type: 'element'; readonly list: string; readonly of: ListPolicy; readonly id: string }
  | {
      readonly type: 'element-field'
      readonly list: string
      readonly of: ListPolicy
      readonly id: string
      readonly field: string
      readonly policy: FieldPolicy
    }

/** A document as a bag of fields. */
export type Fields = Readonly<Record<string, unknown>>

/** A field that no policy names comes from a newer release: the later one wins. */
export function placeOf(kind: EditableKind, path: string): Place {
  if (path === '') return { type: 'record' }
  const { fields, lists } = fieldPolicies[kind]
  const [first = '', id, field, ...rest] = path.split('.')
  const of = lists[first]
  if (of === undefined || id === undefined || rest.length > 0)
    return { type: 'field', field: path, policy: fields[path] ?? 'later-wins' }
  const elementId = readId(id)
  if (field === undefined) return { type: 'element', list: first, of, id: elementId }
  const policy = of.fields[field] ?? 'later-wins'
  return { type: 'element-field', list: first, of, id: elementId, field, policy }
}

export function elementPath(list: string, id: string): string {
  return `${list}.${id.replaceAll('%', '%25').replaceAll('.', '%2E')}`
}

function readId(written: string): string {
  return written.replaceAll('%2E', '.').replaceAll('%25', '%')
}

/** The value at a place; null where there is none. */
export function valueAt(doc: Fields | null, place: Place): unknown {
  if (place.type === 'record') return doc
  if (place.type === 'field') return doc?.[place.field] ?? null
  const element = elementsOf(doc, place.list).find((each) => each[place.of.id] === place.id)
  return place.type === 'element' ? (element ?? null) : (element?.[place.field] ?? null)
}

/** The document with another value at a place; an element that is null goes, a field of a missing element is left out. */
export function withValue(doc: Fields, place: Exclude<Place, { type: 'record' }>, value: unknown): Fields {
  if (place.type === 'field') return { ...doc, [place.field]: value }
  const elements = elementsOf(doc, place.list)
  const isIt = (each: Fields): boolean => each[place.of.id] === place.id
  if (place.type === 'element-field')
    return {
      ...doc,
      [place.list]: elements.map((each) => (isIt(each) ? { ...each, [place.field]: value } : each)),
    }
  const isThere = elements.some(isIt)
  const kept = value === null ? elements.filter((each) => !isIt(each)) : elements
  const changed = kept.map((each) => (isIt(each) ? value : each))
  return { ...doc, [place.list]: value === null || isThere ? changed : [...changed, value] }
}

export function elementsOf(doc: Fields | null, list: string): readonly Fields[] {
  const elements = doc?.[list]
  return Array.isArray(elements) ? (elements as Fields[]) : []
}

/** [R2] Union with removals, in the order in which values came. */
export function changedSet(
  current: unknown,
  change: { readonly add: readonly unknown[]; readonly remove: readonly unknown[] },
): unknown[] {
  const held = Array.isArray(current) ? (current as unknown[]) : []
  const isIn = (list: readonly unknown[], value: unknown): boolean =>
    list.some((each) => isEqual(each, value))
  const added = change.add.filter((value) => !isIn(held, value))
  return [...held, ...added].filter((value) => !isIn(change.remove, value))
}

/** Equal as JSON; what is left out is null. */
export function isEqual(one: unknown, other: unknown): boolean {
  return one === other || canonicalJson(one ?? null) === canonicalJson(other ?? null)
}
