import { failed, success } from './failure.ts'
import type { Result } from './failure.ts'
import { mulDivRound } from './money.ts'
import type { PaidOrder, PricedLine, TaxAmount } from './order.ts'

/** How much of a sold line is taken back: a positive quantity, as it was sold. */
export type RefundChoice = { readonly lineId: string; readonly quantityMilli: number }

/**
 * The lines of a refund: the sold ones with their `lineId`, prices and taxes as they were sold, quantities and amounts negative.
 *
 * `refundedMilli` says how much of each line was taken back before (`refundedQuantities`). A refund is the line's amounts at the
 * quantity taken back so far with this one, less those at the quantity before; each is the sold amount in proportion, half
 * away from zero. So a whole refund mirrors the sale to the minor unit, and partial ones, in any sequence, add up to it.
 * Failures: `refund/unknown-line`, `refund/not-positive`, `refund/more-than-sold`.
 */
export function refundLines(
  order: Pick<PaidOrder, 'lines' | 'pricing'>,
  choices: readonly RefundChoice[],
  refundedMilli: ReadonlyMap<string, number> = new Map(),
): Result<PricedLine[]> {
  const soldLines = new Map(order.lines.map((line) => [line.lineId, line]))
  const soFarMilli = new Map(refundedMilli)
  const refunded: PricedLine[] = []
  for (const { lineId, quantityMilli } of choices) {
    const sold = soldLines.get(lineId)
    if (sold === undefined || sold.quantityMilli <= 0)
      return failed(
        'refund/unknown-line',
        'This item is not on the receipt.',
        'Choose an item that was sold on it.',
      )
    if (!(quantityMilli > 0))
      return failed(
        'refund/not-positive',
        `No quantity of ${sold.name} is chosen.`,
        'Choose how many to take back.',
      )
    const beforeMilli = soFarMilli.get(lineId) ?? 0
    const afterMilli = beforeMilli + quantityMilli
    if (afterMilli > sold.quantityMilli)
      return failed(
        'refund/more-than-sold',
        `${sold.name} was not sold that often.`,
        'Choose what is left of it.',
      )
    soFarMilli.set(lineId, afterMilli)
    refunded.push(difference(amountsAt(sold, beforeMilli, order), amountsAt(sold, afterMilli, order)))
  }
  return success(refunded)
}

/** [R4] Whether all the money of a sale went back. */
export function isAllBack(
  sale: Pick<PaidOrder, 'totals'>,
  refunds: readonly Pick<PaidOrder, 'totals'>[],
): boolean {
  const backMinor = refunds.reduce((sum, { totals }) => sum - totals.totalMinor, 0)
  return backMinor >= sale.totals.totalMinor
}

/** How much of each line earlier refunds of one order took back, by `lineId`. */
export function refundedQuantities(refunds: readonly Pick<PaidOrder, 'lines'>[]): Map<string, number> {
  const quantities = new Map<string, number>()
  for (const { lineId, quantityMilli } of refunds.flatMap((refund) => refund.lines))
    quantities.set(lineId, (quantities.get(lineId) ?? 0) - quantityMilli)
  return quantities
}

/** The line as if only `quantityMilli` of it had been sold; net is what the other amounts leave, so that the line still adds up. */
function amountsAt(
  sold: PricedLine,
  quantityMilli: number,
  { pricing }: Pick<PaidOrder, 'pricing'>,
): PricedLine {
  if (quantityMilli === sold.quantityMilli) return sold
  const portion = (amountMinor: number) => mulDivRound(amountMinor, quantityMilli, sold.quantityMilli)
  const grossMinor = portion(sold.grossMinor)
  const discountMinor = portion(sold.discountMinor)
  const orderDiscountMinor = portion(sold.orderDiscountMinor)
  const taxMinors = sold.taxes.map((tax) => portion(tax.taxMinor))
  const taxMinor = taxMinors.reduce((total, amount) => total + amount, 0)
  const priceMinor = grossMinor - discountMinor - orderDiscountMinor
  const netMinor = pricing.taxMode === 'inclusive' ? priceMinor - taxMinor : priceMinor
  const taxes = sold.taxes.map((tax, index): TaxAmount => {
    const taxableMinor = tax.taxableMinor === sold.netMinor ? netMinor : portion(tax.taxableMinor)
    return { ...tax, taxableMinor, taxMinor: taxMinors[index]! }
  })
  const totalMinor = netMinor + taxMinor
  return {
    ...sold,
    quantityMilli,
    grossMinor,
    discountMinor,
    orderDiscountMinor,
    netMinor,
    taxMinor,
    taxes,
    totalMinor,
  }
}

function difference(before: PricedLine, after: PricedLine): PricedLine {
  return {
    ...after,
    quantityMilli: before.quantityMilli - after.quantityMilli,
    grossMinor: before.grossMinor - after.grossMinor,
    discountMinor: before.discountMinor - after.discountMinor,
    orderDiscountMinor: before.orderDiscountMinor - after.orderDiscountMinor,
    netMinor: before.netMinor - after.netMinor,
    taxMinor: before.taxMinor - after.taxMinor,
    taxes: after.taxes.map((tax, index) => ({
      ...tax,
      taxableMinor: before.taxes[index]!.taxableMinor - tax.taxableMinor,
      taxMinor: before.taxes[index]!.taxMinor - tax.taxMinor,
    })),
    totalMinor: before.totalMinor - after.totalMinor,
  }
}
