/** Rows with one key, summed up. */
export type Group<Row> = { readonly first: Row; readonly sums: number[] }

/** `amountsOf` gives as many numbers for every row; the n-th are added up. Groups come in the order of their first rows. */
export function groupBy<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  amountsOf: (row: Row) => number[],
): Group<Row>[] {
  const groups = new Map<string, Group<Row>>()
  for (const row of rows) {
    const key = keyOf(row)
    const amounts = amountsOf(row)
    const group = groups.get(key)
    if (group) for (let at = 0; at < amounts.length; at += 1) group.sums[at]! += amounts[at]!
    else groups.set(key, { first: row, sums: amounts })
  }
  return [...groups.values()]
}
