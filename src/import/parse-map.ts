import { failed, success } from '#domain/failure.ts'
import type { Result } from '#domain/failure.ts'
import { importFields, resolveColumns } from './column-mapping.ts'
import type { ColumnMapping, ImportField } from './column-mapping.ts'

const fieldsByName = new Map<string, ImportField>([
  ...importFields.map((field) => [field.toLowerCase(), field] as const),
  ['device', 'register'],
])

/**
 * Reads the command line's `--map`: `date=Date,product=Item,unitPrice=Price,quantity=Qty`. A column name with a comma
 * stands in quotation marks: `net="Net, without tax"`. Checks the result against the header.
 */
export function parseMap(text: string, header: readonly string[]): Result<ColumnMapping> {
  const mapping: { [field in ImportField]?: string } = {}
  for (const pair of splitPairs(text)) {
    const [, name, quoted, bare] = /^\s*([^=\s]+)\s*=\s*(?:"([^"]*)"|([^"]*?))\s*$/.exec(pair) ?? []
    const column = quoted ?? bare
    if (!name || !column)
      return failed(
        'import/map-unreadable',
        `“${pair.trim()}” in the map is not of the form field=Column.`,
        'Write it as in: date=Date,product=Item,unitPrice=Price,quantity=Qty',
      )
    const field = fieldsByName.get(name.toLowerCase())
    if (!field)
      return failed(
        'import/unknown-field',
        `“${name}” in the map is not a field.`,
        `Fields are: ${importFields.join(', ')}.`,
      )
    if (mapping[field] !== undefined)
      return failed(
        'import/field-twice',
        `“${name}” stands in the map twice.`,
        'Name one column for each field.',
      )
    mapping[field] = column
  }
  const resolved = resolveColumns(mapping, header)
  return resolved.ok ? success(mapping) : resolved
}

function splitPairs(text: string): string[] {
  return (text.match(/(?:[^,"]|"[^"]*"|")+/g) ?? []).filter((pair) => pair.trim() !== '')
}
