export type SortValue = string | number | null

export interface SortOrder {
  key: string
  descending: boolean
}

/** Sorts a copy; texts by the locale's rules, digits in them by value; nothing (null) stands last in both orders. */
export function sortRows<R>(
  rows: readonly R[],
  sortBy: (row: R) => SortValue,
  descending: boolean,
  locale: string,
): R[] {
  const collator = new Intl.Collator(locale, { numeric: true })
  const factor = descending ? -1 : 1
  const compare = (left: SortValue, right: SortValue): number => {
    if (left === right) return 0
    if (left === null) return 1
    if (right === null) return -1
    if (typeof left === 'number' && typeof right === 'number') return factor * (left - right)
    return factor * collator.compare(String(left), String(right))
  }
  const keyed = rows.map((row) => ({ row, value: sortBy(row) }))
  return keyed.sort((left, right) => compare(left.value, right.value)).map(({ row }) => row)
}
