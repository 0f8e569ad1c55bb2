export type CsvTable = {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number)[])[]
}

/** RFC 4180 with a byte order mark, by which spreadsheets know UTF-8. */
export function csvOf({ columns, rows }: CsvTable): string {
  return `\uFEFF${[columns, ...rows].map((row) => row.map(cellOf).join(',')).join('\r\n')}\r\n`
}

/** An amount as spreadsheets take it: a point, no symbol, no thousands marks. Exact, as no division is involved. */
export function plainAmount(minor: number, exponent: number): string {
  const digits = String(Math.abs(minor)).padStart(exponent + 1, '0')
  const whole = digits.slice(0, digits.length - exponent)
  const cents = exponent > 0 ? `.${digits.slice(-exponent)}` : ''
  return `${minor < 0 ? '-' : ''}${whole}${cents}`
}

export function saveCsv(fileName: string, table: CsvTable): void {
  const url = URL.createObjectURL(new Blob([csvOf(table)], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  // The browser reads the file after the click; a minute is more than it needs.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

const plainNumber = /^-?\d+(\.\d+)?$/

function cellOf(value: string | number): string {
  const text = String(value)
  // A name that begins like a formula would be run by a spreadsheet.
  const safe = /^[=+\-@\t\r]/.test(text) && !plainNumber.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
