import type { PaidOrder } from '#domain/order.ts'
import type { Operation } from '#sync/operation.ts'
import type { OrderRow } from './rows.ts'

/** [R4] [L7] The store that an order counts in: the server's word, where it has been heard. */
export function storeOf({ serverStoreId, order }: OrderRow): string | null {
  return serverStoreId ?? order?.storeId ?? null
}

/** An own order as it is stored with its operation. */
export function orderRow(order: PaidOrder, { seq, hash }: Operation): OrderRow {
  const { orderId, occurredAt, receiptNumber, refundOf } = order
  // Version 0 until the server's own version of it is pulled.
  const row: OrderRow = {
    orderId,
    seq,
    hash,
    occurredAt,
    receiptNumber,
    status: 'paid',
    generation: 0,
    v: 0,
    order,
  }
  return refundOf === null ? row : { ...row, refundOf }
}
