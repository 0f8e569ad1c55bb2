import type { RefusedRow } from './imported-order.ts'

/**
 * The refused rows as CSV: the file's own columns, then `Row` and `Reason`. Cells of the file stay as they are, so that the
 * mended file can be imported; only our reason is kept from being run as a formula by a spreadsheet.
 */
export function refusedCsv(refused: readonly RefusedRow[], header: readonly string[]): string {
  const lines = [[...header, 'Row', 'Reason']]
  for (const { row, reason, cells } of refused) {
    const own = Array.from(
      { length: Math.max(header.length, cells.length) },
      (_, index) => cells[index] ?? '',
    )
    lines.push([...own, String(row), withoutFormula(reason)])
  }
  return lines.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('')
}

function withoutFormula(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
