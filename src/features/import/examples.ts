import type { ImportPreview } from '../../worker/api-office.ts'

type Sample = Pick<ImportPreview, 'header' | 'mapping' | 'sampleRows'>

const twoNumbersFirst = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)/

/** A date of the file that reads differently by what comes first; null when the first rows have none. */
export function dateExample(sample: Sample): string | null {
  const found = cellsOf(sample, ['dateTime', 'date']).find((cell) => {
    const [, first, second] = twoNumbersFirst.exec(cell) ?? []
    return (
      first !== undefined && Number(first) !== Number(second) && Number(first) <= 12 && Number(second) <= 12
    )
  })
  return found === undefined ? null : (twoNumbersFirst.exec(found)?.[0] ?? null)
}

export function dateReadings(
  example: string | null,
  locale: string,
): { readonly monthFirst: string; readonly dayFirst: string } | null {
  const [, first, second, yearText] = twoNumbersFirst.exec(example ?? '') ?? []
  if (yearText === undefined) return null
  const year =
    yearText.length === 2 ? (Number(yearText) < 80 ? 2000 : 1900) + Number(yearText) : Number(yearText)
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
  return {
    monthFirst: format.format(Date.UTC(year, Number(first) - 1, Number(second))),
    dayFirst: format.format(Date.UTC(year, Number(second) - 1, Number(first))),
  }
}

const threeAfterMark = /\d{1,3}[.,]\d{3}(?!\d)/

/** An amount of the file that may have thousands or decimals; null when the first rows have none. */
export function amountExample(sample: Sample): string | null {
  const cells = cellsOf(sample, ['unitPrice', 'net', 'total', 'gross', 'discount', 'tax', 'quantity'])
  const found = cells.map((cell) => threeAfterMark.exec(cell)?.[0]).find((amount) => amount !== undefined)
  return found ?? null
}

export function decimalReadings(
  example: string | null,
  locale: string,
): { readonly point: string; readonly comma: string } | null {
  if (example === null) return null
  const digits = example.replace(/[.,]/, '')
  const [whole, decimals] = example.split(/[.,]/)
  const format = (value: number, places: number): string =>
    new Intl.NumberFormat(locale, { minimumFractionDigits: places, maximumFractionDigits: 3 }).format(value)
  const asThousands = format(Number(digits), 0)
  const asDecimals = format(Number(`${whole}.${decimals}`), 3)
  return example.includes('.')
    ? { point: asDecimals, comma: asThousands }
    : { point: asThousands, comma: asDecimals }
}

function cellsOf({ header, mapping, sampleRows }: Sample, fields: readonly string[]): string[] {
  return fields.flatMap((field) => {
    const column = mapping[field]
    const index = column === undefined ? -1 : header.indexOf(column)
    return index < 0 ? [] : sampleRows.map((cells) => (cells[index] ?? '').trim())
  })
}
