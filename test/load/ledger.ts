import type { PaidOrder, TenderKind } from '#domain/order.ts'
import type { JournalHead } from '#sync/operation.ts'

/** What the registers know to have taken: the truth that the server is held against. */
export type Ledger = {
  orders: number
  /** Count and sum in minor units. */
  readonly payments: Partial<Record<TenderKind, { count: number; sumMinor: number }>>
  movements: number
  readonly journals: { readonly installId: string; readonly head: JournalHead }[]
}

export function newLedger(): Ledger {
  return { orders: 0, payments: {}, movements: 0, journals: [] }
}

export function addSale(ledger: Ledger, order: PaidOrder): void {
  ledger.orders += 1
  ledger.movements += order.movements.length
  for (const { tender, amountMinor } of order.payments) {
    const sums = (ledger.payments[tender] ??= { count: 0, sumMinor: 0 })
    sums.count += 1
    sums.sumMinor += amountMinor
  }
}
