import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { OrderLineInput, OrderTotals, PricedLine } from '#domain/order.ts'
import { priceOrder } from '#domain/price-order.ts'
import { line, orders, pricing, pricings, rate } from './order-samples.ts'

describe('priceOrder by example', () => {
  test('the order of the tender screen: two coffees with modifiers, a croissant at 20 % off, beans, water', () => {
    const { lines, totals } = priceOrder(
      {
        lines: [
          line('1', 520, {
            quantityMilli: 2000,
            modifiers: [
              { modifierId: 'oat', name: 'Oat milk', priceMinor: 70 },
              { modifierId: 'shot', name: 'Extra shot', priceMinor: 80 },
            ],
          }),
          line('2', 450, { discount: { kind: 'percent', rateBasisPoints: 2000, reason: 'End of day' } }),
          line('3', 1650),
          line('4', 320),
        ],
        orderDiscount: null,
      },
      pricing(),
    )
    expect(
      lines.map(({ grossMinor, discountMinor, totalMinor }) => [grossMinor, discountMinor, totalMinor]),
    ).toEqual([
      [1340, 0, 1340],
      [450, 90, 360],
      [1650, 0, 1650],
      [320, 0, 320],
    ])
    expect(totals).toEqual({
      grossMinor: 3760,
      discountMinor: 90,
      netMinor: 3670,
      taxMinor: 0,
      taxes: [],
      totalMinor: 3670,
    })
  })

  test('0.482 kg at 12.90 is 6.2178 → 6.22; 0.5 g at 10.00 a kilogram rounds away from zero both ways', () => {
    const gross = (quantityMilli: number, price: number) =>
      priceOrder({ lines: [line('1', price, { quantityMilli })], orderDiscount: null }, pricing()).totals
        .grossMinor
    expect(gross(482, 1290)).toBe(622)
    expect(gross(5, 100)).toBe(1)
    expect(gross(-5, 100)).toBe(-1)
  })

  test('an order discount is spread over what line discounts leave, and tax is charged on the rest', () => {
    const taxRates = [rate('vat', 1000)]
    const { lines, totals } = priceOrder(
      {
        lines: [
          line('1', 2000, { taxRates, discount: { kind: 'amount', amountMinor: 1000, reason: '' } }),
          line('2', 2000, { taxRates }),
        ],
        orderDiscount: { kind: 'amount', amountMinor: 100, reason: '' },
      },
      pricing(),
    )
    expect(lines.map((priced) => priced.orderDiscountMinor)).toEqual([33, 67])
    expect(totals).toMatchObject({
      grossMinor: 4000,
      discountMinor: 1100,
      netMinor: 2900,
      taxMinor: 290,
      totalMinor: 3190,
    })
    expect(totals.taxes).toEqual([
      { taxRateId: 'vat', name: 'VAT', rateBasisPoints: 1000, taxableMinor: 2900, taxMinor: 290 },
    ])
  })

  test('an empty order is worth nothing', () => {
    const discount = { kind: 'amount', amountMinor: 500, reason: '' } as const
    expect(
      priceOrder({ lines: [], orderDiscount: discount }, pricing({ taxRounding: 'order' })).totals.totalMinor,
    ).toBe(0)
  })
})

describe('priceOrder for every order', () => {
  test('each line adds up, its taxes are its tax, and the totals are the sums of the lines', () => {
    fc.assert(
      fc.property(orders, pricings, (order, rules) => {
        const { lines, totals } = priceOrder(order, rules)
        for (const priced of lines) {
          const price = priced.grossMinor - priced.discountMinor - priced.orderDiscountMinor
          expect(price).toBe(
            rules.taxMode === 'inclusive' ? priced.netMinor + priced.taxMinor : priced.netMinor,
          )
          expect(priced.totalMinor).toBe(priced.netMinor + priced.taxMinor)
          expect(priced.taxMinor).toBe(sum(priced.taxes.map((tax) => tax.taxMinor)))
          expect(priced.taxes).toHaveLength(priced.taxRates.length)
        }
        expect(totals.totalMinor).toBe(sum(lines.map((priced) => priced.totalMinor)))
        expect(
          totals.grossMinor - totals.discountMinor + (rules.taxMode === 'inclusive' ? 0 : totals.taxMinor),
        ).toBe(totals.totalMinor)
        expect(totals.taxMinor).toBe(sum(totals.taxes.map((tax) => tax.taxMinor)))
      }),
    )
  })

  test('discounts never exceed what they are taken from, and an order’s amount is given in full as far as it goes', () => {
    fc.assert(
      fc.property(orders, pricings, (order, rules) => {
        const { lines } = priceOrder(order, rules)
        for (const { grossMinor, discountMinor, orderDiscountMinor } of lines) {
          expect(discountMinor).toBeGreaterThanOrEqual(0)
          expect(orderDiscountMinor).toBeGreaterThanOrEqual(0)
          expect(discountMinor + orderDiscountMinor).toBeLessThanOrEqual(grossMinor)
        }
        if (order.orderDiscount?.kind !== 'amount') return
        const left = sum(lines.map((priced) => priced.grossMinor - priced.discountMinor))
        expect(sum(lines.map((priced) => priced.orderDiscountMinor))).toBe(
          Math.min(order.orderDiscount.amountMinor, left),
        )
      }),
    )
  })

  test('the order of the lines changes no line and no total', () => {
    // Each line twice, so that there are ties wherever odd units are given out.
    const doubled = orders.map((order) => ({
      ...order,
      lines: order.lines.flatMap((sold) => [sold, { ...sold, lineId: `${sold.lineId}-again` }]),
    }))
    const shuffled = doubled.chain((order) =>
      fc.tuple(fc.constant(order), fc.shuffledSubarray(order.lines, { minLength: order.lines.length })),
    )
    fc.assert(
      fc.property(shuffled, pricings, ([order, lines], rules) => {
        const first = priceOrder(order, rules)
        const second = priceOrder({ ...order, lines }, rules)
        expect(second.totals).toEqual(first.totals)
        expect(byId(second.lines)).toEqual(byId(first.lines))
      }),
    )
  })

  test('negative quantities give the mirror image', () => {
    fc.assert(
      fc.property(orders, pricings, (order, rules) => {
        const takenBack = order.lines.map((sold) => ({ ...sold, quantityMilli: 0 - sold.quantityMilli }))
        const { totals } = priceOrder({ ...order, lines: takenBack }, rules)
        expect(totals).toEqual(mirror(priceOrder(order, rules).totals))
      }),
    )
  })

  test('per order, the tax of a rate is the rounded rate of its taxable sum', () => {
    const simple = orders.map((order) => ({ ...order, lines: order.lines.filter(hasOnlySimpleRates) }))
    fc.assert(
      fc.property(simple, (order) => {
        const { totals } = priceOrder(order, pricing({ taxRounding: 'order' }))
        for (const { taxableMinor, rateBasisPoints, taxMinor } of totals.taxes) {
          const twiceOff =
            BigInt(taxMinor) * 2_000_000n -
            BigInt(taxableMinor) * BigInt(Math.round(rateBasisPoints * 100)) * 2n
          expect(twiceOff <= 1_000_000n && twiceOff > -1_000_000n).toBe(true)
        }
      }),
    )
  })

  test('per line or per order differs by at most half a unit per line and rate, and half a unit per rate', () => {
    const simple = orders.map((order) => ({ ...order, lines: order.lines.filter(hasOnlySimpleRates) }))
    fc.assert(
      fc.property(simple, pricings, (order, rules) => {
        const perLine = priceOrder(order, { ...rules, taxRounding: 'line' })
        const perOrder = priceOrder(order, { ...rules, taxRounding: 'order' })
        const roundings =
          perLine.lines.flatMap((priced) => priced.taxes).length + perOrder.totals.taxes.length
        expect(Math.abs(perLine.totals.taxMinor - perOrder.totals.taxMinor)).toBeLessThanOrEqual(
          roundings / 2,
        )
      }),
    )
  })

  test('what one rate adds to a price is what it takes out of the sum again', () => {
    const prices = fc.integer({ min: 0, max: 100_000_000 })
    const rates = fc.integer({ min: 1, max: 1_000_000 }).map((hundredths) => rate('vat', hundredths / 100))
    fc.assert(
      fc.property(
        prices,
        rates,
        fc.constantFrom('line' as const, 'order' as const),
        (price, vat, taxRounding) => {
          const order = (unitPriceMinor: number) => ({
            lines: [line('1', unitPriceMinor, { taxRates: [vat] })],
            orderDiscount: null,
          })
          const added = priceOrder(order(price), pricing({ taxMode: 'exclusive', taxRounding })).totals
          const included = priceOrder(
            order(added.totalMinor),
            pricing({ taxMode: 'inclusive', taxRounding }),
          ).totals
          expect(included.netMinor).toBe(price)
          expect(included.taxMinor).toBe(added.taxMinor)
        },
      ),
    )
  })
})

function hasOnlySimpleRates(candidate: OrderLineInput): boolean {
  return candidate.taxRates.every((taxRate) => !taxRate.isCompound)
}

function byId(lines: readonly PricedLine[]): PricedLine[] {
  return lines.toSorted((a, b) => (a.lineId < b.lineId ? -1 : 1))
}

function mirror(totals: OrderTotals): OrderTotals {
  return {
    grossMinor: 0 - totals.grossMinor,
    discountMinor: 0 - totals.discountMinor,
    netMinor: 0 - totals.netMinor,
    taxMinor: 0 - totals.taxMinor,
    taxes: totals.taxes.map((tax) => ({
      ...tax,
      taxableMinor: 0 - tax.taxableMinor,
      taxMinor: 0 - tax.taxMinor,
    })),
    totalMinor: 0 - totals.totalMinor,
  }
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0)
}
