import { success } from '#domain/failure.ts'
import type { Failure, Result } from '#domain/failure.ts'
import { buildOrders } from './build-orders.ts'
import type { ImportOptions, ImportQuestion } from './build-orders.ts'
import type { ColumnMapping } from './column-mapping.ts'
import { decodeFile } from './decode-file.ts'
import type { ImportedSales } from './imported-order.ts'
import { readTable } from './read-table.ts'
import type { Table } from './read-table.ts'
import { recogniseShape } from './recognise-shape.ts'
import type { ImportShape } from './recognise-shape.ts'

export type SalesChoices = ImportOptions & {
  /** What a person chose for this header; null: recognise, or suggest. */
  readonly mapping: ((header: readonly string[]) => Result<ColumnMapping>) | null
}

export type PreparedSales = {
  readonly table: Table
  readonly shape: ImportShape
  readonly mapping: ColumnMapping
} & (
  | { readonly sales: ImportedSales; readonly questions: readonly [] }
  /** Nothing is guessed: `failure` says the first of the questions. */
  | { readonly sales: null; readonly questions: readonly ImportQuestion[]; readonly failure: Failure }
)

/** From the bytes of an export to orders, or to the questions that stand between. */
export function prepareSales(
  file: { readonly name: string; readonly bytes: Uint8Array },
  choices: SalesChoices,
): Result<PreparedSales> {
  const decoded = decodeFile(file.bytes, file.name)
  if (!decoded.ok) return decoded
  const table = readTable(decoded.value.text)
  if (!table.ok) return table
  const recognised = recogniseShape(table.value.header)
  const chosen = choices.mapping?.(table.value.header) ?? success(recognised.mapping)
  if (!chosen.ok) return chosen
  const mapping = chosen.value
  const found = { table: table.value, shape: recognised.shape, mapping }
  const built = buildOrders(table.value, mapping, choices)
  if (built.ok) return success({ ...found, sales: built.value, questions: [] })
  const { failure, questions } = built
  if (questions.length === 0 || failure.code === 'import/column-twice') return { ok: false, failure }
  return success({ ...found, sales: null, questions, failure })
}
