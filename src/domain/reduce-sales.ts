import type { PaidOrder } from './order.ts'
import type { HourCell, ProductCell, SalesCells, TenderCell } from './rollups.ts'

/** A running sum of cells, each under its key. */
export type CellSums = {
  readonly hours: Map<string, HourCell>
  readonly products: Map<string, ProductCell>
  readonly tenders: Map<string, TenderCell>
}

/** A refund names its sale, or, without a receipt, gives money back. The server's tables say the same. */
export function isRefund(order: Pick<PaidOrder, 'refundOf' | 'totals'>): boolean {
  return order.refundOf !== null || order.totals.totalMinor < 0
}

/**
 * What one order adds to the reports ([D2]). A refund counts in `refunds` and `refundMinor` and takes its units, gross,
 * discount, net and tax off again by being negative. Payments count one each, at the amount that counts towards the
 * order, money back negative.
 */
export function cellsOfOrder(order: PaidOrder): SalesCells {
  const sums = emptyCells()
  const { businessDay: day, totals } = order
  const givesBack = isRefund(order)
  const hour: HourCell = {
    day,
    hour: order.businessHour,
    registerId: order.registerId,
    orders: givesBack ? 0 : 1,
    refunds: givesBack ? 1 : 0,
    unitsMilli: order.lines.reduce((units, line) => units + line.quantityMilli, 0),
    grossMinor: totals.grossMinor,
    discountMinor: totals.discountMinor,
    netMinor: totals.netMinor,
    taxMinor: totals.taxMinor,
    refundMinor: givesBack ? 0 - totals.netMinor : 0,
  }
  const products = order.lines.map(({ productId, categoryId, quantityMilli, netMinor }): ProductCell => {
    return {
      day,
      productId: productId ?? '',
      categoryId: categoryId ?? '',
      unitsMilli: quantityMilli,
      netMinor,
    }
  })
  const tenders = order.payments.map(({ tender, amountMinor }): TenderCell => ({
    day,
    tender,
    payments: 1,
    amountMinor,
  }))
  addCells(sums, { hours: [hour], products, tenders })
  return listCells(sums)
}

export function emptyCells(): CellSums {
  return { hours: new Map(), products: new Map(), tenders: new Map() }
}

/** Adds cells into a running sum; `from` is left as it is. */
export function addCells(into: CellSums, from: SalesCells): void {
  for (const cell of from.hours) {
    const sum = cellAt(into.hours, `${cell.day} ${cell.hour} ${cell.registerId}`, cell)
    if (sum === null) continue
    sum.orders += cell.orders
    sum.refunds += cell.refunds
    sum.unitsMilli += cell.unitsMilli
    sum.grossMinor += cell.grossMinor
    sum.discountMinor += cell.discountMinor
    sum.netMinor += cell.netMinor
    sum.taxMinor += cell.taxMinor
    sum.refundMinor += cell.refundMinor
  }
  for (const cell of from.products) {
    const sum = cellAt(into.products, `${cell.day} ${cell.productId} ${cell.categoryId}`, cell)
    if (sum === null) continue
    sum.unitsMilli += cell.unitsMilli
    sum.netMinor += cell.netMinor
  }
  for (const cell of from.tenders) {
    const sum = cellAt(into.tenders, `${cell.day} ${cell.tender}`, cell)
    if (sum === null) continue
    sum.payments += cell.payments
    sum.amountMinor += cell.amountMinor
  }
}

/** The cells of a running sum in an order that depends on nothing but their keys. */
export function listCells(sums: CellSums): SalesCells {
  return { hours: byKey(sums.hours), products: byKey(sums.products), tenders: byKey(sums.tenders) }
}

/** The sum to add to, or null when the cell is the first under its key and was taken over as a copy. */
function cellAt<Cell extends object>(cells: Map<string, Cell>, key: string, cell: Cell): Cell | null {
  const sum = cells.get(key)
  if (sum !== undefined) return sum
  cells.set(key, { ...cell })
  return null
}

function byKey<Cell>(cells: Map<string, Cell>): Cell[] {
  return [...cells].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, cell]) => cell)
}
