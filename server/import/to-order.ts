import type { PaidOrder, PricedLine, TaxAmount } from '#domain/order.ts'
import type { ImportedOrderWire } from '#protocol/import.ts'
import type { ImportedRecords } from './build-records.ts'
import { importedId } from './imported-ids.ts'

/**
 * An imported sale as an order of ours. Amounts are the file's own; nothing is priced afresh. Stock does not move: what
 * another system sold is in its own stock.
 */
export function toOrder(tenantId: string, imported: ImportedOrderWire, records: ImportedRecords): PaidOrder {
  const store = records.storeOf(imported)
  const orderId = orderIdOf(tenantId, imported.storeName, imported.externalId)
  const { totals } = imported
  return {
    orderId,
    storeId: store.storeId,
    registerId: records.registerIdOf(imported),
    shiftId: null,
    receiptNumber: imported.externalId,
    status: 'paid',
    occurredAt: imported.occurredAt,
    businessDay: imported.businessDay,
    businessHour: imported.businessHour,
    staffId: null,
    customerId: null,
    refundOf:
      imported.refundOfExternalId === null
        ? null
        : orderIdOf(tenantId, imported.storeName, imported.refundOfExternalId),
    pricing: { ...store.pricing, taxMode: 'exclusive' },
    lines: imported.lines.map((line, index) => toLine(orderId, line, index, records)),
    orderDiscount: null,
    totals: { ...totals, taxes: taxesOf(totals.netMinor, totals.taxMinor) },
    cashRoundingMinor: 0,
    payments: [
      {
        paymentId: importedId(orderId, 'payment'),
        tender: imported.tender,
        amountMinor: totals.totalMinor,
        tenderedMinor: totals.totalMinor,
        changeMinor: 0,
      },
    ],
    movements: [],
    note: imported.customerName === null ? null : `Customer: ${imported.customerName}`,
  }
}

function orderIdOf(tenantId: string, storeName: string, externalId: string): string {
  return importedId(tenantId, 'order', storeName, externalId)
}

function toLine(
  orderId: string,
  line: ImportedOrderWire['lines'][number],
  index: number,
  records: ImportedRecords,
): PricedLine {
  const { product, variant } = records.productOf(line)
  return {
    lineId: importedId(orderId, 'line', String(index)),
    productId: product.productId,
    variantId: variant.variantId,
    categoryId: product.categoryId,
    name: product.name,
    variantName: line.variantName,
    sku: line.sku,
    quantityMilli: line.quantityMilli,
    unitPriceMinor: line.unitPriceMinor,
    modifiers: line.modifiers.map((name) => ({ modifierId: '', name, priceMinor: 0 })),
    discount:
      line.discountMinor === 0
        ? null
        : { kind: 'amount', amountMinor: line.discountMinor, reason: 'Imported' },
    taxRates: [],
    note: line.note,
    catalogueVersion: 0,
    isStockTracked: false,
    grossMinor: line.grossMinor,
    discountMinor: line.discountMinor,
    orderDiscountMinor: 0,
    netMinor: line.netMinor,
    taxMinor: line.taxMinor,
    taxes: taxesOf(line.netMinor, line.taxMinor),
    totalMinor: line.totalMinor,
  }
}

/** The file says how much tax there was, not which rates made it. */
function taxesOf(taxableMinor: number, taxMinor: number): TaxAmount[] {
  return taxMinor === 0 ? [] : [{ taxRateId: '', name: 'Tax', rateBasisPoints: 0, taxableMinor, taxMinor }]
}
