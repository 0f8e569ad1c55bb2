import { describe, expect, test } from 'vitest'
import type { Store } from '#domain/catalogue.ts'
import type { OpenOrder, OrderLineInput } from '#domain/order.ts'
import { buildSale } from '../../src/worker/build-sale.ts'
import { readPaidOrder } from '#protocol/paid-order.ts'

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

const store: Store = {
  storeId: id(1),
  name: 'Shop',
  address: '',
  timeZone: 'America/New_York',
  pricing: {
    currency: { code: 'CAD', exponent: 2, cashRoundingMinor: 5 },
    taxMode: 'inclusive',
    taxRounding: 'line',
  },
  receiptFooter: '',
}

const line: OrderLineInput = {
  lineId: id(10),
  productId: 'p1',
  variantId: 'v1',
  categoryId: null,
  name: 'Flat White',
  variantName: null,
  sku: null,
  quantityMilli: 2000,
  unitPriceMinor: 351,
  modifiers: [],
  discount: null,
  taxRates: [],
  note: null,
  catalogueVersion: 1,
  isStockTracked: true,
}

const order: OpenOrder = {
  orderId: id(2),
  openedAt: 0,
  lines: [line, { ...line, lineId: id(11), isStockTracked: false, quantityMilli: 1000 }],
  orderDiscount: null,
  customerId: null,
  note: null,
  parkedAs: null,
}

let next = 100
const context = {
  store,
  registerId: id(3),
  staffId: null,
  // 3 o'clock in the morning of 21 November in UTC is ten in the evening before in New York.
  now: Date.UTC(2026, 10, 21, 3),
  newId: () => id((next += 1)),
}

const cash = (amountMinor: number, tenderedMinor = amountMinor) =>
  ({ tender: 'cash', amountMinor, tenderedMinor }) as const
const card = (amountMinor: number) => ({ tender: 'card', amountMinor, tenderedMinor: amountMinor }) as const

function sold(tenders: Parameters<typeof buildSale>[1], of = order) {
  const built = buildSale(of, tenders, context)
  if (!built.ok) throw new Error(built.failure.code)
  return built.value.order
}

describe('a sale', () => {
  test('paid by card comes to the cent: Σ payments = total', () => {
    expect(sold([card(1053)])).toMatchObject({
      totals: { totalMinor: 1053 },
      cashRoundingMinor: 0,
      payments: [{ tender: 'card', amountMinor: 1053, tenderedMinor: 1053, changeMinor: 0 }],
    })
  })

  test('paid in cash is rounded to the smallest coin, and the change is exact', () => {
    expect(sold([cash(1055, 2000)])).toMatchObject({
      cashRoundingMinor: 2,
      payments: [{ amountMinor: 1055, tenderedMinor: 2000, changeMinor: 945 }],
    })
  })

  test('paid in parts rounds the cash part only', () => {
    expect(sold([card(500), cash(555)])).toMatchObject({ cashRoundingMinor: 2 })
    expect(sold([card(503), cash(550)])).toMatchObject({ cashRoundingMinor: 0 })
  })

  test.each([
    ['too little by card', [card(1052)], 'sale/underpaid'],
    ['nothing', [], 'sale/underpaid'],
    ['cash that was not rounded', [cash(1053)], 'sale/underpaid'],
    ['less cash than it counts for', [cash(1055, 1000)], 'sale/underpaid'],
    ['no number', [card(Number.NaN)], 'sale/underpaid'],
    ['too much', [card(1054)], 'sale/overpaid'],
  ])('with %s is not done', (_, tenders, code) => {
    expect(buildSale(order, tenders, context)).toMatchObject({ ok: false, failure: { code } })
  })

  test('of nothing is not done', () => {
    expect(buildSale({ ...order, lines: [] }, [], context)).toMatchObject({
      failure: { code: 'sale/empty' },
    })
  })

  test("has the store's own day and hour", () => {
    expect(sold([card(1053)])).toMatchObject({ businessDay: '2026-11-20', businessHour: 22 })
  })

  test('moves stock of tracked products only, out of the store', () => {
    expect(sold([card(1053)]).movements).toMatchObject([
      { productId: 'p1', variantId: 'v1', quantityMilli: -2000 },
    ])
  })

  test('[P4] is what the server can read, also with half a character in a note', () => {
    const broken = { ...order, note: 'half \ud83d' }
    const paid = { ...sold([card(1053)], broken), receiptNumber: '2-1', shiftId: id(9) }
    expect(readPaidOrder(JSON.parse(JSON.stringify(paid)))).toEqual(paid)
    expect(paid.note).toBe('half \ufffd')
  })
})
