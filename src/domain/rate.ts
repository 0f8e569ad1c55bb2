/** Scaled rates are parts of this: 100 % = 10,000 basis points = 1,000,000. */
export const rateDenominator = 1_000_000

/**
 * A rate in basis points as a whole number of millionths: 825 (8.25 %) is 82,500 and 997.5 (9.975 %, Quebec's sales tax)
 * is 99,750. Basis points may have up to two decimals; anything finer throws RangeError.
 */
export function scaledRate(rateBasisPoints: number): number {
  const scaled = Math.round(rateBasisPoints * 100)
  if (!Number.isSafeInteger(scaled) || scaled / 100 !== rateBasisPoints)
    throw new RangeError(`A rate has at most two decimals of a basis point, not ${rateBasisPoints}`)
  return scaled
}
