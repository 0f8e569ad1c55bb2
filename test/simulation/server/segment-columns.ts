import type { Segment } from '#domain/rollups.ts'
import type { SegmentSums } from './tables.ts'

/** Sums as devices hold them: columns, and each id once. */
export function toSegment({ storeId, month, v, included, cells }: SegmentSums): Segment {
  const hours = cells.hours.filter((cell) => cell.orders !== 0 || cell.refunds !== 0)
  const products = cells.products.filter((cell) => cell.unitsMilli !== 0 || cell.netMinor !== 0)
  const tenders = cells.tenders.filter((cell) => cell.payments !== 0 || cell.amountMinor !== 0)
  const registers = numbered(hours.map((cell) => cell.registerId))
  const productIds = numbered(products.map((cell) => cell.productId))
  const categories = numbered(products.map((cell) => cell.categoryId))
  return {
    storeId,
    month,
    v,
    included,
    registerIds: registers.ids,
    productIds: productIds.ids,
    categoryIds: categories.ids,
    hours: {
      day: hours.map((cell) => dayOf(cell.day)),
      hour: hours.map((cell) => cell.hour),
      register: registers.places,
      orders: hours.map((cell) => cell.orders),
      refunds: hours.map((cell) => cell.refunds),
      unitsMilli: hours.map((cell) => cell.unitsMilli),
      grossMinor: hours.map((cell) => cell.grossMinor),
      discountMinor: hours.map((cell) => cell.discountMinor),
      netMinor: hours.map((cell) => cell.netMinor),
      taxMinor: hours.map((cell) => cell.taxMinor),
      refundMinor: hours.map((cell) => cell.refundMinor),
    },
    products: {
      day: products.map((cell) => dayOf(cell.day)),
      product: productIds.places,
      category: categories.places,
      unitsMilli: products.map((cell) => cell.unitsMilli),
      netMinor: products.map((cell) => cell.netMinor),
    },
    tenders: {
      day: tenders.map((cell) => dayOf(cell.day)),
      tender: tenders.map((cell) => cell.tender),
      payments: tenders.map((cell) => cell.payments),
      amountMinor: tenders.map((cell) => cell.amountMinor),
    },
  }
}

function dayOf(day: string): number {
  return Number(day.slice(8))
}

function numbered(given: readonly string[]): { ids: string[]; places: number[] } {
  const ids = [...new Set(given)]
  return { ids, places: given.map((id) => ids.indexOf(id)) }
}
