const highestBasisPoints = 10_000

/**
 * Reads a percentage as a person types it, such as `8.25`, `8,25 %` or `9.975`, exactly and without binary fractions.
 * The answer is in basis points, which may have up to two decimals (9.975 % is 997.5). Null: not a rate from 0 to 100 %.
 */
export function readTaxRate(text: string): number | null {
  const digits = /^(\d{1,3})(?:[.,](\d{0,4}))?\s*%?$/.exec(text.trim())
  if (digits === null) return null
  const [, whole = '', decimals = ''] = digits
  const millionths = Number(whole + decimals.padEnd(4, '0'))
  const basisPoints = millionths / 100
  return basisPoints <= highestBasisPoints ? basisPoints : null
}
