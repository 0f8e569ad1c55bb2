import { type Key, type Range, type TableName, tableKeys, type Tables } from './tables.ts'

/** Goes through a whole table in the sequence of its keys, `most` rows at a time. */
export async function eachPortion<Name extends TableName>(
  table: Name,
  most: number,
  read: (range: Range) => Promise<readonly Tables[Name][]>,
  work: (rows: readonly Tables[Name][]) => void,
): Promise<void> {
  for (let from: Key | undefined; ;) {
    const rows = await read(from === undefined ? { most } : { from, most })
    work(rows)
    if (rows.length < most) return
    from = keyAfter(table, rows.at(-1)!)
  }
}

/** The least key above a row's own. */
function keyAfter<Name extends TableName>(table: Name, row: Tables[Name]): Key {
  const path: string | readonly string[] = tableKeys[table]
  const fields = row as Record<string, unknown>
  if (typeof path === 'string') return after(fields[path])
  const parts = path.map((name) => fields[name] as string | number)
  return [...parts.slice(0, -1), after(parts.at(-1))]
}

/** Numbers are whole ones here. */
function after(part: unknown): string | number {
  return typeof part === 'number' ? part + 1 : `${String(part)}\u0000`
}
