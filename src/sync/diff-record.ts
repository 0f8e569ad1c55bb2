import type { EditableKind } from '#domain/catalogue.ts'
import type { FieldChange } from './edit.ts'
import { type FieldPolicy, fieldPolicies, type ListPolicy } from './field-policy.ts'
import { elementPath, elementsOf, type Fields, isEqual } from './record-fields.ts'

/**
 * [R2] What a person changed, field by field, each with the value that was seen. A new record (`before` null) and a
 * deleted one (`after` null) are one change of the whole, under ''.
 */
export function diffRecord(
  kind: EditableKind,
  before: object | null,
  after: object | null,
): Record<string, FieldChange> {
  if (before === null || after === null)
    return isEqual(before, after) ? {} : { '': { base: before, value: after } }
  const { fields, lists } = fieldPolicies[kind]
  const changes: Record<string, FieldChange> = {}
  addChangedFields(changes, '', fields, before as Fields, after as Fields, Object.keys(lists))
  for (const [list, of] of Object.entries(lists))
    addChangedElements(changes, list, of, before as Fields, after as Fields)
  return changes
}

function addChangedElements(
  changes: Record<string, FieldChange>,
  list: string,
  of: ListPolicy,
  before: Fields,
  after: Fields,
): void {
  const old = new Map(elementsOf(before, list).map((element) => [String(element[of.id]), element]))
  const now = new Map(elementsOf(after, list).map((element) => [String(element[of.id]), element]))
  for (const [id, element] of now) {
    const seen = old.get(id)
    if (seen) addChangedFields(changes, `${elementPath(list, id)}.`, of.fields, seen, element, [])
    else changes[elementPath(list, id)] = { base: null, value: element }
  }
  for (const [id, element] of old)
    if (!now.has(id)) changes[elementPath(list, id)] = { base: element, value: null }
}

function addChangedFields(
  changes: Record<string, FieldChange>,
  prefix: string,
  policies: Readonly<Record<string, FieldPolicy>>,
  before: Fields,
  after: Fields,
  without: readonly string[],
): void {
  for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (without.includes(field) || isEqual(before[field], after[field])) continue
    const [base, value] = [before[field] ?? null, after[field] ?? null]
    const change = policies[field] === 'set' ? setChange(listOf(base), listOf(value)) : { base, value }
    if (change !== null) changes[prefix + field] = change
  }
}

/** Null where both hold the same: a set has no sequence. */
function setChange(before: readonly unknown[], after: readonly unknown[]): FieldChange | null {
  const missingIn = (list: readonly unknown[]) => (value: unknown) =>
    !list.some((each) => isEqual(each, value))
  const [add, remove] = [after.filter(missingIn(before)), before.filter(missingIn(after))]
  return add.length + remove.length > 0 ? { add, remove } : null
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : []
}
