/** What a whole column says about how it is written: decided, or `ambiguous` with values that show why. */
export type ColumnChoice<Value> =
  | { readonly ambiguous: false; readonly value: Value }
  | { readonly ambiguous: true; readonly examples: readonly string[] }

type Evidence<Value> = { readonly value: Value; readonly count: number; readonly examples: readonly string[] }

/** A lone slip must not stop a file: one value against more than this many is a slip, and its row is refused. */
const slipRatio = 20

/**
 * Weighs the values that fit one way only. `unclear` fit both ways; with no evidence at all and nothing unclear it does
 * not matter and `otherwise` is taken.
 */
export function settle<Value>(
  first: Evidence<Value>,
  second: Evidence<Value>,
  unclear: readonly string[],
  otherwise: Value,
): ColumnChoice<Value> {
  if (first.count > second.count * slipRatio) return { ambiguous: false, value: first.value }
  if (second.count > first.count * slipRatio) return { ambiguous: false, value: second.value }
  if (first.count === 0 && second.count === 0 && unclear.length === 0)
    return { ambiguous: false, value: otherwise }
  return { ambiguous: true, examples: [...first.examples, ...second.examples, ...unclear].slice(0, 4) }
}
