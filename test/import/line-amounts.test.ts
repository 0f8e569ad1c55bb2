import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDecimal } from '../../src/import/decimal.ts'
import { lineAmounts } from '../../src/import/line-amounts.ts'
import type { FileAmounts } from '../../src/import/line-amounts.ts'

const fields = ['quantity', 'unitPrice', 'gross', 'discount', 'net', 'tax', 'total'] as const
type Written = { readonly [field in (typeof fields)[number]]?: string }

function amounts(written: Written, isRefund: boolean | null = null, exponent = 2) {
  const read = fields.map((field) => [field, parseDecimal(written[field] ?? '', '.')])
  return lineAmounts(Object.fromEntries(read) as FileAmounts, isRefund, exponent)
}

describe('lineAmounts', () => {
  test('multiplies quantity and price when the file gives no more', () => {
    expect(amounts({ quantity: '3', unitPrice: '0.8' })).toMatchObject({
      value: {
        quantityMilli: 3000,
        unitPriceMinor: 80,
        grossMinor: 240,
        netMinor: 240,
        taxMinor: 0,
        totalMinor: 240,
      },
      doubt: null,
    })
    expect(amounts({ quantity: '0.482', unitPrice: '12.50' })).toMatchObject({
      value: { quantityMilli: 482, netMinor: 603 },
    })
  })

  test('keeps what the file gives and says when quantity × price is something else', () => {
    expect(amounts({ quantity: '2', unitPrice: '5', gross: '9.50', net: '9.50' })).toMatchObject({
      value: { grossMinor: 950, netMinor: 950 },
      doubt: 'price-differs',
    })
    expect(amounts({ quantity: '3', unitPrice: '3.33', gross: '10.00' })).toMatchObject({ doubt: null })
  })

  test('takes a discount with the sign that makes gross less discount the net', () => {
    const expected = { value: { grossMinor: 700, discountMinor: 182, netMinor: 518 }, doubt: null }
    expect(amounts({ quantity: '1', gross: '7', discount: '-1.82', net: '5.18' })).toMatchObject(expected)
    expect(amounts({ quantity: '1', gross: '7', discount: '1.82', net: '5.18' })).toMatchObject(expected)
    expect(amounts({ quantity: '1', unitPrice: '7', discount: '1.82' })).toMatchObject(expected)
    expect(amounts({ quantity: '1', discount: '1.82', net: '5.18' })).toMatchObject(expected)
    expect(amounts({ quantity: '1', gross: '7', discount: '3', net: '5' })).toMatchObject({
      doubt: 'discount-differs',
    })
  })

  test('takes tax off a total, and what is left over a net', () => {
    expect(amounts({ quantity: '7', unitPrice: '74.69', tax: '26.1415', total: '548.9715' })).toMatchObject({
      value: { grossMinor: 52283, netMinor: 52283, taxMinor: 2614, totalMinor: 54897 },
      doubt: null,
    })
    expect(amounts({ net: '10', total: '10.83' })).toMatchObject({
      value: { taxMinor: 83, quantityMilli: 1000 },
    })
    expect(amounts({ net: '10', tax: '0.83', total: '13' })).toMatchObject({
      value: { totalMinor: 1083 },
      doubt: 'total-differs',
    })
  })

  test('makes refunds negative whichever signs the file uses', () => {
    const expected = {
      value: {
        isRefund: true,
        quantityMilli: -2000,
        unitPriceMinor: 500,
        grossMinor: -1000,
        netMinor: -1000,
      },
      doubt: null,
    }
    expect(amounts({ quantity: '-2', unitPrice: '5' })).toMatchObject(expected)
    expect(amounts({ quantity: '2', unitPrice: '5' }, true)).toMatchObject(expected)
    expect(amounts({ quantity: '-2', gross: '-10', net: '-10' }, true)).toMatchObject(expected)
    expect(amounts({ quantity: '2', gross: '10', net: '10' }, true)).toMatchObject(expected)
    expect(amounts({ quantity: '-2', unitPrice: '5', net: '-10' })).toMatchObject(expected)
  })

  test('rounds to the minor units of the currency', () => {
    expect(amounts({ quantity: '1', unitPrice: '1250.5' }, null, 0)).toMatchObject({
      value: { netMinor: 1251 },
    })
    expect(amounts({ quantity: '1', unitPrice: '1.2345' }, null, 3)).toMatchObject({
      value: { netMinor: 1235 },
    })
  })

  test('refuses quantity zero, no amount, and amounts beyond counting', () => {
    expect(amounts({ quantity: '0', net: '5' })).toEqual({ ok: false, refusal: 'quantity-zero' })
    expect(amounts({ quantity: '0.0004', net: '5' })).toEqual({ ok: false, refusal: 'quantity-zero' })
    expect(amounts({ quantity: '2' })).toEqual({ ok: false, refusal: 'amount-missing' })
    expect(amounts({ quantity: '1', net: '1' + '0'.repeat(20) })).toEqual({
      ok: false,
      refusal: 'amount-too-large',
    })
  })

  test('net + tax is always the total, and gross − discount the net unless there is a doubt', () => {
    const cents = fc.integer({ min: 0, max: 10_000_000 }).map((value) => (value / 10_000).toFixed(4))
    const maybe = fc.option(cents, { nil: '' })
    const row = fc.record({
      quantity: fc.integer({ min: 1, max: 9 }).map(String),
      unitPrice: maybe,
      gross: maybe,
      discount: maybe,
      net: cents,
      tax: maybe,
      total: maybe,
    })
    fc.assert(
      fc.property(row, fc.constantFrom(null, true, false), (written, isRefund) => {
        const outcome = amounts(written, isRefund)
        if (!outcome.ok) throw new Error(outcome.refusal)
        const { grossMinor, discountMinor, netMinor, taxMinor, totalMinor } = outcome.value
        expect(netMinor + taxMinor).toBe(totalMinor)
        if (outcome.doubt === null) expect(grossMinor - discountMinor).toBe(netMinor)
      }),
    )
  })
})
