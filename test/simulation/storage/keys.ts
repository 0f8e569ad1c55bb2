import { type Key, type TableName, tableKeys } from '../../../src/storage/tables.ts'

/** A key as text, to find it in a `Map`. */
export function keyText(key: Key): string {
  return typeof key === 'string' ? `"${key}` : JSON.stringify(key)
}

/** The primary key of a row. */
export function keyOf(table: TableName, row: unknown): Key {
  const path: string | readonly string[] = tableKeys[table]
  const members = row as Record<string, Key>
  return typeof path === 'string'
    ? checked(members[path])
    : path.map((name) => checked(members[name]) as string)
}

/** The order of IndexedDB: numbers, then strings by UTF-16 code units, then arrays member by member. */
export function compareKeys(one: Key, other: Key): number {
  const [rankOne, rankOther] = [rank(one), rank(other)]
  if (rankOne !== rankOther) return rankOne - rankOther
  if (Array.isArray(one) && Array.isArray(other)) return compareArrays(one as Key[], other as Key[])
  return one < other ? -1 : one > other ? 1 : 0
}

function compareArrays(one: readonly Key[], other: readonly Key[]): number {
  for (let index = 0; index < Math.min(one.length, other.length); index += 1) {
    const difference = compareKeys(one[index]!, other[index]!)
    if (difference !== 0) return difference
  }
  return one.length - other.length
}

function rank(key: Key): number {
  return typeof key === 'number' ? 0 : typeof key === 'string' ? 1 : 2
}

function checked(key: unknown): Key {
  if (typeof key === 'string' || (typeof key === 'number' && !Number.isNaN(key)) || Array.isArray(key))
    return key as Key
  throw new DOMException('The row has no valid key.', 'DataError')
}
