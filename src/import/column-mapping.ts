import { failed, success } from '#domain/failure.ts'
import type { Result } from '#domain/failure.ts'

/** What a column can mean. Order is the order in which a form shows them. */
export const importFields = [
  'date',
  'time',
  'dateTime',
  'timeZone',
  'transactionId',
  'receiptNumber',
  'store',
  'register',
  'product',
  'productId',
  'variant',
  'category',
  'sku',
  'barcode',
  'quantity',
  'unitPrice',
  'gross',
  'discount',
  'net',
  'tax',
  'total',
  'tender',
  'eventType',
  'modifiers',
  'customer',
  'note',
] as const

export type ImportField = (typeof importFields)[number]

/** Field → name of its column, as in the header. */
export type ColumnMapping = { readonly [field in ImportField]?: string }

/** Field → index of its column. */
export type ColumnIndexes = { readonly [field in ImportField]?: number }

/**
 * Checks a mapping against the header and finds its columns. At least: a date (`date` or `dateTime`), a `product`, and
 * the money as `net`, `total`, `gross` or `unitPrice` with `quantity`. Names match exactly, else without regard to case.
 */
export function resolveColumns(mapping: ColumnMapping, header: readonly string[]): Result<ColumnIndexes> {
  const indexes: { [field in ImportField]?: number } = {}
  for (const field of importFields) {
    const column = mapping[field]
    if (column === undefined || column === '') continue
    const found = columnsNamed(column, header)
    if (found.length === 0)
      return failed(
        'import/no-such-column',
        `The file has no column “${column}” (wanted as ${field}).`,
        `Its columns are: ${header.map((name) => name.trim()).join(', ')}.`,
      )
    if (found.length > 1)
      return failed(
        'import/column-twice',
        `The file has ${found.length} columns named “${column}” (wanted as ${field}).`,
        'Give each column a name of its own in the file, then choose it again.',
      )
    indexes[field] = found[0]
  }
  const missing = missingFields(indexes)
  if (missing.length > 0)
    return failed(
      'import/mapping-incomplete',
      `No column was chosen for: ${missing.join('; ')}.`,
      'Needed at least: a date, a product, and either unitPrice with quantity, or net, gross or total.',
    )
  return success(indexes)
}

/** What is still needed before the rows can be read, in words of the fields. */
function missingFields(mapping: { readonly [field in ImportField]?: unknown }): string[] {
  const missing: string[] = []
  const has = (field: ImportField) => mapping[field] !== undefined && mapping[field] !== ''
  if (!has('date') && !has('dateTime')) missing.push('date')
  if (!has('product')) missing.push('product')
  const hasMoney = has('net') || has('total') || has('gross') || (has('unitPrice') && has('quantity'))
  if (!hasMoney) missing.push('unitPrice and quantity, or net, gross or total')
  return missing
}

function columnsNamed(column: string, header: readonly string[]): number[] {
  const exact = indexesWhere(header, (name) => name === column)
  if (exact.length > 0) return exact
  const plain = column.trim().toLowerCase()
  return indexesWhere(header, (name) => name.trim().toLowerCase() === plain)
}

function indexesWhere(header: readonly string[], test: (name: string) => boolean): number[] {
  return header.flatMap((name, index) => (test(name) ? [index] : []))
}
