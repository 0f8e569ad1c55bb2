export type SortValue = string | number | null

/** Sorts a copy; texts by the locale's rules, digits in them by value; nothing (null) stands last in both orders. */
export function sortByValue<Row>(
  rows: readonly Row[],
  valueOf: (row: Row) => SortValue,
  descending: boolean,
  locale: string,
): readonly Row[] {
  const factor = descending ? -1 : 1
  const { compare } = new Intl.Collator(locale, { numeric: true })
  const keyed = rows.map((row) => ({ row, value: valueOf(row) }))
  keyed.sort(({ value: left }, { value: right }) => {
    if (left === right) return 0
    if (left === null) return 1
    if (right === null) return -1
    if (typeof left === 'number' && typeof right === 'number') return factor * (left - right)
    return factor * compare(String(left), String(right))
  })
  return keyed.map(({ row }) => row)
}
