import type { Currency } from '#domain/currency.ts'
import { failed, success } from '#domain/failure.ts'
import type { Failure, Result } from '#domain/failure.ts'
import { resolveColumns } from './column-mapping.ts'
import type { ColumnIndexes, ColumnMapping } from './column-mapping.ts'
import { ContentIds } from './content-id.ts'
import { decideDecimalMark } from './decimal-mark.ts'
import type { DecimalMark } from './decimal.ts'
import type { DateOrder } from './date-forms.ts'
import type { ImportedSales, RefusedRow } from './imported-order.ts'
import { isKnownZone } from './instant-of.ts'
import { OrderGroups } from './order-groups.ts'
import { amountFields, cellOf, readLine } from './read-line.ts'
import type { LineReader } from './read-line.ts'
import { decideDateOrder } from './read-dates.ts'
import type { Table } from './read-table.ts'
import { collectSales } from './collect-sales.ts'
import { WarningLog } from './warning-log.ts'

export type ImportOptions = {
  /** IANA zone for rows without a zone of their own. */
  readonly storeTimeZone: string
  readonly currency: Pick<Currency, 'exponent'>
  /** For rows that name no store. '' is asked for when it is needed. */
  readonly fallbackStoreName: string
  /** Answers, for when the file cannot tell; where it can, the file decides. */
  readonly dateOrder: DateOrder | null
  readonly decimalMark: DecimalMark | null
}

export type ImportQuestion = {
  readonly kind: 'mapping' | 'date-order' | 'decimal-mark' | 'store-name'
  /** Values of the file that show why it is asked. */
  readonly examples: readonly string[]
}

export type BuildOutcome =
  | { readonly ok: true; readonly value: ImportedSales }
  | { readonly ok: false; readonly failure: Failure; readonly questions: readonly ImportQuestion[] }

/**
 * Turns the rows of a sales export into orders: rows of one transaction id, store and kind (sale or refund) are one
 * order. A row that cannot be read is refused with its reason and never stops the others, nor the rest of its order.
 * Fails with `questions` when the mapping is not enough or the file can be read in two ways: those are never guessed.
 */
export function buildOrders(table: Table, mapping: ColumnMapping, options: ImportOptions): BuildOutcome {
  const resolved = resolveColumns(mapping, table.header)
  if (!resolved.ok) return { ...resolved, questions: [{ kind: 'mapping', examples: [] }] }
  if (!isKnownZone(options.storeTimeZone))
    return {
      ...failed(
        'import/zone-unknown',
        `“${options.storeTimeZone}” is not a time zone.`,
        'Use a name such as Europe/Berlin or America/New_York.',
      ),
      questions: [],
    }
  const reader = decideReader(table, resolved.value, options)
  return reader.ok ? { ok: true, value: readRows(table, reader.value) } : reader
}

function decideReader(
  table: Table,
  columns: ColumnIndexes,
  options: ImportOptions,
): Result<LineReader> & { readonly questions: readonly ImportQuestion[] } {
  const questions: ImportQuestion[] = []
  const dates = decideDateOrder(columnValues(table, columns.dateTime ?? columns.date ?? -1))
  const answered = options.dateOrder === 'ymd' ? null : options.dateOrder
  const dateOrder = dates.ambiguous ? answered : dates.value
  if (dates.ambiguous && !answered) questions.push({ kind: 'date-order', examples: dates.examples })
  const marks = decideDecimalMark(amountFields.map((field) => columnValues(table, columns[field] ?? -1)))
  const decimalMark = marks.ambiguous ? options.decimalMark : marks.value
  if (marks.ambiguous && !decimalMark) questions.push({ kind: 'decimal-mark', examples: marks.examples })
  const fallbackStoreName = options.fallbackStoreName.trim()
  if (fallbackStoreName === '' && hasRowWithoutStore(table, columns))
    questions.push({ kind: 'store-name', examples: [] })
  const first = questions[0]
  if (first || !dateOrder || !decimalMark) return { ...questionFailure(first), questions }
  const reader: LineReader = {
    columns,
    header: table.header,
    dateOrder,
    decimalMark,
    currencyExponent: options.currency.exponent,
    storeTimeZone: options.storeTimeZone,
    fallbackStoreName,
    warnings: new WarningLog(),
    amounts: new Map(),
    zones: new Map(),
  }
  return { ...success(reader), questions }
}

function questionFailure(question: ImportQuestion | undefined) {
  const shown = (question?.examples ?? []).map((example) => `“${example}”`).join(', ')
  if (question?.kind === 'date-order')
    return failed(
      'import/date-order-unclear',
      `The dates can be read in two ways: ${shown}.`,
      'Say whether the month or the day comes first.',
    )
  if (question?.kind === 'decimal-mark')
    return failed(
      'import/decimal-mark-unclear',
      `The amounts can be read in two ways: ${shown}.`,
      'Say whether a point or a comma stands before the decimals.',
    )
  return failed(
    'import/store-missing',
    'The file does not say which store the sales belong to.',
    'Name the store.',
  )
}

function readRows(table: Table, reader: LineReader): ImportedSales {
  const groups = new OrderGroups(reader.warnings)
  const contentIds = new ContentIds()
  const refused: RefusedRow[] = []
  const defects = new Map(table.defects.map((defect) => [defect.row, defect]))
  const lastColumn = Math.max(...Object.values(reader.columns))
  let rowCount = 0
  for (let index = 0; index < table.rows.length; index++) {
    const cells = table.rows[index] ?? []
    if (isBlank(cells)) continue
    rowCount++
    const row = table.headerRow + 1 + index
    const defect = defects.get(row)
    if (defect && !isHarmless(defect.code, cells, table.header.length, lastColumn)) {
      refused.push({ row, code: defect.code, reason: defect.reason, cells })
      continue
    }
    const reading = readLine(reader, cells, row)
    if (reading.ok) groups.add(reading, reading.transactionId || contentIds.next(cells), row)
    else refused.push({ row, code: reading.code, reason: reading.reason, cells })
  }
  const told = refused.map((refusal) => withOrderNote(refusal, reader, groups))
  return collectSales(groups.orders(), told, rowCount, reader.warnings.list())
}

function withOrderNote(refusal: RefusedRow, reader: LineReader, groups: OrderGroups): RefusedRow {
  const transactionId = cellOf(reader, refusal.cells, 'transactionId').trim()
  const isTaken = transactionId !== '' && groups.hasTransaction(transactionId)
  return isTaken
    ? { ...refusal, reason: `${refusal.reason} The other rows of this order were taken.` }
    : refusal
}

/**
 * Spreadsheets leave out empty cells at the end: no harm where nothing that is read is among them. Surplus cells are
 * never harmless, as an unquoted decimal comma makes them too: `1,3,10,` would sell for 3.
 */
function isHarmless(code: string, cells: readonly string[], width: number, lastColumn: number): boolean {
  return code === 'import/row-uneven' && cells.length < width && cells.length > lastColumn
}

function isBlank(cells: readonly string[]): boolean {
  for (const cell of cells) if (cell.trim() !== '') return false
  return true
}

function hasRowWithoutStore(table: Table, columns: ColumnIndexes): boolean {
  const column = columns.store
  if (column === undefined) return true
  return table.rows.some((cells) => (cells[column] ?? '').trim() === '' && !isBlank(cells))
}

function* columnValues(table: Table, column: number): Generator<string> {
  if (column < 0) return
  for (const cells of table.rows) {
    const value = cells[column]
    if (value) yield value
  }
}
