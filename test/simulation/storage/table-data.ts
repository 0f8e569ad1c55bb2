import { type Key, type Range, tableIndexes, type TableName } from '../../../src/storage/tables.ts'
import { compareKeys, keyOf, keyText } from './keys.ts'

/** The rows of one table; rows are frozen, so copies share them. */
export type TableData = Map<string, unknown>

/** Undefined: the row is deleted. */
export type TableChanges = Map<string, unknown>

/** Rows in a range of the key or of an index, with what the transaction has changed laid over. */
export function rangeOf(
  table: TableName,
  data: TableData,
  changes: TableChanges | undefined,
  range: Range = {},
): unknown[] {
  const place = placeOf(table, range.index)
  const found: { readonly at: Key; readonly key: Key; readonly row: unknown }[] = []
  const look = (row: unknown): void => {
    const at = place(row)
    if (at === undefined) return
    if (range.from !== undefined && compareKeys(at, range.from) < 0) return
    if (range.to !== undefined && compareKeys(at, range.to) > 0) return
    found.push({ at, key: keyOf(table, row), row })
  }
  for (const [text, row] of data) if (!changes?.has(text)) look(row)
  if (changes) for (const row of changes.values()) if (row !== undefined) look(row)
  found.sort((one, other) => compareKeys(one.at, other.at) || compareKeys(one.key, other.key))
  if (range.isReversed) found.reverse()
  const skip = range.skip ?? 0
  return found.slice(skip, skip + (range.most ?? Infinity)).map(({ row }) => row)
}

export function rowAt(data: TableData, changes: TableChanges | undefined, key: Key): unknown {
  const text = keyText(key)
  return changes?.has(text) ? changes.get(text) : data.get(text)
}

/** Reads the place of a row in an index; undefined where it is not in it. */
function placeOf(table: TableName, index: string | undefined): (row: unknown) => Key | undefined {
  if (index === undefined) return (row) => keyOf(table, row)
  const known: readonly string[] = (tableIndexes as Record<string, readonly string[]>)[table] ?? []
  if (!known.includes(index))
    throw new DOMException(`The table ${table} has no index ${index}.`, 'NotFoundError')
  return (row) => {
    const value = (row as Record<string, unknown>)[index]
    return typeof value === 'string' || typeof value === 'number' ? value : undefined
  }
}
