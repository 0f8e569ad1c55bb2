import type { ShiftShare } from '../../../server/use-cases/ports.ts'
import type { ServerView } from './memory-database.ts'
import type { CashRow, PaymentRow, StoredOrder } from './tables.ts'

export type LateFacts = {
  readonly orders: readonly [key: string, row: StoredOrder][]
  readonly payments: readonly [key: string, row: PaymentRow][]
  readonly cash: readonly [key: string, row: CashRow][]
}

/** [R6] What waits for the next shift of a register. */
export function lateFacts(view: ServerView, registerId: string): LateFacts {
  const orders = view
    .list('orders')
    .filter(([, row]) => row.isShiftLate && row.order.registerId === registerId)
  const lateIds = new Set(orders.map(([key]) => key))
  const payments = view
    .list('payments')
    .filter(
      ([, row]) =>
        row.shiftId === null && row.registerId === registerId && (row.isExtra || lateIds.has(row.orderId)),
    )
  const cash = view.list('cash').filter(([, row]) => row.shiftId === null && row.registerId === registerId)
  return { orders, payments, cash }
}

/** Undefined where nothing waits. */
export function waitingShare(view: ServerView, registerId: string): ShiftShare | undefined {
  const { orders, payments, cash } = lateFacts(view, registerId)
  if (orders.length + payments.length + cash.length === 0) return undefined
  const share = { orderCount: orders.length, netMinor: 0, cashMinor: 0 }
  for (const [, { order }] of orders) share.netMinor += order.totals.netMinor
  for (const [, { payment }] of payments)
    if (payment.tender === 'cash') share.cashMinor += payment.amountMinor
  for (const [, { kind, amountMinor }] of cash)
    share.cashMinor += kind === 'paid-in' ? amountMinor : -amountMinor
  return share
}
