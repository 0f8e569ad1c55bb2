import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { OrderTotals, PaidOrder, PricedLine } from '#domain/order.ts'
import { priceOrder, totalsOf } from '#domain/price-order.ts'
import { refundLines, refundedQuantities } from '#domain/refund.ts'
import type { RefundChoice } from '#domain/refund.ts'
import { line, orders, paidOrder, pricing, pricings, rate } from './order-samples.ts'

const threeMugs = paidOrder(
  priceOrder(
    {
      lines: [line('mug', 333, { quantityMilli: 3000, taxRates: [rate('vat', 825)] }), line('card', 250)],
      orderDiscount: { kind: 'amount', amountMinor: 100, reason: '' },
    },
    pricing(),
  ),
)

describe('refundLines', () => {
  test('three refunds of one mug each are 3.31, 3.33 and 3.31 of the 9.95 that three cost', () => {
    const amounts: number[] = []
    const refunds: { lines: PricedLine[] }[] = []
    for (let time = 0; time < 3; time += 1) {
      const lines = refunded(threeMugs, [{ lineId: 'mug', quantityMilli: 1000 }], refundedQuantities(refunds))
      amounts.push(totalsOf(lines).totalMinor)
      refunds.push({ lines })
    }
    expect(threeMugs.lines[0]).toMatchObject({
      grossMinor: 999,
      orderDiscountMinor: 80,
      netMinor: 919,
      taxMinor: 76,
    })
    expect(amounts).toEqual([-331, -333, -331])
  })

  test('keeps what was sold: line, price, rates, names', () => {
    const [back] = refunded(threeMugs, [{ lineId: 'mug', quantityMilli: 2000 }])
    const sold = threeMugs.lines[0]!
    expect(back).toMatchObject({
      lineId: 'mug',
      productId: sold.productId,
      unitPriceMinor: 333,
      taxRates: sold.taxRates,
      quantityMilli: -2000,
    })
  })

  test.each([
    [[{ lineId: 'hat', quantityMilli: 1000 }], 'refund/unknown-line'],
    [[{ lineId: 'mug', quantityMilli: 3001 }], 'refund/more-than-sold'],
    [
      [
        { lineId: 'mug', quantityMilli: 2000 },
        { lineId: 'mug', quantityMilli: 2000 },
      ],
      'refund/more-than-sold',
    ],
    [[{ lineId: 'mug', quantityMilli: 0 }], 'refund/not-positive'],
    [[{ lineId: 'mug', quantityMilli: -1000 }], 'refund/not-positive'],
    [[{ lineId: 'mug', quantityMilli: Number.NaN }], 'refund/not-positive'],
  ])('refuses %j: %s', (choices, code) => {
    expect(refundLines(threeMugs, choices)).toMatchObject({ ok: false, failure: { code } })
  })

  test('refuses more than earlier refunds left, and to take back what was itself taken back', () => {
    const earlier = new Map([['mug', 2500]])
    const choice = [{ lineId: 'mug', quantityMilli: 1000 }]
    expect(refundLines(threeMugs, choice, earlier)).toMatchObject({
      failure: { code: 'refund/more-than-sold' },
    })
    const refund = { ...threeMugs, lines: refunded(threeMugs, choice) }
    expect(refundLines(refund, choice)).toMatchObject({ failure: { code: 'refund/unknown-line' } })
  })
})

test('a line from elsewhere that does not add up is still mirrored whole, also in parts', () => {
  const [mug] = threeMugs.lines
  const imported = paidOrder({
    lines: [{ ...mug!, netMinor: 917, totalMinor: 993 }],
    totals: threeMugs.totals,
  })
  const first = refunded(imported, [{ lineId: 'mug', quantityMilli: 1000 }])
  const rest = refunded(
    imported,
    [{ lineId: 'mug', quantityMilli: 2000 }],
    refundedQuantities([{ lines: first }]),
  )
  expect(totalsOf([...first, ...rest])).toMatchObject({ netMinor: -917, taxMinor: -76, totalMinor: -993 })
})

describe('Refunds of every order', () => {
  const sales = fc
    .tuple(orders, pricings)
    .map(([order, rules]) => paidOrder(priceOrder(order, rules), { pricing: rules }))

  test('a whole refund mirrors the sale to the minor unit', () => {
    fc.assert(
      fc.property(sales, (sale) => {
        const lines = refunded(sale, sale.lines)
        expect(totalsOf([...sale.lines, ...lines])).toEqual(zeroed(sale.totals))
        for (const [index, back] of lines.entries())
          expect(totalsOf([back, sale.lines[index]!])).toEqual(zeroed(totalsOf([back])))
      }),
    )
  })

  test('partial refunds of any sizes in any sequence add up to the sale, and each line adds up by itself', () => {
    fc.assert(
      fc.property(sales, fc.infiniteStream(fc.nat()), (sale, chance) => {
        const refunds: { lines: PricedLine[] }[] = []
        for (;;) {
          const before = refundedQuantities(refunds)
          const open = sale.lines.filter((sold) => sold.quantityMilli > (before.get(sold.lineId) ?? 0))
          if (open.length === 0) break
          const sold = open[chance.next().value! % open.length]!
          const left = sold.quantityMilli - (before.get(sold.lineId) ?? 0)
          const most = Math.max(Math.ceil(sold.quantityMilli / 3), 1)
          const quantityMilli = Math.min((chance.next().value! % most) + Math.ceil(most / 4), left)
          const lines = refunded(sale, [{ lineId: sold.lineId, quantityMilli }], before)
          for (const {
            grossMinor,
            discountMinor,
            orderDiscountMinor,
            netMinor,
            taxMinor,
            taxes,
            totalMinor,
          } of lines) {
            expect(netMinor + taxMinor).toBe(totalMinor)
            expect(grossMinor - discountMinor - orderDiscountMinor).toBe(
              sale.pricing.taxMode === 'inclusive' ? totalMinor : netMinor,
            )
            expect(taxes.reduce((total, tax) => total + tax.taxMinor, 0)).toBe(taxMinor)
          }
          refunds.push({ lines })
        }
        expect(totalsOf([...sale.lines, ...refunds.flatMap((refund) => refund.lines)])).toEqual(
          zeroed(sale.totals),
        )
      }),
    )
  })
})

function refunded(
  order: PaidOrder,
  choices: readonly RefundChoice[],
  before?: ReadonlyMap<string, number>,
): PricedLine[] {
  const result = refundLines(order, choices, before)
  if (!result.ok) throw new Error(result.failure.sentence)
  return result.value
}

function zeroed(totals: OrderTotals): OrderTotals {
  const taxes = totals.taxes.map((tax) => ({ ...tax, taxableMinor: 0, taxMinor: 0 }))
  return { grossMinor: 0, discountMinor: 0, netMinor: 0, taxMinor: 0, taxes, totalMinor: 0 }
}
