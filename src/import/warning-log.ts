import type { ImportWarning } from './imported-order.ts'

export type WarningCode = keyof typeof sentences

const mostRows = 5

/** Counts what a person should know of an import and keeps the first rows of each kind. */
export class WarningLog {
  readonly #found = new Map<WarningCode, { count: number; readonly rows: number[] }>()

  add(code: WarningCode, row: number): void {
    const found = this.#found.get(code)
    if (!found) {
      this.#found.set(code, { count: 1, rows: [row] })
      return
    }
    found.count++
    if (found.rows.length < mostRows) found.rows.push(row)
  }

  list(): ImportWarning[] {
    return [...this.#found].map(([code, { count, rows }]) => ({
      code: `import/${code}`,
      sentence: sentences[code],
      count,
      rows,
    }))
  }
}

const sentences = {
  'price-differs': 'Quantity times price is not the amount in the file. The amount in the file was kept.',
  'discount-differs': 'Gross less discount is not net. All three were kept as in the file.',
  'total-differs': 'Net and tax do not add up to the total. Net and tax were kept.',
  'zone-unknown': 'The time zone in the file is not known. The store’s own was used.',
  'no-times': 'The file has no time of day. Sales were placed at 12:00.',
  'tender-mixed': 'An order names more than one way of paying. It counts as other.',
}
