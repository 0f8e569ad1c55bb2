import type { PaidOrder, PricedLine, TenderKind } from '#domain/order.ts'
import type { SalesCells, Segment } from '#domain/rollups.ts'

export type SampleOrder = {
  readonly store: string
  readonly register: string
  readonly day: string
  readonly hour: number
  readonly isRefund: boolean
  readonly lines: readonly {
    readonly productId: string | null
    readonly categoryId: string | null
    readonly quantityMilli: number
    readonly netMinor: number
  }[]
  readonly tender: TenderKind
}

/** A paid order with 8 % tax and a tenth off; a refund is the same with minus signs. */
export function paidOrder(sample: SampleOrder): PaidOrder {
  const sign = sample.isRefund ? -1 : 1
  const orderId = `${sample.store}-${sample.day}-${sample.hour}-${sample.lines.length}`
  const lines = sample.lines.map((line, index) => pricedLine(line, sign, `${orderId}-${index}`))
  const total = (amountOf: (line: PricedLine) => number) =>
    lines.reduce((sum, line) => sum + amountOf(line), 0)
  const totalMinor = total((line) => line.totalMinor)
  return {
    orderId,
    storeId: sample.store,
    registerId: `${sample.store}-${sample.register}`,
    shiftId: null,
    receiptNumber: `${sample.register}-1`,
    status: 'paid',
    occurredAt: 0,
    businessDay: sample.day,
    businessHour: sample.hour,
    staffId: null,
    customerId: null,
    refundOf: sample.isRefund ? 'a-sale' : null,
    pricing: {
      currency: { code: 'USD', exponent: 2, cashRoundingMinor: 1 },
      taxMode: 'exclusive',
      taxRounding: 'order',
    },
    lines,
    orderDiscount: null,
    totals: {
      grossMinor: total((line) => line.grossMinor),
      discountMinor: total((line) => line.discountMinor),
      netMinor: total((line) => line.netMinor),
      taxMinor: total((line) => line.taxMinor),
      taxes: [],
      totalMinor,
    },
    cashRoundingMinor: 0,
    payments: [
      {
        paymentId: `${orderId}-p`,
        tender: sample.tender,
        amountMinor: totalMinor,
        tenderedMinor: totalMinor,
        changeMinor: 0,
      },
    ],
    movements: [],
    note: null,
  }
}

/** Cells of one store and month as the server sends them: in columns. */
export function segmentOf(
  storeId: string,
  month: string,
  cells: SalesCells,
  included: Readonly<Record<string, number>> = {},
): Segment {
  const ids = (list: readonly string[]) => [...new Set(list)]
  const registerIds = ids(cells.hours.map((cell) => cell.registerId))
  const productIds = ids(cells.products.map((cell) => cell.productId))
  const categoryIds = ids(cells.products.map((cell) => cell.categoryId))
  const dayOf = (cell: { readonly day: string }) => Number(cell.day.slice(8))
  return {
    storeId,
    month,
    v: 1,
    included,
    registerIds,
    productIds,
    categoryIds,
    hours: {
      day: cells.hours.map(dayOf),
      hour: cells.hours.map((cell) => cell.hour),
      register: cells.hours.map((cell) => registerIds.indexOf(cell.registerId)),
      orders: cells.hours.map((cell) => cell.orders),
      refunds: cells.hours.map((cell) => cell.refunds),
      unitsMilli: cells.hours.map((cell) => cell.unitsMilli),
      grossMinor: cells.hours.map((cell) => cell.grossMinor),
      discountMinor: cells.hours.map((cell) => cell.discountMinor),
      netMinor: cells.hours.map((cell) => cell.netMinor),
      taxMinor: cells.hours.map((cell) => cell.taxMinor),
      refundMinor: cells.hours.map((cell) => cell.refundMinor),
    },
    products: {
      day: cells.products.map(dayOf),
      product: cells.products.map((cell) => productIds.indexOf(cell.productId)),
      category: cells.products.map((cell) => categoryIds.indexOf(cell.categoryId)),
      unitsMilli: cells.products.map((cell) => cell.unitsMilli),
      netMinor: cells.products.map((cell) => cell.netMinor),
    },
    tenders: {
      day: cells.tenders.map(dayOf),
      tender: cells.tenders.map((cell) => cell.tender),
      payments: cells.tenders.map((cell) => cell.payments),
      amountMinor: cells.tenders.map((cell) => cell.amountMinor),
    },
  }
}

function pricedLine(line: SampleOrder['lines'][number], sign: 1 | -1, lineId: string): PricedLine {
  const netMinor = 0 + sign * line.netMinor
  const discountMinor = 0 + sign * Math.round(line.netMinor / 9)
  const taxMinor = 0 + sign * Math.round(line.netMinor * 0.08)
  return {
    lineId,
    productId: line.productId,
    variantId: null,
    categoryId: line.categoryId,
    name: line.productId ?? 'Open item',
    variantName: null,
    sku: null,
    quantityMilli: sign * line.quantityMilli,
    unitPriceMinor: line.netMinor,
    modifiers: [],
    discount: null,
    taxRates: [],
    note: null,
    catalogueVersion: 1,
    isStockTracked: false,
    grossMinor: netMinor + discountMinor,
    discountMinor,
    orderDiscountMinor: 0,
    netMinor,
    taxMinor,
    taxes: [],
    totalMinor: netMinor + taxMinor,
  }
}
