import { allocateByLargestRemainder, mulDivRound } from './money.ts'
import type { Discount } from './order.ts'
import { rateDenominator, scaledRate } from './rate.ts'

/**
 * What a discount takes off `baseMinor`, with the base's sign and never more than the base.
 * Percent: `base × rate`, rounded half away from zero, the rate held to 0…100 %. Amount: the smaller of amount and base.
 */
export function discountOn(baseMinor: number, discount: Discount | null): number {
  if (discount === null) return 0
  if (discount.kind === 'percent') {
    const rate = Math.min(Math.max(scaledRate(discount.rateBasisPoints), 0), rateDenominator)
    return mulDivRound(baseMinor, rate, rateDenominator)
  }
  const amountMinor = Math.min(Math.max(discount.amountMinor, 0), Math.abs(baseMinor))
  return baseMinor < 0 ? 0 - amountMinor : amountMinor
}

/**
 * Spreads the order's discount over what is left of each line after its own discount, by largest remainder.
 * A percent discount is taken on the sum of sold lines and, apart, on the sum of lines taken back, so that each mirrors the
 * other. An amount is taken off the sold lines; only an order without any takes it off the lines taken back.
 */
export function spreadOrderDiscount(leftMinor: readonly number[], discount: Discount | null): number[] {
  const sold = leftMinor.map((left) => Math.max(left, 0))
  const takenBack = leftMinor.map((left) => Math.max(0 - left, 0))
  const soldDiscount = discountOn(sum(sold), discount)
  const isTakenBackToo = discount?.kind === 'percent' || sum(sold) === 0
  const takenBackDiscount = isTakenBackToo ? discountOn(sum(takenBack), discount) : 0
  const soldShares = allocateByLargestRemainder(soldDiscount, sold)
  const takenBackShares = allocateByLargestRemainder(takenBackDiscount, takenBack)
  return soldShares.map((share, index) => share - takenBackShares[index]!)
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0)
}
