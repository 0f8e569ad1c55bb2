import { businessTime } from '#domain/business-time.ts'
import { readGtin } from '#domain/gtin.ts'
import type { TenderKind } from '#domain/order.ts'
import { importFields } from './column-mapping.ts'
import type { ColumnIndexes, ImportField } from './column-mapping.ts'
import type { DateOrder } from './date-forms.ts'
import { parseDecimal } from './decimal.ts'
import type { Decimal, DecimalMark } from './decimal.ts'
import type { ImportedLine } from './imported-order.ts'
import { instantOf } from './instant-of.ts'
import { lineAmounts } from './line-amounts.ts'
import type { AmountRefusal } from './line-amounts.ts'
import { readDateTime } from './read-dates.ts'
import { tenderKind } from './tender-kind.ts'
import { ianaZone } from './time-zone-name.ts'
import type { WarningLog } from './warning-log.ts'

/** All that is decided once for a file. */
export type LineReader = {
  readonly columns: ColumnIndexes
  readonly header: readonly string[]
  readonly dateOrder: DateOrder
  readonly decimalMark: DecimalMark
  readonly currencyExponent: number
  readonly storeTimeZone: string
  readonly fallbackStoreName: string
  readonly warnings: WarningLog
  /** Amounts repeat: text → what it says. */
  readonly amounts: Map<string, Decimal | null>
  readonly zones: Map<string, string | null>
}

/** One row, read: its line and what it says about its order. */
export type LineReading = {
  readonly ok: true
  readonly line: ImportedLine
  readonly isRefund: boolean
  /** '' when the file has none for this row. */
  readonly transactionId: string
  readonly storeName: string
  readonly registerName: string
  readonly customerName: string
  readonly tender: TenderKind
  readonly businessDay: string
  readonly businessHour: number
  readonly occurredAt: number
}

export type LineRefusal = { readonly ok: false; readonly code: string; readonly reason: string }

export function readLine(
  reader: LineReader,
  cells: readonly string[],
  row: number,
): LineReading | LineRefusal {
  const damage = findDamage(reader, cells)
  if (damage) return damage
  const productName = cellOf(reader, cells, 'product')
  if (productName.trim() === '') return refuse('product-empty', 'The row names no product.')
  const event = eventOf(cellOf(reader, cells, 'eventType'))
  if (event === 'none')
    return refuse(
      'not-a-sale',
      `“${cellOf(reader, cells, 'eventType').trim()}” is neither a sale nor a refund.`,
    )
  const when = readWhen(reader, cells, row)
  if (!when.ok) return when
  const money = readMoney(reader, cells, event === null ? null : event === 'refund', row)
  if (!money.ok) return money
  const { isRefund, ...amounts } = money.value
  return {
    ok: true,
    line: {
      productKey: textOf(reader, cells, 'productId') ?? productName,
      productName,
      variantName: textOf(reader, cells, 'variant'),
      categoryName: categoryOf(textOf(reader, cells, 'category')),
      sku: textOf(reader, cells, 'sku'),
      barcode: textOf(reader, cells, 'barcode'),
      modifiers: modifiersOf(cellOf(reader, cells, 'modifiers')),
      ...amounts,
      note: textOf(reader, cells, 'note'),
    },
    isRefund,
    transactionId: transactionIdOf(reader, cells, when.businessDay),
    storeName: textOf(reader, cells, 'store') ?? reader.fallbackStoreName,
    registerName: cellOf(reader, cells, 'register').trim(),
    customerName: cellOf(reader, cells, 'customer').trim(),
    tender: tenderKind(cellOf(reader, cells, 'tender')),
    businessDay: when.businessDay,
    businessHour: when.businessHour,
    occurredAt: when.occurredAt,
  }
}

/** '' for an unmapped field. */
export function cellOf(
  reader: Pick<LineReader, 'columns'>,
  cells: readonly string[],
  field: ImportField,
): string {
  const index = reader.columns[field]
  return index === undefined ? '' : (cells[index] ?? '')
}

function textOf(reader: LineReader, cells: readonly string[], field: ImportField): string | null {
  const text = cellOf(reader, cells, field).trim()
  return text === '' ? null : text
}

/** The wire carries texts up to this length. */
const mostCharacters = 500
/** What a spreadsheet leaves of a long number, `7.48E+11`. Stricter than for barcodes: `1E5` can be a house code. */
const damagedNumber = /^\d(?:[.,]\d+)?E\+\d+$/i
const idFields = ['sku', 'transactionId', 'receiptNumber', 'productId'] as const

function findDamage(reader: LineReader, cells: readonly string[]): LineRefusal | null {
  const barcode = cellOf(reader, cells, 'barcode').trim()
  if (barcode !== '') {
    const gtin = readGtin(barcode)
    if (!gtin.ok && gtin.failure.code === 'gtin/damaged-by-spreadsheet')
      return refuse('barcode-damaged', cutShort(columnName(reader, 'barcode'), barcode))
  }
  for (const field of idFields) {
    const text = cellOf(reader, cells, field).trim()
    if (text !== '' && damagedNumber.test(text))
      return refuse('number-damaged', cutShort(columnName(reader, field), text))
  }
  for (const field of importFields)
    if (cellOf(reader, cells, field).length > mostCharacters)
      return refuse(
        'text-too-long',
        `${columnName(reader, field)} is longer than ${mostCharacters} characters.`,
      )
  return null
}

function cutShort(column: string, text: string): string {
  return `${column} “${text}” was cut short by a spreadsheet: its last digits are lost.`
}

function readWhen(reader: LineReader, cells: readonly string[], row: number) {
  const hasDateTime = reader.columns.dateTime !== undefined
  const dateText = cellOf(reader, cells, hasDateTime ? 'dateTime' : 'date')
  const timeText = !hasDateTime && reader.columns.time !== undefined ? cellOf(reader, cells, 'time') : null
  const reading = readDateTime(dateText, timeText, reader.dateOrder)
  if (!reading.ok) return reading
  const local = reading.value
  if (reading.hasNoTime) reader.warnings.add('no-times', row)
  const occurredAt = instantOf(local, zoneOf(reader, cells, row))
  const { day, hour } = local.offsetMinutes === null ? local : businessTime(occurredAt, reader.storeTimeZone)
  return { ok: true as const, businessDay: day, businessHour: hour, occurredAt }
}

function zoneOf(reader: LineReader, cells: readonly string[], row: number): string {
  const name = cellOf(reader, cells, 'timeZone')
  if (name.trim() === '') return reader.storeTimeZone
  let zone = reader.zones.get(name)
  if (zone === undefined) reader.zones.set(name, (zone = ianaZone(name)))
  if (zone === null) reader.warnings.add('zone-unknown', row)
  return zone ?? reader.storeTimeZone
}

const amountRefusals: Readonly<Record<AmountRefusal, string>> = {
  'quantity-zero': 'The quantity is zero.',
  'amount-missing': 'The row has no amount.',
  'amount-too-large': 'An amount is too large to be a sale.',
}

function readMoney(reader: LineReader, cells: readonly string[], isRefund: boolean | null, row: number) {
  const found: { [field in (typeof amountFields)[number]]: Decimal | null } = { ...noAmounts }
  for (const field of amountFields) {
    const text = cellOf(reader, cells, field)
    if (text.trim() === '') continue
    let amount = reader.amounts.get(text)
    if (amount === undefined) reader.amounts.set(text, (amount = parseDecimal(text, reader.decimalMark)))
    if (amount === null)
      return refuse('amount-unreadable', `${columnName(reader, field)} “${text.trim()}” is not an amount.`)
    found[field] = amount
  }
  if (reader.columns.quantity !== undefined && found.quantity === null)
    return refuse('quantity-missing', 'The row has no quantity.')
  const outcome = lineAmounts(found, isRefund, reader.currencyExponent)
  if (!outcome.ok) return refuse(outcome.refusal, amountRefusals[outcome.refusal])
  if (outcome.doubt) reader.warnings.add(outcome.doubt, row)
  return outcome
}

export const amountFields = ['quantity', 'unitPrice', 'gross', 'discount', 'net', 'tax', 'total'] as const

const noAmounts = {
  quantity: null,
  unitPrice: null,
  gross: null,
  discount: null,
  net: null,
  tax: null,
  total: null,
}

/** Null: the file does not say. */
function eventOf(text: string): 'sale' | 'refund' | 'none' | null {
  if (text.trim() === '') return null
  if (/refund|return|reversal|retour|storno|gutschrift|reembolso|rimborso/i.test(text)) return 'refund'
  return /\b(void|voided|cancel+ed|no sale)\b/i.test(text) ? 'none' : 'sale'
}

/** Square writes `None` for a product without a category. */
function categoryOf(text: string | null): string | null {
  return text === 'None' ? null : text
}

function modifiersOf(text: string): string[] {
  if (text === '') return []
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

/** Receipt numbers start again on other days and registers, so they are an id only together with these. */
function transactionIdOf(reader: LineReader, cells: readonly string[], businessDay: string): string {
  const transactionId = cellOf(reader, cells, 'transactionId').trim()
  if (transactionId !== '') return transactionId
  const receiptNumber = cellOf(reader, cells, 'receiptNumber').trim()
  if (receiptNumber === '') return ''
  return [businessDay, cellOf(reader, cells, 'register').trim(), receiptNumber].join('/')
}

function columnName(reader: LineReader, field: ImportField): string {
  const index = reader.columns[field]
  return index === undefined ? field : (reader.header[index] ?? field).trim()
}

function refuse(code: string, reason: string): LineRefusal {
  return { ok: false, code: `import/${code}`, reason }
}
