import type { Discount, OrderLineInput, OrderTotals, PricingRules } from '#domain/order.ts'
import { formatMoney, formatNumber, formatPercent } from '../../ui/format.ts'

type Priced = Pick<OrderLineInput, 'variantName' | 'modifiers'>

/** "Large · Oat milk +0.80 · Extra shot +1.00"; empty when nothing was chosen. An amount stays with its name. */
export function optionWords(
  { variantName, modifiers }: Priced,
  pricing: PricingRules,
  locale: string,
): string {
  const { code, exponent } = pricing.currency
  const extras = modifiers.map(({ name, priceMinor }) =>
    priceMinor === 0
      ? name
      : `${name}\u00a0${formatMoney(priceMinor, code, exponent, locale, { symbol: false, sign: 'always' })}`,
  )
  return [variantName, ...extras].filter(Boolean).join(' · ')
}

/** "End of day, 20% off", "20% off", "Damaged" or "Discount". */
export function discountWords(discount: Discount, locale: string): string {
  const off = discount.kind === 'percent' ? `${rateText(discount.rateBasisPoints, locale)} off` : ''
  return [discount.reason, off].filter(Boolean).join(', ') || 'Discount'
}

/** 825 → "8.25%", without needless decimals. */
export function rateText(rateBasisPoints: number, locale: string): string {
  const decimals = [0, 1, 2].find((places) => Number.isInteger((rateBasisPoints * 10 ** places) / 100)) ?? 3
  return formatPercent(rateBasisPoints / 10_000, locale, { decimals })
}

/** "2", or "0.482" when weighed. */
export function quantityText(quantityMilli: number, locale: string): string {
  const decimals = quantityMilli % 1000 === 0 ? 0 : 3
  return formatNumber(quantityMilli / 1000, locale, { decimals })
}

/** Pieces in an order; whatever is weighed counts as one. */
export function itemCount(lines: readonly Pick<OrderLineInput, 'quantityMilli'>[]): number {
  return lines.reduce(
    (count, { quantityMilli }) =>
      count + (quantityMilli % 1000 === 0 ? quantityMilli / 1000 : Math.sign(quantityMilli)),
    0,
  )
}

export function itemWords(count: number, locale: string): string {
  return `${formatNumber(count, locale)} ${Math.abs(count) === 1 ? 'item' : 'items'}`
}

export type TotalsRow = {
  readonly key: string
  readonly label: string
  readonly note: string
  readonly minor: number
}

/** What stands between the lines and the total. Taxes that prices contain say so, because they add nothing. */
export function totalsRows(totals: OrderTotals, pricing: PricingRules, locale: string): TotalsRow[] {
  const { code, exponent } = pricing.currency
  const plain = (minor: number) => formatMoney(minor, code, exponent, locale, { symbol: false })
  const isInclusive = pricing.taxMode === 'inclusive'
  const rows: TotalsRow[] = [{ key: 'subtotal', label: 'Subtotal', note: '', minor: totals.grossMinor }]
  if (totals.discountMinor !== 0)
    rows.push({ key: 'discounts', label: 'Discounts', note: '', minor: -totals.discountMinor })
  for (const tax of totals.taxes) {
    const isPart = tax.taxableMinor !== totals.netMinor
    rows.push({
      key: `tax ${tax.taxRateId} ${tax.name} ${tax.rateBasisPoints}`,
      label: `${isInclusive ? 'Includes ' : ''}${tax.name} ${rateText(tax.rateBasisPoints, locale)}`,
      note: isPart ? `on ${plain(tax.taxableMinor)}` : '',
      minor: tax.taxMinor,
    })
  }
  return rows
}
