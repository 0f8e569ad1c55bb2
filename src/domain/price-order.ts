import { discountOn, spreadOrderDiscount } from './discount.ts'
import { mulDivRound } from './money.ts'
import type { Ties } from './money.ts'
import type {
  Discount,
  OrderLineInput,
  OrderTotals,
  PricedLine,
  PricedOrder,
  PricingRules,
  TaxAmount,
} from './order.ts'
import { taxLines } from './tax.ts'

/**
 * All money of an order, from what was chosen:
 *
 * 1. `gross = quantity × (unit price + modifiers)`, half away from zero (weighed goods);
 * 2. the line's own discount on its gross (`discountOn`);
 * 3. the order's discount on the sum of what is left, spread over the lines (`spreadOrderDiscount`);
 * 4. tax on what is left then (`taxLines`).
 *
 * Each line's amounts and so the totals don't depend on the order of the lines: odd units are given out in order of `lineId`.
 * Negative quantities give the mirror image. `ties` is for reproducing other systems (Square rounds tax half to even).
 */
export function priceOrder(
  order: { readonly lines: readonly OrderLineInput[]; readonly orderDiscount: Discount | null },
  pricing: PricingRules,
  ties: Ties = 'half-away',
): PricedOrder {
  const inputs = order.lines.toSorted(byLineId)
  const grosses = inputs.map(grossOf)
  const discounts = inputs.map((line, index) => discountOn(grosses[index]!, line.discount))
  const left = grosses.map((gross, index) => gross - discounts[index]!)
  const orderDiscounts = spreadOrderDiscount(left, order.orderDiscount)
  const taxables = inputs.map(({ taxRates }, index) => ({
    taxRates,
    priceMinor: left[index]! - orderDiscounts[index]!,
  }))
  const taxed = taxLines(taxables, pricing, ties)

  const priced = new Map<OrderLineInput, PricedLine>()
  for (const [index, input] of inputs.entries())
    priced.set(input, {
      ...input,
      grossMinor: grosses[index]!,
      discountMinor: discounts[index]!,
      orderDiscountMinor: orderDiscounts[index]!,
      ...taxed[index]!,
      totalMinor: taxed[index]!.netMinor + taxed[index]!.taxMinor,
    })
  const lines = order.lines.map((line) => priced.get(line)!)
  return { lines, totals: totalsOf(lines) }
}

/** Sums of priced lines; taxes per rate, simple ones as they are named, in an order that doesn't depend on the lines'. */
export function totalsOf(lines: readonly PricedLine[]): OrderTotals {
  const sum = (amountOf: (line: PricedLine) => number) =>
    lines.reduce((total, line) => total + amountOf(line), 0)
  return {
    grossMinor: sum((line) => line.grossMinor),
    discountMinor: sum((line) => line.discountMinor + line.orderDiscountMinor),
    netMinor: sum((line) => line.netMinor),
    taxMinor: sum((line) => line.taxMinor),
    taxes: taxesByRate(lines.flatMap((line) => line.taxes)),
    totalMinor: sum((line) => line.totalMinor),
  }
}

function grossOf({ quantityMilli, unitPriceMinor, modifiers }: OrderLineInput): number {
  const priceMinor = modifiers.reduce((total, modifier) => total + modifier.priceMinor, unitPriceMinor)
  return mulDivRound(quantityMilli, priceMinor, 1000)
}

function taxesByRate(taxes: readonly TaxAmount[]): TaxAmount[] {
  const sums = new Map<string, TaxAmount>()
  for (const tax of taxes) {
    const key = JSON.stringify([tax.name, tax.taxRateId, tax.rateBasisPoints])
    const before = sums.get(key)
    const taxableMinor = tax.taxableMinor + (before?.taxableMinor ?? 0)
    sums.set(key, { ...tax, taxableMinor, taxMinor: tax.taxMinor + (before?.taxMinor ?? 0) })
  }
  return [...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, tax]) => tax)
}

function byLineId(a: OrderLineInput, b: OrderLineInput): number {
  if (a.lineId === b.lineId) return 0
  return a.lineId < b.lineId ? -1 : 1
}
