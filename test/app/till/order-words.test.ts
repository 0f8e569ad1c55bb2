import { describe, expect, test } from 'vitest'
import type { OrderTotals, PricingRules } from '#domain/order.ts'
import {
  discountWords,
  itemCount,
  itemWords,
  optionWords,
  quantityText,
  rateText,
  totalsRows,
} from '../../../src/app/till/order-words.ts'

const pricing: PricingRules = {
  currency: { code: 'USD', exponent: 2, cashRoundingMinor: 1 },
  taxMode: 'exclusive',
  taxRounding: 'order',
}
const totals: OrderTotals = {
  grossMinor: 3760,
  discountMinor: 90,
  netMinor: 3670,
  taxMinor: 167,
  taxes: [{ taxRateId: 't', name: 'Sales tax', rateBasisPoints: 825, taxableMinor: 2020, taxMinor: 167 }],
  totalMinor: 3837,
}

describe('words of an order', () => {
  test('options name the variant, then each modifier with what it adds', () => {
    const line = {
      variantName: 'Large',
      modifiers: [
        { modifierId: 'a', name: 'Oat milk', priceMinor: 80 },
        { modifierId: 'b', name: 'No foam', priceMinor: 0 },
        { modifierId: 'c', name: 'Own cup', priceMinor: -20 },
      ],
    }
    expect(optionWords(line, pricing, 'en-US')).toBe(
      'Large · Oat milk\u00a0+0.80 · No foam · Own cup\u00a0−0.20',
    )
    expect(optionWords({ variantName: null, modifiers: [] }, pricing, 'en-US')).toBe('')
  })

  test('discounts say why and how much', () => {
    expect(discountWords({ kind: 'percent', rateBasisPoints: 2000, reason: 'End of day' }, 'en-US')).toBe(
      'End of day, 20% off',
    )
    expect(discountWords({ kind: 'percent', rateBasisPoints: 750, reason: '' }, 'en-US')).toBe('7.5% off')
    expect(discountWords({ kind: 'amount', amountMinor: 100, reason: '' }, 'en-US')).toBe('Discount')
  })

  test('rates have the decimals that they need and no more', () => {
    expect([2000, 825, 750, 997.5].map((rate) => rateText(rate, 'en-US'))).toEqual([
      '20%',
      '8.25%',
      '7.5%',
      '9.975%',
    ])
  })

  test('what is weighed shows three decimals and counts as one item', () => {
    expect(quantityText(2000, 'en-US')).toBe('2')
    expect(quantityText(482, 'en-US')).toBe('0.482')
    expect(itemCount([{ quantityMilli: 2000 }, { quantityMilli: 482 }])).toBe(3)
    expect(itemWords(1, 'en-US')).toBe('1 item')
    expect(itemWords(3, 'en-US')).toBe('3 items')
  })

  test('totals say what a tax was charged on when that is only a part', () => {
    expect(
      totalsRows(totals, pricing, 'en-US').map(({ label, note, minor }) => [label, note, minor]),
    ).toEqual([
      ['Subtotal', '', 3760],
      ['Discounts', '', -90],
      ['Sales tax 8.25%', 'on 20.20', 167],
    ])
  })

  test('taxes inside prices say so, and no discount means no row', () => {
    const rows = totalsRows({ ...totals, discountMinor: 0 }, { ...pricing, taxMode: 'inclusive' }, 'en-US')
    expect(rows.map(({ label }) => label)).toEqual(['Subtotal', 'Includes Sales tax 8.25%'])
  })
})
