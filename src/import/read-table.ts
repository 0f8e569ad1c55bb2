import { failed, success } from '#domain/failure.ts'
import type { Result } from '#domain/failure.ts'
import { readRecords } from './csv-records.ts'

export type Separator = ',' | ';' | '\t' | '|'

export type RowDefect = { readonly row: number; readonly code: string; readonly reason: string }

export type Table = {
  readonly separator: Separator
  /** Row number of the header as a spreadsheet counts, usually 1. `rows[0]` is the row after it. */
  readonly headerRow: number
  readonly header: readonly string[]
  /** As in the file, uneven rows too; a blank line is a row without cells. */
  readonly rows: readonly (readonly string[])[]
  /** What is wrong with the form of a row, by row number. */
  readonly defects: readonly RowDefect[]
}

const separators: readonly Separator[] = [',', ';', '\t', '|']
const sampleRows = 50

/** Reads rows and columns. The separator is the one that splits the first rows most evenly; `sep=;` on top decides. */
export function readTable(text: string): Result<Table> {
  const even = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
  const announced = /^sep=([,;\t|])\n/.exec(even)
  const start = announced ? announced[0].length : 0
  const separator = (announced?.[1] as Separator | undefined) ?? sniffSeparator(even, start)
  const { rows: records, damaged } = readRecords(even, separator, start)
  const headerAt = records.findIndex((cells) => cells.some((cell) => cell.trim() !== ''))
  const header = records[headerAt]
  if (!header)
    return failed('import/no-header', 'The file has no rows.', 'Choose the file with the exported sales.')
  const headerRow = headerAt + 1 + (announced ? 1 : 0)
  const rows = records.slice(headerAt + 1)
  const width = hasSurplusSeparators(rows, header.length) ? header.length + 1 : header.length
  const defects: RowDefect[] = []
  const damagedRows = new Set(damaged.map((index) => index - headerAt - 1))
  for (let index = 0; index < rows.length; index++) {
    const cells = rows[index] ?? []
    const row = headerRow + 1 + index
    if (damagedRows.has(index)) defects.push({ row, ...quoteDamaged })
    else if (cells.length !== width && cells.length > 0)
      defects.push({
        row,
        code: 'import/row-uneven',
        reason: `The row has ${cells.length} cells, the header has ${header.length}.`,
      })
  }
  return success({ separator, headerRow, header, rows, defects })
}

/** Some programs end every row but the header with a separator. */
function hasSurplusSeparators(rows: readonly (readonly string[])[], width: number): boolean {
  return rows.every((cells) => cells.length === 0 || (cells.length === width + 1 && cells[width] === ''))
}

const quoteDamaged = {
  code: 'import/quote-damaged',
  reason: 'A quotation mark in this row is opened but not closed before the next cell.',
}

function sniffSeparator(text: string, start: number): Separator {
  let best: Separator = ','
  let bestScore = 0
  for (const separator of separators) {
    const rows = readRecords(text, separator, start, sampleRows).rows.filter((cells) => cells.length > 0)
    const columns = rows[0]?.length ?? 0
    if (columns < 2) continue
    const evenShare = rows.filter((cells) => cells.length === columns).length / rows.length
    const score = evenShare * 1000 + columns
    if (score > bestScore) {
      best = separator
      bestScore = score
    }
  }
  return best
}
