import type { ImportedAmounts, ImportedLine, ImportedOrder } from './imported-order.ts'
import type { LineReading } from './read-line.ts'
import type { WarningLog } from './warning-log.ts'

type Group = {
  readonly transactionId: string
  readonly row: number
  /** The earliest row gives the order its time. */
  first: LineReading
  registerName: string
  customerName: string
  tender: ImportedOrder['tender']
  hasMixedTender: boolean
  readonly lines: ImportedLine[]
}

/**
 * Puts lines of one transaction together. What rows disagree on is settled without regard to their order in the file:
 * the earliest time, the first name by alphabet, and `other` for several ways of paying.
 */
export class OrderGroups {
  /** Store name → transaction id → group. */
  readonly #sales = new Map<string, Map<string, Group>>()
  readonly #refunds = new Map<string, Map<string, Group>>()
  readonly #warnings: WarningLog

  constructor(warnings: WarningLog) {
    this.#warnings = warnings
  }

  add(reading: LineReading, transactionId: string, row: number): void {
    const stores = reading.isRefund ? this.#refunds : this.#sales
    let groups = stores.get(reading.storeName)
    if (!groups) stores.set(reading.storeName, (groups = new Map()))
    const group = groups.get(transactionId)
    if (!group) {
      groups.set(transactionId, {
        transactionId,
        row,
        first: reading,
        registerName: reading.registerName,
        customerName: reading.customerName,
        tender: reading.tender,
        hasMixedTender: false,
        lines: [reading.line],
      })
      return
    }
    if (reading.occurredAt < group.first.occurredAt) group.first = reading
    group.registerName = firstName(group.registerName, reading.registerName)
    group.customerName = firstName(group.customerName, reading.customerName)
    if (reading.tender !== group.tender) group.hasMixedTender = true
    group.lines.push(reading.line)
  }

  /** Whether a row with this transaction id was taken. */
  hasTransaction(transactionId: string): boolean {
    for (const stores of [this.#sales, this.#refunds])
      for (const groups of stores.values()) if (groups.has(transactionId)) return true
    return false
  }

  /** Oldest first, then by store and id. */
  orders(): ImportedOrder[] {
    const orders: ImportedOrder[] = []
    for (const stores of [this.#sales, this.#refunds])
      for (const groups of stores.values())
        for (const group of groups.values()) orders.push(this.#orderOf(group))
    return orders.sort(
      (a, b) =>
        a.occurredAt - b.occurredAt ||
        compare(a.storeName, b.storeName) ||
        compare(a.externalId, b.externalId),
    )
  }

  #orderOf(group: Group): ImportedOrder {
    const { first, transactionId } = group
    if (group.hasMixedTender) this.#warnings.add('tender-mixed', group.row)
    const hasSale = first.isRefund && this.#sales.get(first.storeName)?.has(transactionId) === true
    return {
      externalId: first.isRefund ? `${transactionId}:refund` : transactionId,
      storeName: first.storeName,
      registerName: group.registerName || null,
      businessDay: first.businessDay,
      businessHour: first.businessHour,
      occurredAt: first.occurredAt,
      isRefund: first.isRefund,
      refundOfExternalId: hasSale ? transactionId : null,
      tender: group.hasMixedTender ? 'other' : group.tender,
      customerName: group.customerName || null,
      lines: group.lines,
      totals: sumOf(group.lines),
    }
  }
}

export function sumOf(all: readonly ImportedAmounts[]): ImportedAmounts {
  const sum = { grossMinor: 0, discountMinor: 0, netMinor: 0, taxMinor: 0, totalMinor: 0 }
  for (const amounts of all) {
    sum.grossMinor += amounts.grossMinor
    sum.discountMinor += amounts.discountMinor
    sum.netMinor += amounts.netMinor
    sum.taxMinor += amounts.taxMinor
    sum.totalMinor += amounts.totalMinor
  }
  return sum
}

/** By code units: the same on every machine, whatever its language. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function firstName(left: string, right: string): string {
  if (left === '' || right === '') return left || right
  return right < left ? right : left
}
