import type { PaidOrder } from '#domain/order.ts'
import type {
  CashMoved,
  OrderParked,
  OrderVoided,
  ShiftClosed,
  StockCounted,
  StockMoved,
  TaskDone,
} from '#protocol/facts.ts'
import type { ShiftOpened } from '#protocol/paid-order.ts'
import type { ConflictSettled, RecordEdit } from '#sync/edit.ts'
import type { Operation } from '#sync/operation.ts'

/** What an operation says, beside its bytes. `nothing` can't be decoded: it is parked ([P4]). */
export type Decoded =
  | { readonly kind: 'order.paid'; readonly payload: PaidOrder }
  | { readonly kind: 'order.parked'; readonly payload: OrderParked }
  | { readonly kind: 'order.voided'; readonly payload: OrderVoided }
  | { readonly kind: 'shift.opened'; readonly payload: ShiftOpened }
  | { readonly kind: 'shift.closed'; readonly payload: ShiftClosed }
  | { readonly kind: 'cash.moved'; readonly payload: CashMoved }
  | { readonly kind: 'stock.counted'; readonly payload: StockCounted }
  | { readonly kind: 'stock.moved'; readonly payload: StockMoved }
  | { readonly kind: 'record.edited'; readonly payload: RecordEdit }
  | { readonly kind: 'conflict.settled'; readonly payload: ConflictSettled }
  | { readonly kind: 'task.done'; readonly payload: TaskDone }
  | { readonly kind: 'nothing' }

export type DecodedOperation = { readonly operation: Operation; readonly decoded: Decoded }
